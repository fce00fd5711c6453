import { meets } from "./matching";
import type { Condition, Listener, Request } from "./model";
import { anyAddress, sourceAddresses } from "./sourceAddresses";
import { textClasses, type TextClass } from "./textClasses";

/** What a request has beside its host and path, and what is assumed of values that nobody can compare. */
export interface Others {
  request: Pick<Request, "method" | "headers" | "query" | "sourceIp">;
  assumed: Readonly<Record<string, boolean>>;
}

/** Requests that stand for all, as far as some listeners tell them apart: each host with each path with each of the others. */
export interface RequestClasses {
  hosts: TextClass[];
  hostPatterns: string[];
  paths: TextClass[];
  pathPatterns: string[];
  /** The first is what a browser sends. */
  others: Others[];
  /** Values that nobody can compare, by the side that has them. */
  unreadable: { before: ReadonlySet<string>; after: ReadonlySet<string> };
}

const mostOthers = 512;
const mostRequests = 500_000;

/** Undefined where there are too many to look at each. */
export function requestClasses(before: readonly Listener[], after: readonly Listener[]): RequestClasses | undefined {
  const conditionsIn = (listeners: readonly Listener[]) => listeners.flatMap(({ rules }) => rules.flatMap(({ conditions }) => conditions));
  const conditions = [...conditionsIn(before), ...conditionsIn(after)];
  const valuesOf = (field: "host-header" | "path-pattern") => [
    ...new Set(conditions.flatMap((each) => (each.field === field ? (each.values as string[]) : []))),
  ];
  const hostPatterns = valuesOf("host-header");
  const pathPatterns = valuesOf("path-pattern");
  const hosts = textClasses(
    hostPatterns.map((each) => each.toLowerCase()),
    { allows: isOfHost },
  );
  const paths = textClasses(pathPatterns, { first: "/" });
  const unreadableIn = (listeners: readonly Listener[]) => new Set(conditionsIn(listeners).flatMap(({ unreadable }) => unreadable));
  const unreadable = { before: unreadableIn(before), after: unreadableIn(after) };
  const others = othersOf(conditions, [...new Set([...unreadable.before, ...unreadable.after])]);
  if (!hosts || !paths || !others || hosts.length * paths.length * others.length > mostRequests) return undefined;
  return { hosts, hostPatterns, paths, pathPatterns, others, unreadable };
}

/** No label is empty. */
const isOfHost = (character: string, before: string) =>
  /[a-z0-9.-]/.test(character) && !(character === "." && (before === "." || before === ""));

function othersOf(conditions: readonly Condition[], unreadable: readonly string[]): Others[] | undefined {
  const methods = conditions.flatMap((each) => (each.field === "http-request-method" ? each.values : []));
  const ranges = conditions.flatMap((each) => (each.field === "source-ip" ? each.values : []));
  const parts: Partial<Others>[][] = [
    [...new Set(["GET", ...methods])].map((method) => ({ request: { method } })),
    (ranges.length > 0 ? sourceAddresses(ranges) : [anyAddress]).map((sourceIp) => ({ request: { sourceIp } })),
    queries(conditions).map((query) => ({ request: { query } })),
    ...unreadable.map((text) => [false, true].map((holds) => ({ assumed: { [text]: holds } }))),
  ];
  const headers = headerClasses(conditions);
  if (!headers) return undefined;
  parts.push(...headers);
  for (const [index, part] of parts.entries()) parts[index] = distinct(part, conditions);
  if (parts.reduce((count, part) => count * part.length, 1) > mostOthers) return undefined;
  return parts.reduce<Others[]>(
    (all, part) =>
      all.flatMap((one) =>
        part.map(({ request = {}, assumed }) => ({
          request: { ...one.request, ...request, headers: { ...one.request.headers, ...request.headers } },
          assumed: { ...one.assumed, ...assumed },
        })),
      ),
    [{ request: {}, assumed: {} }],
  );
}

/** One for each set of conditions that some of them meet, the first of them. */
function distinct(part: readonly Partial<Others>[], conditions: readonly Condition[]): Partial<Others>[] {
  const found = new Map<string, Partial<Others>>();
  for (const each of part) {
    const request = { port: undefined, host: "", path: "", ...each.request };
    const met = conditions.map((condition) => meets(condition, request, (text) => each.assumed?.[text]) === true);
    const key = JSON.stringify([met, each.assumed]);
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()];
}

function headerClasses(conditions: readonly Condition[]): Partial<Others>[][] | undefined {
  const values = new Map<string, string[]>();
  for (const condition of conditions) {
    if (condition.field !== "http-header") continue;
    const name = condition.name.toLowerCase();
    values.set(name, [...(values.get(name) ?? []), ...condition.values.map((value) => value.toLowerCase())]);
  }
  const parts: Partial<Others>[][] = [];
  for (const [name, patterns] of values) {
    const classes = textClasses([...new Set(patterns)]);
    if (!classes) return undefined;
    parts.push([{}, ...classes.map(({ example }) => ({ request: { headers: { [name]: example } } }))]);
  }
  return parts;
}

/** None, and each set of patterns that the pairs of a query fit together. */
function queries(conditions: readonly Condition[]): NonNullable<Request["query"]>[] {
  const pairs = conditions.flatMap((each) => (each.field === "query-string" ? each.values : []));
  if (pairs.length === 0) return [[]];
  const keys = textClasses([...new Set(pairs.map(({ key = "*" }) => key.toLowerCase()))]) ?? [];
  const values = textClasses([...new Set(pairs.map(({ value }) => value.toLowerCase()))]) ?? [];
  const single = keys.flatMap((key) => values.map((value) => ({ key: key.example, value: value.example })));
  const double = single.flatMap((one, index) => single.slice(index + 1).map((other) => [one, other]));
  return [[], ...single.map((pair) => [pair]), ...double];
}
