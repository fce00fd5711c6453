import { isReference } from "@fairlead/plan";

import { asList, cantTell, dataLoss, interrupts, isUnknown, unreachable, worstOf, type Judge, type Meaning } from "./judge";
import { coversScope, scopeOf, type Scope } from "./objectScope";

/** What a rule does to objects of its scope that are old enough. */
interface Action {
  kind: keyof typeof meanings;
  scope: Scope;
  /** From which age on. */
  days?: number;
  /** From which day on, whatever their age. */
  date?: number;
  /** How many old versions are left of each object, whatever their age. */
  kept: number;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const meanings = {
  deletes: dataLoss("Objects are deleted earlier than before, those that are older at once."),
  deletesVersions: dataLoss("Old versions of objects are deleted earlier than before, those that are older at once."),
  archives: unreachable("Objects are archived earlier than before: who reads one fails until somebody has restored it, which takes hours."),
  archivesVersions: interrupts("Old versions of objects are archived earlier than before: to read one takes hours."),
} satisfies Record<string, Meaning>;

/** Rules by which S3 deletes and archives objects: what they do that none did before to the same objects as early. */
export const objectExpiry: Judge = ({ before, after, of }) => {
  if ([before, after].some((rules) => asList(rules).some(isTimeUnknown))) return cantTell;
  // A rule as a resource may say what the bucket said itself.
  const was = asList(before ?? of?.inputs.lifecycleRules).flatMap(actionsOf);
  const earlier = asList(after)
    .flatMap(actionsOf)
    .filter((action) => !was.some((other) => isAsEarly(other, action)));
  return worstOf(earlier.map(({ kind }) => meanings[kind]));
};

/** Whether the first does to all objects of the second what that does, and as early. */
function isAsEarly(one: Action, other: Action): boolean {
  const isInTime =
    (one.days !== undefined && other.days !== undefined && one.days <= other.days) ||
    (one.date !== undefined && other.date !== undefined && one.date <= other.date);
  return one.kind === other.kind && coversScope(one.scope, other.scope) && isInTime && one.kept <= other.kept;
}

type Value = Record<string, unknown>;

/** A filter that is known only after apply is compared as the text that it is; a time is not. */
function isTimeUnknown(rule: unknown): boolean {
  const { expiration, noncurrentVersionExpiration, transitions, noncurrentVersionTransitions } = (rule ?? {}) as Value;
  const actions = [expiration, noncurrentVersionExpiration, transitions, noncurrentVersionTransitions];
  // A number that the program computes from what is known only after apply is none while it plans: `null` in the plan.
  const isNone = (action: unknown) =>
    asList(action).some((each) => each !== null && typeof each === "object" && Object.values(each).includes(null));
  return isReference(rule) || actions.some((action) => isUnknown(action) || isNone(action));
}

function actionsOf(rule: unknown): Action[] {
  const given = (rule ?? {}) as Value;
  if (given.status === "Disabled" || given.enabled === false) return [];
  const scope = scopeOf(given);
  const action = (kind: Action["kind"], value: unknown): Action[] => {
    const { days, noncurrentDays = days, date, newerNoncurrentVersions = 0 } = (value ?? {}) as Value;
    if (noncurrentDays === undefined && date === undefined) return [];
    return [
      {
        kind,
        scope,
        ...(noncurrentDays !== undefined && { days: Number(noncurrentDays) }),
        ...(date !== undefined && { date: Date.parse(String(date)) }),
        kept: Number(newerNoncurrentVersions),
      },
    ];
  };
  const isArchive = (value: unknown) => ["GLACIER", "DEEP_ARCHIVE"].includes(String((value as Value).storageClass));
  return [
    ...action("deletes", given.expiration),
    ...action("deletesVersions", given.noncurrentVersionExpiration),
    ...asList(given.transitions)
      .filter(isArchive)
      .flatMap((each) => action("archives", each)),
    ...asList(given.noncurrentVersionTransitions)
      .filter(isArchive)
      .flatMap((each) => action("archivesVersions", each)),
  ];
}
