import type { DiagnosticCode, FileProblem } from "@fairlead/model";

/** One problem in one manifest, with all that it takes to mend it. */
export type Diagnostic = FileProblem<DiagnosticCode>;
