import { firstFew } from "@fairlead/model";
import type { RequestChange, Severity } from "@fairlead/changes";

import type { StackReport } from "./report";

/** What must be read first of requests that another one answers, or nobody. */
export interface RequestDanger {
  severity: Severity;
  title: string;
  forcedBy: string[];
  text: string;
}

const mostSubjects = 5;

/** Addresses that nobody answers any more, or somebody whom nobody chose, and routes that were another owner's. */
export function requestDangers({ requests }: Pick<StackReport, "requests">): RequestDanger[] {
  const grave = requests.filter((change) => isGrave(change));
  return alike(grave).map((group) => ({ ...meaningOf(group[0]!), title: lineOf(group), forcedBy: [] }));
}

/** `/search: web → search`: what becomes of the other requests that another one answers. */
export function requestLines({ requests }: Pick<StackReport, "requests">): string[] {
  return alike(requests.filter((change) => !isGrave(change))).map(lineOf);
}

function isGrave({ effect, caughtBy, takenFromOwner, to }: RequestChange): boolean {
  if (effect === "moved") return caughtBy !== undefined || takenFromOwner || to.kind === "loadBalancer";
  return effect === "unanswered" || effect === "unknown";
}

function meaningOf({ effect, caughtBy, to }: RequestChange): Pick<RequestDanger, "severity" | "text"> {
  if (effect === "unknown") return { severity: "unknown", text: "" };
  if (effect === "unanswered") return { severity: "interruption", text: "Whoever asks for it gets an error." };
  if (to.kind === "loadBalancer") return { severity: "interruption", text: "Whoever asks for it gets one text, whatever they ask." };
  const text =
    caughtBy === undefined
      ? "It was another owner's route: have them agree."
      : "No route says so: a wider one takes what nobody else does.";
  return { severity: "interruption", text };
}

/** Those of which the same is to be said. */
function alike(changes: readonly RequestChange[]): RequestChange[][] {
  const groups = new Map<string, RequestChange[]>();
  for (const change of changes) groups.set(change.outcome, [...(groups.get(change.outcome) ?? []), change]);
  return [...groups.values()];
}

function lineOf(changes: readonly RequestChange[]): string {
  return `${firstFew([...new Set(changes.map(({ subject }) => subject))], mostSubjects)}: ${changes[0]!.outcome}`;
}
