import { bySeverity, type Severity } from "@fairlead/changes";
import { asList, canonical, isMap, isNothing } from "@fairlead/model";
import { isReference, referencesIn, type PlanResource } from "@fairlead/plan";

export { asList };

/** What a changed argument means for those who use or own the resource. */
export interface Meaning {
  severity: Severity;
  text: string;
}

/** A changed argument. */
export interface ArgumentChange {
  /** What AWS takes where it is not set. */
  before: unknown;
  after: unknown;
  was: PlanResource;
  is: PlanResource;
  /** Whether the resource is a new setting of something that is there already: nothing said it before. */
  isNew?: boolean;
  /** What a new setting is of, as it was; undefined where the plan does not have it. */
  of?: PlanResource;
}

/** Says what a changed argument means; undefined where nobody would notice. */
export type Judge = (change: ArgumentChange) => Meaning | undefined;

/** Judges by argument. One that is not in it has no meaning that anybody here knows. */
export type Judges = Readonly<Record<string, Judge>>;

/** Nobody notices another value. */
export const harmless: Judge = () => undefined;

/** Several arguments of which nobody notices another value. */
export function harmlessOnes(names: string): Judges {
  return Object.fromEntries(names.split(" ").map((name) => [name, harmless]));
}

const meaning =
  (severity: Severity) =>
  (text: string): Meaning => ({ severity, text });
export const lessProtected = meaning("lessProtected");
export const interrupts = meaning("interruption");
export const noCapacity = meaning("noCapacity");
export const unreachable = meaning("unreachable");
export const opened = meaning("opened");
export const dataLoss = meaning("dataLoss");
export const unknown = meaning("unknown");

/** Whatever the other value is; not of a new setting, which says it for the first time. */
export const whenever =
  (told: Meaning): Judge =>
  ({ isNew }) =>
    isNew ? undefined : told;

/** Whatever the value is, of a new setting too. */
export const alsoNew =
  (told: Meaning): Judge =>
  () =>
    told;

/** What it is known only after apply can't be judged: neither harmless nor not. */
export const cantTell = unknown("Its value is known only after apply.");

/** What nobody says is AWS's choice: not the same as unknown, and as little to be compared. */
const awsDecides = unknown("Where it is not said AWS decides: whether that is more or less can't be told here.");
const unreadable = unknown("It is no number that can be compared here.");

/**
 * Judges that ask only which things there are, or whether there is one: a reference tells enough of a value that is known only after apply. All others that
 * say nothing of such a value can't tell, which `judged` says for them.
 */
const asksWhich = new WeakSet<Judge>();

/** Of a judge by which a reference to something is as good as its name. */
export function byReference(judge: Judge): Judge {
  asksWhich.add(judge);
  return judge;
}

/** What a judge says of a change, and what it can't say. */
export function judged(judge: Judge, change: ArgumentChange): Meaning | undefined {
  if (judge === harmless) return undefined;
  return judge(change) ?? (!asksWhich.has(judge) && isUnseen(change.before, change.after) ? cantTell : undefined);
}

/** Whether it is another value then that nobody knows, or was one. Of a text that has the same references in it the judge sees the rest. */
function isUnseen(before: unknown, after: unknown): boolean {
  if (isEqual(before, after) || isNothing(after)) return false;
  return isPart(before) || isPart(after) ? becomesUnseen(before, after) : !isEqual(referencesIn(before), referencesIn(after));
}

/** Of what has parts, where references mostly say which things are meant: whether a part was known and no longer is, or the other way round. */
function becomesUnseen(before: unknown, after: unknown): boolean {
  if (isNothing(before) || isNothing(after) || isEqual(before, after)) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    const [was, is] = [itemsBeyond(before, after), itemsBeyond(after, before)];
    return was.some((item, index) => index < is.length && becomesUnseen(item, is[index]));
  }
  if (isPart(before) && isPart(after))
    return isMap(before) && isMap(after) && Object.keys(after).some((key) => becomesUnseen(before[key], after[key]));
  return isUnknown(before) !== isUnknown(after);
}

const isPart = (value: unknown) => typeof value === "object" && value !== null && !isReference(value);

/** When a number gets smaller. @param none what AWS takes where a member of an argument is not set */
export const lowered =
  (told: Meaning, none?: number): Judge =>
  (change) =>
    compared(change, none, (was, is) => (is < was ? told : undefined));

/** When a number gets larger. @param none what AWS takes where a member of an argument is not set */
export const raised =
  (told: Meaning, none?: number): Judge =>
  (change) =>
    compared(change, none, (was, is) => (is > was ? told : undefined));

function compared(
  { before, after, isNew }: ArgumentChange,
  none: number | undefined,
  judge: (was: number, is: number) => Meaning | undefined,
): Meaning | undefined {
  const values = [before ?? none, after ?? none];
  if (values.some(isUnknown)) return cantTell;
  if (values.some((value) => value === undefined || value === null || value === "")) return isNew ? undefined : awsDecides;
  const [was, is] = values.map(numberOf);
  return Number.isNaN(was) || Number.isNaN(is) ? unreadable : judge(was!, is!);
}

/** A number, or what ECS takes for one: `1 vCPU`, `2 GB`. */
export function numberOf(value: unknown): number {
  const units = typeof value === "string" ? /^\s*([\d.]+)\s*(vcpu|gb)\s*$/i.exec(value) : undefined;
  return units ? Number(units[1]) * 1024 : Number(value);
}

/** When what was on is off. @param none what AWS takes where a member of an argument is not set */
export const turnedOff =
  (told: Meaning, none = false): Judge =>
  ({ before, after }) =>
    isUnknown(after) ? cantTell : (before ?? none) !== false && (after ?? none) === false ? told : undefined;

/** When what was off is on. @param none what AWS takes where a member of an argument is not set */
export const turnedOn =
  (told: Meaning, none = false): Judge =>
  ({ before, after }) =>
    isUnknown(after) ? cantTell : (before ?? none) !== true && (after ?? none) === true ? told : undefined;

/** When there was one and is none; of lists and maps also when they are empty. */
export const removed = (told: Meaning): Judge =>
  byReference(({ before, after }) => (!isNothing(before) && isNothing(after) ? told : undefined));

/** When there was none and is one. */
export const added = (told: Meaning): Judge =>
  byReference(({ before, after }) => (isNothing(before) && !isNothing(after) ? told : undefined));

/** When a list loses an item; one in another order is the same. */
export const loses = (told: Meaning): Judge =>
  byReference(({ before, after }) => (itemsBeyond(before, after).length > 0 ? told : undefined));

/** When a list gains an item. */
export const gains = (told: Meaning): Judge =>
  byReference(({ before, after }) => (itemsBeyond(after, before).length > 0 ? told : undefined));

/** The first judge that has something to say. */
export const firstOf = (...judges: Judge[]): Judge =>
  byReference((change) => {
    for (const judge of judges) {
      const told = judged(judge, change);
      if (told) return told;
    }
    return undefined;
  });

/** Judges the members of an object, or of the first and only item of a list; a member that has no judge is unknown. */
export const members = (judges: Judges): Judge =>
  byReference((change) => {
    const [before, after] = [change.before, change.after].map((value) => (Array.isArray(value) ? (value[0] as unknown) : value) ?? {});
    if (!isMap(before) || !isMap(after) || isReference(before) || isReference(after)) return cantTell;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !isEqual(before[key], after[key]));
    return worstOf(keys.map((key) => judged(judges[key] ?? unknownArgument(key), { ...change, before: before[key], after: after[key] })));
  });

/** The gravest of several; undefined where nobody would notice any. */
export function worstOf(meanings: readonly (Meaning | undefined)[]): Meaning | undefined {
  return meanings.filter((meaning) => meaning !== undefined).sort(bySeverity)[0];
}

/** Of an argument that no judge is for. */
export const unknownArgument =
  (name: string): Judge =>
  () =>
    unknown(`Nobody here knows what another ${name} means: look it up before it happens.`);

/** The items of a list that another one has not, in whatever order. */
export function itemsBeyond(list: unknown, other: unknown): unknown[] {
  const known = new Set(asList(other).map((item) => canonical(item)));
  return asList(list).filter((item) => !known.has(canonical(item)));
}

export const isUnknown = (value: unknown): boolean => isReference(value) || referencesIn(value).length > 0;

export const isEqual = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
