import { addressRange, coverAddresses, fits } from "@fairlead/changes";

import { allBut, type Permission, type PolicyCondition } from "./statements";

/** What the first have that the second have not, and that nothing of the second covers. */
export function beyond(ones: readonly Permission[], others: readonly Permission[]): Permission[] {
  return ones.filter((one) => !others.some((other) => covers(other, one)));
}

/** Whether one says all that another does. */
function covers(one: Permission, other: Permission): boolean {
  return one.effect === other.effect && isForAllOf(one, other) && isOnAllOf(one, other);
}

/** Whether it is for everybody that another one is for. */
export function isForAllOf(one: Permission, other: Permission): boolean {
  return coversPrincipal(one.principal, other.principal) && areWider(one.conditions, other.conditions);
}

/** Whether it is about all that another one is about. */
export function isOnAllOf(one: Permission, other: Permission): boolean {
  // Names of actions have no case.
  return coversTerm(one.action.toLowerCase(), other.action.toLowerCase()) && coversTerm(one.resource, other.resource);
}

function coversPrincipal(one: string, other: string): boolean {
  if (one === other || one === "*") return true;
  if (one.startsWith(allBut) || other.startsWith(allBut)) return one !== "" && other !== "" && coversTerm(one, other);
  const number = /^AWS (\d{12})$/.exec(one)?.[1];
  return number !== undefined && new RegExp(`^AWS arn:[\\w-]+:(iam|sts)::${number}:`).test(other);
}

function coversTerm(one: string, other: string): boolean {
  if (one === other || one === "*") return true;
  const [left, leftOther] = [one, other].map((term) => (term.startsWith(allBut) ? term.slice(allBut.length).split(", ") : undefined));
  if (left && leftOther) return left.every((each) => leftOther.some((pattern) => coversPattern(pattern, each)));
  if (left) return left.every((each) => !mayOverlap(each, other));
  return leftOther === undefined && coversPattern(one, other);
}

/** A star of the other is any characters, so a question mark is not enough for it. */
const coversPattern = (one: string, other: string) => fits(one, other.replaceAll("*", "\u0001".repeat(8)));

/** Whether a text may fit both, by what they begin with. */
function mayOverlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map((pattern) => /^[^*?]*/.exec(pattern)![0]) as [string, string];
  const isPattern = (text: string, begin: string) => text.length > begin.length;
  if (!isPattern(one, a) && !isPattern(other, b)) return one === other;
  return a.startsWith(b) || b.startsWith(a);
}

/** Whether all who meet the second conditions meet the first. */
function areWider(ones: readonly PolicyCondition[], others: readonly PolicyCondition[]): boolean {
  return ones.every((one) => others.some((other) => isWider(one, other)));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function isWider(one: PolicyCondition, other: PolicyCondition): boolean {
  if (one.key !== other.key) return false;
  const [wide, narrow] = [partsOf(one), partsOf(other)];
  if (wide.set !== narrow.set || (narrow.isIfExists && !wide.isIfExists)) return false;
  const isPatternOfExact = wide.base === "StringLike" && narrow.base === "StringEquals";
  if (wide.base !== narrow.base && !isPatternOfExact) return false;
  const [all, some] = wide.base.includes("Not") ? [other.values, one.values] : [one.values, other.values];
  if (wide.base.endsWith("IpAddress")) return some.every((value) => areWithin(value, all));
  const isPattern = /Like$|^Arn/.test(wide.base);
  return some.every((value) => all.some((pattern) => pattern === value || (isPattern && coversPattern(pattern, value))));
}

function areWithin(value: string, ranges: readonly string[]): boolean {
  const range = addressRange(value);
  const all = ranges.flatMap((each) => addressRange(each) ?? []);
  return range === undefined ? ranges.includes(value) : coverAddresses(all, range);
}

/** `ForAnyValue:StringLikeIfExists` → its parts; two operators for ARNs are the same. */
export function partsOf({ operator }: PolicyCondition): { set: string; base: string; isIfExists: boolean } {
  const [, set = "", base = operator, ifExists] = /^(ForA\w+:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { set, base: base.replace(/^Arn(Not)?Equals$/, "Arn$1Like"), isIfExists: ifExists !== undefined };
}
