import { isMap } from "@fairlead/model";

import { shortText } from "../serviceChanges/shortText";
import type { Condition } from "./model";

/** The longest value that AWS takes. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html */
const longestValue = 128;

type Raw = Record<string, unknown>;

/** The conditions of a rule; undefined where they are known only after apply as a whole. */
export function conditionsOf(conditions: unknown): Condition[] | undefined {
  if (conditions === undefined) return [];
  if (!Array.isArray(conditions) || !conditions.every(isMap)) return undefined;
  const read: Condition[] = [];
  for (const raw of conditions as Raw[]) {
    const keys = Object.keys(raw).filter((each) => raw[each] !== undefined);
    const condition = keys.length === 1 ? conditionOf(keys[0]!, raw[keys[0]!]) : undefined;
    if (!condition) return undefined;
    read.push(condition);
  }
  return read;
}

function conditionOf(key: string, raw: unknown): Condition | undefined {
  if (key === "queryStrings") return Array.isArray(raw) && raw.every(isMap) ? queryCondition(raw) : undefined;
  if (!isMap(raw)) return undefined;
  const { values, regexValues } = raw;
  const texts = textsIn(values);
  const both = { values: texts.values, unreadable: [...texts.unreadable, ...regularExpressions(regexValues)] };
  switch (key) {
    case "hostHeader":
      return { field: "host-header", ...both };
    case "pathPattern":
      return { field: "path-pattern", ...both };
    case "httpRequestMethod":
      return { field: "http-request-method", ...both };
    case "sourceIp":
      return { field: "source-ip", ...both };
    case "httpHeader":
      return typeof raw.httpHeaderName === "string" ? { field: "http-header", name: raw.httpHeaderName, ...both } : undefined;
    default:
      return undefined;
  }
}

function queryCondition(pairs: Raw[]): Condition {
  const values: { key?: string; value: string }[] = [];
  const unreadable: string[] = [];
  for (const { key, value } of pairs) {
    if (isText(value) && (key === undefined || isText(key))) values.push({ ...(key !== undefined && { key }), value });
    else unreadable.push(shortText({ key, value }));
  }
  return { field: "query-string", values, unreadable };
}

/** Those that can be compared, and what stands for those that can't. AWS takes none that are longer: such a rule is not there. */
function textsIn(list: unknown): { values: string[]; unreadable: string[] } {
  if (list === undefined) return { values: [], unreadable: [] };
  if (!Array.isArray(list)) return { values: [], unreadable: [shortText(list)] };
  return { values: list.filter(isText), unreadable: list.filter((value) => !isText(value)).map((value) => JSON.stringify(value)) };
}

function regularExpressions(list: unknown): string[] {
  return list === undefined ? [] : Array.isArray(list) ? list.map((value) => `regex ${JSON.stringify(value)}`) : ["regex"];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${urn:") && value.length <= longestValue;
}
