import type { Grade } from "@fairlead/review";

import type { WrittenChange } from "../written/writtenChange";
import compositionArguments from "./compositionArguments.json";
import manifestKeys from "./manifestKeys.json";

/** A change of one thing that can be set, or of several that are changed together. */
export interface ReviewedChange extends WrittenChange {
  /** What is changed: keys of a manifest, an argument of a composition, values of the configuration. */
  key: string;
  /** By the documents that `source` names. */
  grade: Grade;
  sentence: string;
  happens: string;
  source: string;
}

/** Sixty of manifests' keys, sixty of compositions and the configuration. */
export const reviewedChanges = [...manifestKeys, ...compositionArguments] as ReviewedChange[];
