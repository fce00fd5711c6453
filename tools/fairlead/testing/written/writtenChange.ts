/** A text that is there once and becomes another, a whole file, or a file or folder that goes. */
export type Edit = { file: string; find: string; replace: string } | { file: string; write: string } | { file: string; remove: true };

/** A pull request, as somebody wrote it who knew the documents and AWS's, and not how it would be judged. */
export interface WrittenChange {
  id: string;
  title: string;
  stacks: string[];
  /** What both sides have. */
  given: Edit[];
  change: Edit[];
}
