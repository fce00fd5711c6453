import type { Severity } from "@fairlead/changes";

/** How a comment marks a danger, and what its verdict says where none is worse. */
export const severities: Readonly<Record<Severity, { sign: string; verdict?: string }>> = {
  dataLoss: { sign: "🛑", verdict: "data would be lost" },
  interruption: { sign: "⚠️", verdict: "interrupts" },
  lessProtected: { sign: "⚠️", verdict: "less protected" },
  unknown: { sign: "❔", verdict: "nobody here knows what may be lost" },
  routine: { sign: "•" },
};
