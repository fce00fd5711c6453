import { dirname } from "node:path";
import { allowedChangesFile, UserError } from "@fairlead/model";
import { today } from "@fairlead/model/files";
import {
  allowedKinds,
  gradeOf,
  readAllowedChanges,
  type AllowedDanger,
  type Allowances,
  type Danger,
  type DangerKind,
} from "@fairlead/review";

import type { Notice } from "./notices";

/** What a change may do: by the file that stands in it, and by whoever runs the command. */
export interface Allow {
  entries: readonly AllowedDanger[];
  /** `<urn>`, or `<kind>=<urn>`. */
  given: readonly string[];
}

/** Of what the command line allows. */
export const givenReason = "--allow";

/** What a project's file allows. One that can't be read allows nothing, and the change is told all the same, with what is wrong. */
export function allowIn(configFolder: string, given: readonly string[] = []): { allow: Allow; notices: Notice[] } {
  try {
    return { allow: { entries: readAllowedChanges(configFolder), given }, notices: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // The file may stand in a folder that is checked out for this alone.
    const text = `${error.toldInPassing(dirname(configFolder))}\n\nUntil it is mended nothing is allowed.`;
    return { allow: { entries: [], given }, notices: [{ refuses: true, title: `stacks/${allowedChangesFile} can't be used`, text }] };
  }
}

/** All that is allowed of a stack's dangers, today. */
export function allowancesOf(stack: string, dangers: readonly Danger[], { entries, given }: Allow): Allowances {
  const day = today();
  const stops = dangers.filter(({ severity }) => gradeOf(severity) === "stop");
  const onCall = given.flatMap((text) =>
    matches(text, stops).map(({ kind, urn }) => ({ stack, kind, urn, reason: givenReason, until: day })),
  );
  return { entries: [...entries, ...onCall], today: day };
}

/** What the command line allows and no stack's change does. */
export function unmatchedNotices(stacks: readonly { dangers: readonly Danger[] }[], given: readonly string[]): Notice[] {
  const stops = stacks.flatMap(({ dangers }) => dangers.filter(({ severity }) => gradeOf(severity) === "stop"));
  return given
    .filter((text) => matches(text, stops).length === 0)
    .map((text) => ({
      refuses: false,
      title: "allows nothing",
      text: `${givenReason} ${text} allows nothing of this change. It takes a URN of what is held, in single quotes: a shell takes $ for a variable's name elsewhere.`,
    }));
}

function matches(text: string, dangers: readonly Danger[]): { kind: DangerKind; urn: string }[] {
  const { kind: wanted, urn } = dangerNamed(text);
  return dangers.flatMap(({ kind, severity, urns }) => {
    const own = kind ?? severity;
    return urns.includes(urn) && (wanted === undefined || wanted === own) ? [{ kind: own, urn }] : [];
  });
}

/** What `<kind>=<urn>` names, or `<urn>` alone. */
export function dangerNamed(text: string): { kind?: DangerKind; urn: string } {
  const kind = allowedKinds.find((each) => text.startsWith(`${each}=`));
  return kind === undefined ? { urn: text } : { kind, urn: text.slice(kind.length + 1) };
}
