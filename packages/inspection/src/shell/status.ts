import type { Finding } from "../finding";

/** How a command ends: as it should, with an error, one of both; `gone` where nothing follows it. */
export type Status = "success" | "failure" | "unknown" | "gone";

/** How a command ends, and what it can't run. */
export interface Outcome {
  status: Status;
  /** Why it fails, where it does. */
  problems: Finding[];
}

export const outcome = (status: Status, problems: Finding[] = []): Outcome => ({ status, problems });

/** Whichever of two ways was taken. */
export function eitherOutcome(a: Outcome, b: Outcome): Outcome {
  if (a.status === "gone") return b;
  if (b.status === "gone") return a;
  if (a.status !== b.status) return outcome("unknown");
  return outcome(a.status, a.status === "failure" ? [...a.problems, ...b.problems] : []);
}
