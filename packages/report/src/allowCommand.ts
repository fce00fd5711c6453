import { today } from "@fairlead/model/files";
import { lastDay } from "@fairlead/review";

import type { StackReport } from "./report";

/** Long enough for a review and for all environments, as a proposal. */
const usualDays = 14;

/**
 * The one command that allows all that is held, as a shell takes it: in single quotes, since a URN has `$` in it. Undefined where nothing is held that
 * could be allowed.
 */
export function allowCommand(stacks: readonly Pick<StackReport, "held">[], day = today()): string | undefined {
  const held = stacks.flatMap(({ held: own }) =>
    own.flatMap(({ kind, urns, isRefused }) => (isRefused ? [] : urns.map((urn) => `${kind}=${urn}`))),
  );
  if (held.length === 0) return undefined;
  const lines = [`npx fairlead allow --reason 'why it may' --until ${lastDay(day, usualDays)}`, ...[...new Set(held)].map(shellWord)];
  return lines.join(" \\\n  ");
}

function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
