import { existsSync, readFileSync } from "node:fs";
import { matchesPattern } from "@fairlead/plan";
import { parse } from "yaml";

/** What a month brings to a resource, as the team declares it. */
export interface Usage {
  stack: string;
  /** `<type> <name>`; `*` in the name stands for anything. */
  resource: string;
  perMonth: Partial<Record<UsageKey, number>>;
}

/** What can be declared. */
export const usageKeys = [
  "ingestedGiB",
  "storedGiB",
  "processedGiB",
  "millionRequests",
  "millionReads",
  "millionWrites",
  "capacityUnits",
  "taskHours",
  "readGiB",
  "writtenGiB",
] as const;
export type UsageKey = (typeof usageKeys)[number];

/** A mistake in the file of usage. */
export class UsageFileError extends Error {}

/**
 * Reads stacks/usage.yaml; nothing is declared where there is no file.
 *
 * @throws UsageFileError with all mistakes
 */
export function readUsage(file: string): Usage[] {
  if (!existsSync(file)) return [];
  const { usage = [] } = (parse(readFileSync(file, "utf8")) ?? {}) as { usage?: Partial<Usage>[] };
  const problems = usage.flatMap(({ stack, resource, perMonth }, index) => {
    const where = `${file}: entry ${index + 1}`;
    const missing = Object.entries({ stack, resource, perMonth }).flatMap(([key, value]) => (value ? [] : [`${where} has no ${key}.`]));
    const unknown = Object.entries(perMonth ?? {}).flatMap(([key, value]) => {
      if (!(usageKeys as readonly string[]).includes(key)) return [`${where}: ${key} is none of ${usageKeys.join(", ")}.`];
      return typeof value === "number" && value >= 0 ? [] : [`${where}: ${key} is ${JSON.stringify(value)}, not a number from 0.`];
    });
    return [...missing, ...unknown];
  });
  if (problems.length > 0) throw new UsageFileError(problems.join("\n"));
  return usage as Usage[];
}

/** What is declared for one resource; the last entry that fits wins. */
export function usageOf(usage: readonly Usage[], stack: string, resource: { type: string; name: string }): Usage["perMonth"] {
  const fitting = usage.filter((entry) => (entry.stack === stack || entry.stack === "*") && matchesPattern(entry.resource, resource));
  return Object.assign({}, ...fitting.map(({ perMonth }) => perMonth)) as Usage["perMonth"];
}
