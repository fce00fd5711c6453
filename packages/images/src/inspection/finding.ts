import { imageCodes, type ImageCode } from "@fairlead/model";

import type { ImageError } from "../distribution/imageError";

/** One thing that is wrong with an image. */
export interface Finding {
  code: ImageCode;
  /** Path in the image; undefined where it is about the image as a whole. */
  file?: string;
  problem: string;
  /** What would happen on ECS. */
  consequence: string;
  fix: string;
}

export function finding(code: ImageCode, problem: string, fix: string, file?: string): Finding {
  return { code, file, problem, consequence: imageCodes[code].consequence, fix };
}

/** What could not be read, as a finding. */
export function findingOf({ code, problem }: ImageError): Finding {
  return finding(code, problem, imageCodes[code].fix);
}

/** Content that contradicts what describes it. */
export function contradiction(problem: string): Finding {
  return finding("FL2114", problem, imageCodes.FL2114.fix);
}
