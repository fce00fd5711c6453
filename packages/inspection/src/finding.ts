import type { ImageError } from "@fairlead/images";

import { imageCodes, type ImageCode } from "@fairlead/model";

/**
 * How sure a finding is. `dies`: the image's files and Linux's rules prove it, or the image can't be read at all; stops `up`. `may`: what is decided
 * as the container runs; told, and stops nothing.
 */
export type Certainty = "dies" | "may";

/** One thing that is wrong with an image. */
export interface Finding {
  code: ImageCode;
  certainty: Certainty;
  /** Path in the image; undefined where it is about the image as a whole. */
  file?: string;
  problem: string;
  /** What would happen on ECS. */
  consequence: string;
  fix: string;
}

export function finding(code: ImageCode, problem: string, fix: string, file?: string): Finding {
  return { code, certainty: "dies", file, problem, consequence: imageCodes[code].consequence, fix };
}

/** The same, of which nobody can be sure before it runs. */
export function may(found: Finding): Finding {
  return { ...found, certainty: "may" };
}

/** What could not be read, as a finding. What was only too much for us may well run. */
export function findingOf({ code, problem }: ImageError): Finding {
  const found = finding(code, problem, imageCodes[code].fix);
  return code === "FL2126" ? may(found) : found;
}

/** Content that contradicts what describes it. */
export function contradiction(problem: string): Finding {
  return finding("FL2114", problem, imageCodes.FL2114.fix);
}
