import type { Outcome } from "../../findings/finding";
import type { WorkloadType } from "../workloadTypes";

/** What one key of a Copilot manifest is here: for the report, for docs/manifest-from-copilot.md, and for the tests that hold both. */
export interface Row {
  /** Keys joined with dots; `*` is a name of one's own, `[]` an item of a list. */
  path: string;
  /** Types that have it. */
  of: readonly WorkloadType[];
  /** What usually becomes of it. A value may have another outcome, which its translation says. */
  outcome: Outcome;
  /** Key of service.yaml, or a file of stacks/. */
  to?: string;
  /** Why it is otherwise, what is lost, or what to do. */
  text?: string;
  /** The key stands for all that is in it. */
  whole?: boolean;
}

type Details = Omit<Row, "path" | "of" | "outcome">;

/** Rows of keys of some types of workload. */
export function rowsOf(types: readonly WorkloadType[]) {
  return {
    exact: (path: string, to?: string, details: Details = {}): Row => ({ path, of: types, outcome: "exact", to, ...details }),
    changed: (path: string, to: string | undefined, text: string, details: Details = {}): Row => ({
      path,
      of: types,
      outcome: "changed",
      to,
      text,
      ...details,
    }),
    dropped: (path: string, text: string, details: Details = {}): Row => ({ path, of: types, outcome: "dropped", text, ...details }),
    decide: (path: string, text: string, details: Details = {}): Row => ({ path, of: types, outcome: "decide", text, ...details }),
    ignored: (path: string, text: string, details: Details = {}): Row => ({ path, of: types, outcome: "ignored", text, ...details }),
  };
}
