import { bySeverity, canonical, type Severity } from "@fairlead/changes";
import { isMap } from "@fairlead/model";
import { isReference, referencesIn, type PlanResource } from "@fairlead/plan";

/** What a changed argument means for those who use or own the resource. */
export interface Meaning {
  severity: Severity;
  text: string;
}

/** A changed argument. */
export interface ArgumentChange {
  before: unknown;
  after: unknown;
  was: PlanResource;
  is: PlanResource;
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

/** Whatever the other value is. */
export const whenever =
  (told: Meaning): Judge =>
  () =>
    told;

/** What it is known only after apply can't be judged: neither harmless nor not. */
export const cantTell = unknown("Its value is known only after apply.");

/** When a number gets smaller. @param none what AWS takes where there is none */
export const lowered =
  (told: Meaning, none?: number): Judge =>
  ({ before, after }) =>
    compared(before ?? none, after ?? none, (was, is) => (is < was ? told : undefined));

/** When a number gets larger. @param none what AWS takes where there is none */
export const raised =
  (told: Meaning, none?: number): Judge =>
  ({ before, after }) =>
    compared(before ?? none, after ?? none, (was, is) => (is > was ? told : undefined));

function compared(before: unknown, after: unknown, judge: (was: number, is: number) => Meaning | undefined): Meaning | undefined {
  const [was, is] = [before, after].map((value) => (value === undefined || value === "" ? Number.NaN : Number(value)));
  return Number.isNaN(was) || Number.isNaN(is) ? cantTell : judge(was!, is!);
}

/** When what was on is off. @param none what AWS takes where there is none */
export const turnedOff =
  (told: Meaning, none = false): Judge =>
  ({ before, after }) =>
    isUnknown(after) ? cantTell : (before ?? none) !== false && (after ?? none) === false ? told : undefined;

/** When what was off is on. @param none what AWS takes where there is none */
export const turnedOn =
  (told: Meaning, none = false): Judge =>
  ({ before, after }) =>
    isUnknown(after) ? cantTell : (before ?? none) !== true && (after ?? none) === true ? told : undefined;

/** When there was one and is none; of lists and maps also when they are empty. */
export const removed =
  (told: Meaning): Judge =>
  ({ before, after }) =>
    !isNothing(before) && isNothing(after) ? told : undefined;

/** When there was none and is one. */
export const added =
  (told: Meaning): Judge =>
  ({ before, after }) =>
    isNothing(before) && !isNothing(after) ? told : undefined;

/** When a list loses an item; one in another order is the same. */
export const loses =
  (told: Meaning): Judge =>
  ({ before, after }) =>
    itemsBeyond(before, after).length > 0 ? told : undefined;

/** When a list gains an item. */
export const gains =
  (told: Meaning): Judge =>
  ({ before, after }) =>
    itemsBeyond(after, before).length > 0 ? told : undefined;

/** The first judge that has something to say. */
export const firstOf =
  (...judges: Judge[]): Judge =>
  (change) => {
    for (const judge of judges) {
      const told = judge(change);
      if (told) return told;
    }
    return undefined;
  };

/** Judges the members of an object, or of the first and only item of a list; a member that has no judge is unknown. */
export const members =
  (judges: Judges): Judge =>
  (change) => {
    const [before, after] = [change.before, change.after].map((value) => (Array.isArray(value) ? (value[0] as unknown) : value) ?? {});
    if (!isMap(before) || !isMap(after) || isReference(before) || isReference(after)) return cantTell;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !isEqual(before[key], after[key]));
    return worstOf(keys.map((key) => (judges[key] ?? unknownArgument(key))({ ...change, before: before[key], after: after[key] })));
  };

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

export const asList = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

export const isUnknown = (value: unknown): boolean => isReference(value) || referencesIn(value).length > 0;

export const isEqual = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
