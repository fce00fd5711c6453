import type { Code } from "../codes/table";

/** One problem in one file of the user's, with all that it takes to mend it. */
export interface FileProblem<C extends Code = Code> {
  code: C;
  /** Absolute path. */
  file: string;
  /** Both count from 1. */
  line: number;
  column: number;
  /** What is there, with the offending value. */
  problem: string;
  /** What was expected there. */
  expected: string;
  /** What would happen otherwise; only where it isn't plain from the problem. */
  consequence?: string;
  fix: string;
  /** Whether the line there holds a secret, and is not shown. */
  isSecret?: boolean;
}
