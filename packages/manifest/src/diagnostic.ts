import type { DiagnosticCode } from "@fairlead/model";

/** One problem in one manifest, with all that it takes to mend it. */
export interface Diagnostic {
  code: DiagnosticCode;
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
}

/** Thrown with all problems of all manifests of an environment. Its message is ready to print; its stack says nothing to a user. */
export class ManifestError extends Error {
  constructor(readonly diagnostics: Diagnostic[]) {
    super(`${diagnostics.length} problem${diagnostics.length === 1 ? "" : "s"} in service manifests`);
    this.name = "ManifestError";
  }
}
