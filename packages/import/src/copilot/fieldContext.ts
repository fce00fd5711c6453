import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import type { SourceNode } from "../source/sourceNode";
import type { WorkloadType } from "./workloadTypes";

/** A part of a merged manifest. */
export interface Part {
  node: SourceNode;
  /** Keys that lead to it. */
  path: readonly (string | number)[];
}

/** What a field needs of the translation that it is read in. */
export interface FieldContext {
  readonly type: WorkloadType;
  readonly claims: Claims;
  claim(part: Part, finding: Pick<Finding, "outcome" | "to" | "text" | "was" | "now">): void;
  refuse(part: Part, expected: string): void;
}
