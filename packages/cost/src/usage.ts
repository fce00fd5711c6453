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

const everyStack = "*";

/** What is declared for a stack, and what of it nothing asks for. */
export class DeclaredUsage {
  private readonly ofStack: readonly Usage[];
  private readonly asked = new Map<Usage, Set<UsageKey>>();

  constructor(
    usage: readonly Usage[],
    private readonly stack: string,
  ) {
    this.ofStack = usage.filter((entry) => entry.stack === stack || entry.stack === everyStack);
  }

  /** What is declared for one resource; the last entry that fits wins. */
  of(resource: { type: string; name: string }, key: UsageKey): number | undefined {
    const fitting = this.ofStack.filter((entry) => entry.perMonth[key] !== undefined && matchesPattern(entry.resource, resource));
    for (const entry of fitting) this.asked.set(entry, (this.asked.get(entry) ?? new Set()).add(key));
    return fitting.at(-1)?.perMonth[key];
  }

  /**
   * What no estimate asked for.
   *
   * @param isOnlyStack whether the project has no other: what is declared for every stack may well be needed in another
   */
  unused(isOnlyStack: boolean): Usage[] {
    return this.ofStack
      .filter(({ stack }) => stack === this.stack || isOnlyStack)
      .flatMap((entry) => {
        const perMonth = Object.entries(entry.perMonth).filter(([key]) => !this.asked.get(entry)?.has(key as UsageKey));
        return perMonth.length > 0 ? [{ ...entry, perMonth: Object.fromEntries(perMonth) }] : [];
      });
  }
}
