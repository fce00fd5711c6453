import type { Severity } from "@fairlead/changes";

/** How a comment marks a danger, and what its verdict says where none is worse. */
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
