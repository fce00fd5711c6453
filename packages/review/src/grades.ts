// Also bundled for the report's page: nothing of Node in here.
import type { Severity } from "@fairlead/changes";

/** What a change asks of whoever reviews it: nothing, no more than usual, a look at what is told, or a decision before it goes on. */
export const grades = ["nothing", "routine", "look", "stop"] as const;
export type Grade = (typeof grades)[number];

const gradeOfSeverity: Readonly<Record<Severity, Grade>> = {
  routine: "routine",
  unknown: "look",
  lessProtected: "look",
  interruption: "look",
  noCapacity: "stop",
  unreachable: "stop",
  opened: "stop",
  dataLoss: "stop",
  elsewhere: "stop",
};

/** The grade that one thing of this severity gives. */
export function gradeOf(severity: Severity): Grade {
  return gradeOfSeverity[severity];
}

/** The gravest of several; `nothing` of none. */
export function gravest(given: readonly Grade[]): Grade {
  return grades[Math.max(0, ...given.map((grade) => grades.indexOf(grade)))]!;
}
