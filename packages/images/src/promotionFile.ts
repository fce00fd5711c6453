import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestPattern, parseReference, promotionsFile, type Platform } from "@fairlead/model";
import { checkedFile } from "@fairlead/model/files";
import { stringify } from "yaml";

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
  return join(folder, promotionsFile(environment));
}

/**
 * Promotions to an environment, by service.
 *
 * @throws UserError with all that is wrong with the file
 */
export function readPromotions(folder: string, environment: string): Record<string, Promotion> {
  const file = promotionFile(folder, environment);
  if (!existsSync(file)) return {};
  return checkedFile(file, "FL2011", (value, refuse) => {
    const services = ((value as { services?: unknown } | null)?.services ?? {}) as Record<string, Partial<Promotion> | null>;
    const expected = "image (with @sha256:…), tag and platforms of each service";
    const fix = "Let `fairlead promote` write the file.";
    if (typeof services !== "object" || Array.isArray(services)) {
      refuse(["services"], { code: "FL2011", problem: `services is ${JSON.stringify(services)}`, expected, fix });
      return {};
    }
    for (const [service, promotion] of Object.entries(services)) {
      const { digest } = parseReference(String(promotion?.image)) ?? {};
      const wrong = [
        ...(digestPattern.test(digest ?? "") ? [] : ["image (with @sha256:…)"]),
        ...(promotion?.tag ? [] : ["tag"]),
        ...(Array.isArray(promotion?.platforms) ? [] : ["platforms"]),
      ];
      if (wrong.length > 0)
        refuse(["services", service], { code: "FL2011", problem: `${service} has no ${wrong.join(", no ")}`, expected, fix });
    }
    return services as Record<string, Promotion>;
  });
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
