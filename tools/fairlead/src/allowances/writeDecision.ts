import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allowedChangesFile, UserError } from "@fairlead/model";
import { editedYaml } from "@fairlead/model/files";
import { readDecisions, type Decision } from "@fairlead/review";

import { writeFile } from "../writeFile";
import type { HeldThing } from "./lastHeld";

/**
 * Writes one decision into the file of a folder, in place of what was decided of the same before. All else stays as it is, comments too.
 *
 * @returns the file's path
 * @throws UserError where the file can't be read, or not be changed there
 */
export function writeDecision(folder: string, decision: Decision): string {
  const file = join(folder, allowedChangesFile);
  const former = readDecisions(folder).flatMap((each) => (each.stack === decision.stack ? without(each, decision) : [each]));
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const edited = editedYaml(text, [{ path: ["allowed"], value: [...former, decision] }]);
  if ("problem" in edited)
    throw new UserError(`${file}:${edited.line}:${edited.column}: the lines can't be written here: ${edited.problem}.`);
  writeFile(file, edited.text);
  return file;
}

/** A decision on what happens to some things of a stack. */
export function decisionOn(stack: string, things: readonly HeldThing[], { reason, until }: Pick<Decision, "reason" | "until">): Decision {
  const dangers: Decision["dangers"] = {};
  for (const { kind, urn } of things) dangers[kind] = [...new Set([...(dangers[kind] ?? []), urn])];
  return { stack, reason, until, dangers };
}

/** What is left of a decision where another one says the rest; nothing where that is all of it. */
function without(decision: Decision, { dangers: others }: Decision): Decision[] {
  const left = Object.entries(decision.dangers).flatMap(([kind, urns]) => {
    const kept = urns.filter((urn) => !others[kind as keyof typeof others]?.includes(urn));
    return kept.length > 0 ? [[kind, kept] as const] : [];
  });
  return left.length > 0 ? [{ ...decision, dangers: Object.fromEntries(left) }] : [];
}
