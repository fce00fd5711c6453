import type { Thing } from "../found/thing";
import type { Reference } from "./references";

/** Something that exists, and how the composition would name it instead of making another. */
export interface ReferenceProposal {
  /** What of the plan it would be: `Network dev`. */
  of: string;
  thing: Thing;
  /** Why it may be that. */
  why: string;
  /** What its owner may do to it meanwhile, and what is otherwise there than in the plan, a sentence each. */
  notes: string[];
  reference: Reference;
}

/** What is to be said of a thing's owner. */
export type NotesOf = (thing: Thing) => string[];

export const whyAmong = (all: readonly Thing[]) =>
  all.length === 1 ? "the only one of its kind that was found" : `one of ${all.length} that were found`;
