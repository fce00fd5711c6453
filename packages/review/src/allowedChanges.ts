import { join } from "node:path";
import { allowedChangesFile, isMap } from "@fairlead/model";
import { isDay, readEntries, today, type Refuse } from "@fairlead/model/files";

import type { AllowedDanger } from "./allowances";
import { allowedKinds, type DangerKind } from "./dangerKinds";

/** One decision in the file: what may happen, and why. */
export interface Decision {
  stack: string;
  reason: string;
  until: string;
  /** URNs by what may happen to them. */
  dangers: Partial<Record<DangerKind, string[]>>;
}

/** How far ahead a last day may be: what waits longer for its deployment is decided anew, by who then knows what it would do. */
export const mostDaysAhead = 30;

const texts = ["stack", "reason", "until"] as const;

/**
 * What the file beside the stacks' configuration allows; nothing where there is no file.
 *
 * @param day that it is asked on
 * @throws UserError with all that is wrong with the file
 */
export function readAllowedChanges(configFolder: string, day = today()): AllowedDanger[] {
  return readDecisions(configFolder, day).flatMap(({ stack, reason, until, dangers }) =>
    Object.entries(dangers).flatMap(([key, urns]) => urns.map((urn) => ({ stack, kind: key as DangerKind, urn, reason, until }))),
  );
}

/** The same, as it stands there. */
export function readDecisions(configFolder: string, day = today()): Decision[] {
  const kind = {
    code: "FL2418",
    list: "allowed",
    entry: "entry",
    texts,
    maps: ["dangers"],
    expected: `a list of entries with ${texts.join(", ")}, dangers`,
  } as const;
  const entries = readEntries(join(configFolder, allowedChangesFile), kind, ({ stack, until, dangers }, path, refuse) => {
    if (isMap(dangers)) checkDangers(dangers, String(stack), [...path, "dangers"], refuse);
    if (typeof until === "string" && until.trim() !== "") checkUntil(until, day, [...path, "until"], refuse);
  });
  return entries as unknown as Decision[];
}

type Path = Parameters<Refuse>[0];
const byCommand = "Let `npx fairlead allow` write it.";

function checkDangers(dangers: Record<string, unknown>, stack: string, path: Path, refuse: Refuse): void {
  const refused = (key: string, problem: string, expected: string, place: Path = []) =>
    refuse([...path, key, ...place], { code: "FL2418", problem, expected, fix: byCommand });
  for (const [key, urns] of Object.entries(dangers)) {
    if (!allowedKinds.includes(key as DangerKind)) {
      refused(key, `${key} is no danger that can be allowed`, `one of ${allowedKinds.join(", ")}`);
    } else if (!Array.isArray(urns) || urns.length === 0) {
      refused(key, `${key} has no list of URNs`, `URNs of resources of ${stack}`);
    } else {
      urns.forEach((urn: unknown, index) => {
        if (typeof urn === "string" && urn.startsWith(`urn:pulumi:${stack}::`)) return;
        refused(key, `${key} has ${JSON.stringify(urn)}`, `the URN of a resource of ${stack}`, [index]);
      });
    }
  }
}

function checkUntil(until: string, day: string, path: Path, refuse: Refuse): void {
  if (!isDay(until)) {
    const fix = "Name the last day on which it counts: what is deployed by then needs it no more.";
    refuse(path, { code: "FL2418", problem: `until is "${until}"`, expected: "a day: 2026-12-31", fix });
  } else if (until > lastDay(day)) {
    const expected = `${lastDay(day)} or before: ${mostDaysAhead} days ahead`;
    refuse(path, {
      code: "FL2418",
      problem: `until is ${until}`,
      expected,
      fix: "Name an earlier day; what waits longer is decided anew.",
    });
  }
}

/** The last day that can be named. */
export function lastDay(day: string, ahead = mostDaysAhead): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + ahead * 86_400_000).toISOString().slice(0, 10);
}
