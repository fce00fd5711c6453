import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { bases, chainOf } from "./bases";
import type { CorpusImage } from "./corpusImage";
import type { Ending } from "./running/runContainer";

/** What happened when an image was run, and which image that was. */
export interface Truth extends Ending {
  /** Digest of the image's recipe and settings. */
  recipe: string;
}

/** By name of the image. */
export type Truths = Record<string, Truth>;

const fileOf = (group: string) => join(__dirname, "truth", `${group}.json`);

/** What is recorded of a group of images, which are those of a file in `images/`. */
export function recordedTruths(group: string): Truths {
  return existsSync(fileOf(group)) ? (JSON.parse(readFileSync(fileOf(group), "utf8")) as Truths) : {};
}

export function recordTruths(group: string, truths: Truths): void {
  const sorted = Object.fromEntries(Object.entries(truths).sort(([one], [other]) => (one < other ? -1 : 1)));
  const text = `${JSON.stringify(sorted, undefined, 2)}\n`;
  // Another lot may be cloning the working tree.
  if (!existsSync(fileOf(group)) || readFileSync(fileOf(group), "utf8") !== text) writeFileSync(fileOf(group), text);
}

/** Changes with all that decides what an image does. */
export function recipeDigest({ base, layers, config, task, serves, architecture }: CorpusImage): string {
  // How a layer is stored changes nothing of what is in it.
  const recipe = [chainOf(base).map((name) => ({ ...bases[name], compressed: undefined })), layers, config, task, serves, architecture];
  return createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 12);
}

/**
 * Whether a container died: it could not be started, it ended with an error, it ended though it should have gone on, or it lived and its task's health
 * check fails, for which ECS ends it. Nothing outside the images makes them fail: they have no network, and get the settings that they need.
 */
export function dies({ outcome, exitCode, healthCheck }: Ending, { serves }: Pick<CorpusImage, "serves">): boolean {
  if (outcome === "not started") return true;
  if (outcome === "ended") return exitCode !== 0 || serves;
  return healthCheck !== undefined && healthCheck.exitCode !== 0;
}

/** What must be the same again; words differ from run to run. */
export function gist({ outcome, exitCode, healthCheck }: Ending): string {
  const health = healthCheck && `, health check ${healthCheck.exitCode}`;
  return `${outcome}${exitCode === undefined ? "" : ` with ${exitCode}`}${health ?? ""}`;
}
