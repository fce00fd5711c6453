import type { Severity } from "@fairlead/changes";
import type { Review } from "@fairlead/review";

/** How a danger is marked, and what the verdict says where none is worse. */
export const severities: Readonly<Record<Severity, { sign: string; verdict: string }>> = {
  elsewhere: { sign: "🛑", verdict: "another place" },
  dataLoss: { sign: "🛑", verdict: "data would be lost" },
  opened: { sign: "🛑", verdict: "a boundary opens" },
  unreachable: { sign: "🛑", verdict: "an address goes away" },
  noCapacity: { sign: "🛑", verdict: "nothing would serve" },
  interruption: { sign: "⚠️", verdict: "interrupts" },
  lessProtected: { sign: "⚠️", verdict: "less protected" },
  routine: { sign: "•", verdict: "routine" },
  unknown: { sign: "❔", verdict: "can't tell what follows" },
};

/** `stop – data would be lost`: a stack's grade and what it comes from. */
export function gradeText({ grade, dangers }: Review): string {
  const [worst] = dangers;
  return worst ? `${grade} – ${severities[worst.severity].verdict}` : grade;
}
