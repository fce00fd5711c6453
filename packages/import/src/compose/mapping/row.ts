import type { Outcome } from "../../findings/finding";

/** What one key of a Compose file is here: for the report, for docs/manifest-from-compose.md, and for the tests that hold both. */
export interface Row {
  /** Keys joined with dots; `*` is a name of one's own, `[]` an item of a list. */
  path: string;
  /** What usually becomes of it. A value may have another outcome, which its translation says. */
  outcome: Outcome;
  /** Key of service.yaml, or a file of stacks/. */
  to?: string;
  /** Why it is otherwise, what is lost, or what to do. */
  text?: string;
  /** The key stands for all that is in it. */
  whole?: boolean;
  /** It serves development alone: nothing is lost where it is dropped. */
  isDevelopment?: boolean;
}

type Details = Partial<Pick<Row, "to" | "whole" | "isDevelopment">>;

export const exact = (path: string, to?: string, details: Details = {}): Row => ({ path, outcome: "exact", to, ...details });
export const changed = (path: string, to: string | undefined, text: string, details: Details = {}): Row => ({
  path,
  outcome: "changed",
  to,
  text,
  ...details,
});
export const dropped = (path: string, text: string, details: Details = {}): Row => ({
  path,
  outcome: "dropped",
  text,
  whole: true,
  ...details,
});
export const decide = (path: string, text: string, details: Details = {}): Row => ({
  path,
  outcome: "decide",
  text,
  whole: true,
  ...details,
});
export const ignored = (path: string, text: string, details: Details = {}): Row => ({
  path,
  outcome: "ignored",
  text,
  whole: true,
  ...details,
});
