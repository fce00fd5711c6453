import { firstFew } from "@fairlead/model";
import { affectedBy, type Fact } from "@fairlead/review";

import { counted } from "./phrases";

/** A fact, and how it is said. */
export type Affected = Fact & { text: string };

/** Who meets what by a change, in words. */
export function affectedIn(...args: Parameters<typeof affectedBy>): Affected[] {
  return affectedBy(...args).map(inWords);
}

/** `can't be rolled back: …`, which is said of the whole stack. */
export function rollbackLines(affected: readonly Affected[]): string[] {
  return affected.flatMap(({ kind, text }) => (kind === "rollback" ? [`can't be rolled back: ${text}`] : []));
}

/** `api: is called by web`; rollouts that are the same are said once: `api, web: about 2 min`. */
export function affectedLines(affected: readonly Affected[]): string[] {
  const subjects = new Map<string, { names: string[]; text: string }>();
  for (const { kind, of, text } of affected) {
    if (kind === "rollback") continue;
    const name = kind === "outputs" ? `stack ${of}` : of;
    const key = kind === "rollout" ? text : JSON.stringify([name, text]);
    const known = subjects.get(key);
    if (known) known.names.push(name);
    else subjects.set(key, { names: [name], text });
  }
  return [...subjects.values()].map(({ names, text }) => `${few(names)}: ${text}`);
}

/** All whom something is said of, and those who are named in it. */
export function affectedNames(affected: readonly Affected[]): string[] {
  const named = (fact: Affected) => {
    if (fact.kind === "rollback") return [];
    const others = fact.kind === "dependents" ? fact.callers : fact.kind === "name" ? fact.users : fact.kind === "job" ? fact.before : [];
    return [fact.of, ...others];
  };
  return [...new Set(affected.flatMap(named))].sort();
}

export function inWords(fact: Fact): Affected {
  return { ...fact, text: textOf(fact) };
}

const mostNames = 4;
const few = (names: readonly string[]) => firstFew(names, mostNames);

function textOf(fact: Fact): string {
  switch (fact.kind) {
    case "rollout":
      return `about ${minutes(fact.seconds)} (${partsOf(fact)}), ${servingText(fact)}`;
    case "dependents":
      return fact.goes ? `goes, and was called by ${few(fact.callers)}` : `is called by ${few(fact.callers)}`;
    case "name": {
      const { users, stillUsedBy: still } = fact;
      const used = still.length > 0 ? `; still used by ${few(still)}` : users.length > 0 ? `; was used by ${few(users)}` : "";
      return `${fact.name} (${fact.by}) ${fact.now ? `becomes ${fact.now}` : "is found no more"}${used}`;
    }
    case "permissions":
      return both(fact.loses, fact.gains, (list) => few(permissionTexts(list)), ["may no longer", "may now"]);
    case "reach":
      return both(fact.loses, fact.gains, few, ["can no longer connect to", "can now connect to"], fact.keeps);
    case "variables": {
      const named = (names: readonly string[]) => few(names.map((name) => (fact.secrets.includes(name) ? `the secret ${name}` : name)));
      const parts = [
        fact.loses.length > 0 ? `no longer gets ${named(fact.loses)}` : "",
        fact.gains.length > 0 ? `now gets ${named(fact.gains)}` : "",
        fact.changes.length > 0 ? `gets another ${named(fact.changes)}` : "",
      ];
      return parts.filter(Boolean).join("; ");
    }
    case "job":
      return jobText(fact);
    case "outputs":
      return outputsText(fact);
    case "rollback":
      return reasonsText(fact);
  }
}

type Of<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

function minutes(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds / 60));
  return whole < 120 ? `${whole} min` : `${Math.round(whole / 60)} h`;
}

/** `60 s to start, 30 s until healthy, 30 s to drain` */
function partsOf({ from: { starting, untilHealthy, draining, waiting, waves }, hasHooks }: Of<"rollout">): string {
  const of = (seconds: number, what: string) => (seconds > 0 ? [`${seconds} s ${what}`] : []);
  const parts = [
    ...of(starting, "to start"),
    ...of(untilHealthy, "until healthy"),
    ...of(draining, "to drain"),
    ...(waiting > 0 ? [`${minutes(waiting)} of waiting`] : []),
    ...(hasHooks ? ["what its hooks take"] : []),
  ];
  return `${parts.join(", ")}${waves > 1 ? `, ${waves} times` : ""}`;
}

function servingText({ tasks, serving }: Of<"rollout">): string {
  if (serving < tasks) return `as few as ${serving} of ${counted(tasks, "task")} ${serving === 1 ? "serves" : "serve"}`;
  return `${counted(tasks, "task")} ${tasks === 1 ? "serves" : "serve"} throughout`;
}

/** `send to, receive from queue requests`: what is done to one thing stands before it. */
function permissionTexts(permissions: readonly Of<"permissions">["gains"][number][]): string[] {
  const byPlace = new Map<string, string[]>();
  for (const { what, on } of permissions) byPlace.set(on, [...(byPlace.get(on) ?? []), what]);
  return [...byPlace].map(([on, whats]) => `${whats.join(", ")} ${on}`);
}

function both<T>(
  loses: readonly T[],
  gains: readonly T[],
  say: (list: readonly T[]) => string,
  [less, more]: [string, string],
  keeps: readonly T[] = [],
): string {
  const left = keeps.length > 0 ? `, only to ${say(keeps)}` : "";
  return [...(loses.length > 0 ? [`${less} ${say(loses)}${left}`] : []), ...(gains.length > 0 ? [`${more} ${say(gains)}`] : [])].join("; ");
}

function jobText({ before, timeoutMinutes, schedule }: Of<"job">): string {
  if (schedule) {
    if (schedule.after === undefined) return "no longer runs by itself";
    return schedule.before === undefined
      ? `runs by itself: ${schedule.after}`
      : `runs at other times: ${schedule.before} → ${schedule.after}`;
  }
  const limit = timeoutMinutes === undefined ? "" : `, for ${counted(timeoutMinutes, "minute")} at most`;
  return `runs in this \`up\`${limit}${before.length > 0 ? `, before ${few(before)}` : ""}`;
}

/** `SQS queue requests is deleted; what accounts-migration does to data stays` */
function reasonsText({ reasons }: Of<"rollback">): string {
  const groups = new Map(reasons.map(({ why }) => [why, reasons.filter((reason) => reason.why === why)]));
  return [...groups]
    .map(([why, group]) => {
      const what = few(group.map(({ what: each, detail }) => (detail ? `${each} (${detail})` : each)));
      return reasonTexts[why](what, group.length === 1);
    })
    .join("; ");
}

const reasonTexts: Record<Of<"rollback">["reasons"][number]["why"], (what: string, isOne: boolean) => string> = {
  deleted: (what, isOne) => `${what} ${isOne ? "is" : "are"} deleted`,
  replaced: (what, isOne) => `${what} ${isOne ? "is" : "are"} replaced, without what is in ${isOne ? "it" : "them"}`,
  upgraded: (what, isOne) => `${what} ${isOne ? "takes" : "take"} a new major version`,
  migrated: (what, isOne) => `what ${what} ${isOne ? "does" : "do"} to data stays`,
  rotated: (what, isOne) => `${what} ${isOne ? "has another value" : "have other values"}`,
};

function outputsText({ outputs, gone }: Of<"outputs">): string {
  const kept = outputs.filter((output) => !gone.includes(output));
  const of = (list: readonly string[], what: string) => (list.length > 0 ? [`${few(list)}, which ${what}`] : []);
  return `reads ${[...of(gone, verb(gone, "goes", "go")), ...of(kept, verb(kept, "changes", "change"))].join("; ")}`;
}

const verb = (list: readonly string[], one: string, several: string) => (list.length === 1 ? one : several);
