import { areas } from "./areas";
import type { Explanation } from "./explanation";
import type { imageCodes } from "./images";
import type { manifestCodes } from "./manifests";

type KeysOfEach<T> = T extends unknown ? keyof T : never;

/** What an error can have as its code. Codes are stable: people search for them, so a number never gets another meaning. */
export type Code = KeysOfEach<(typeof areas)[number]["codes"]>;
/** Codes of mistakes in a service.yaml. Of where an image lies a manifest can say it already, and so what is required of one from there. */
export type DiagnosticCode = keyof typeof manifestCodes | "FL2160" | "FL2162";
/** Codes of images that would not start. */
export type ImageCode = keyof typeof imageCodes;

/** What each code means, in the order of their numbers. */
export const codes = Object.fromEntries(
  areas.flatMap((area) => Object.entries<Explanation>(area.codes)).sort(([a], [b]) => (a < b ? -1 : 1)),
) as Record<Code, Explanation>;
