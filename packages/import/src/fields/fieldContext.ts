import type { Claims } from "../findings/claims";
import type { Finding } from "../findings/finding";
import type { SourceNode } from "../source/sourceNode";

/** A part of a source that is translated. */
export interface Part {
  node: SourceNode;
  /** Keys that lead to it. */
  path: readonly (string | number)[];
}

/** What the mapping says of a key. */
export interface MappedKey extends Pick<Finding, "outcome" | "to" | "text" | "isDevelopment"> {
  path: string;
}

/** What a field needs of the translation that it is read in. */
export interface FieldContext {
  /** The tool that the source was written for. */
  readonly tool: string;
  readonly claims: Claims;
  /** The row of a key, or of what it stands in; undefined for what the tool does not know there. */
  rowAt(path: Part["path"]): MappedKey | undefined;
  /** Whether rows lead on from a path to keys below it. */
  leadsOn(path: Part["path"]): boolean;
  claim(part: Part, finding: Pick<Finding, "outcome" | "to" | "text" | "was" | "now" | "isDevelopment">): void;
  refuse(part: Part, expected: string): void;
}
