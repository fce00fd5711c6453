import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coded, digestPattern, parseReference, type Platform } from "@fairlead/model";
import { parse, stringify } from "yaml";

/** An image as an environment's outputs name it. */
export interface Release {
  /** `registry/repository@sha256:…` */
  image: string;
  tag: string;
  platforms: Platform[];
  /** The commit that it was built from. */
  revision: string;
}

/** An image that an environment took over from another, and who decided that. */
export interface Promotion extends Release {
  /** The environment that ran it. */
  from: string;
  by: string;
  /** ISO 8601. */
  at: string;
}

const heading = (environment: string) =>
  [
    `What ${environment} takes over from other environments. \`fairlead promote\` writes it; once it is committed, \`pulumi up -s ${environment}\` copies the`,
    "images and brings them out.",
  ]
    .map((line) => `# ${line}\n`)
    .join("");

export function promotionFile(folder: string, environment: string): string {
  return join(folder, `promotions.${environment}.yaml`);
}

/** A file of promotions that can't be used; the message says where and why. */
export class PromotionFileError extends Error {}

/**
 * Promotions to an environment, by service.
 *
 * @throws PromotionFileError
 */
export function readPromotions(folder: string, environment: string): Record<string, Promotion> {
  const file = promotionFile(folder, environment);
  if (!existsSync(file)) return {};
  const services = parsed(file);
  for (const [service, promotion] of Object.entries(services)) {
    const { digest } = parseReference(String(promotion?.image)) ?? {};
    if (!digestPattern.test(digest ?? "") || !promotion.tag || !Array.isArray(promotion.platforms)) {
      const needs = `services.${service} needs image (with @sha256:…), tag and platforms`;
      throw new PromotionFileError(coded("FL2011", `${file}: ${needs}. \`fairlead promote\` writes them.`));
    }
  }
  return services;
}

function parsed(file: string): Record<string, Promotion> {
  try {
    const content = parse(readFileSync(file, "utf8")) as { services?: Record<string, Promotion> } | null;
    return content?.services ?? {};
  } catch (error) {
    throw new PromotionFileError(coded("FL2011", `${file}: ${(error as Error).message.trim()}`));
  }
}

export function writePromotions(folder: string, environment: string, promotions: Record<string, Promotion>): void {
  const file = promotionFile(folder, environment);
  const services = Object.fromEntries(Object.entries(promotions).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(`${file}.new`, `${heading(environment)}${stringify({ services }, { lineWidth: 0, aliasDuplicateObjects: false })}`);
  renameSync(`${file}.new`, file);
}

/** What a promotion would change. */
export interface PromotionChange {
  service: string;
  before: Promotion | undefined;
  after: Release;
}

/** The services for which an environment runs something else than it was promoted already. */
export function promotionChanges(promotions: Record<string, Promotion>, releases: Record<string, Release>): PromotionChange[] {
  return Object.entries(releases)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([service, { image }]) => digestOf(promotions[service]?.image) !== digestOf(image))
    .map(([service, after]) => ({ service, before: promotions[service], after }));
}

export function digestOf(image: string | undefined): string | undefined {
  return image?.split("@")[1];
}
