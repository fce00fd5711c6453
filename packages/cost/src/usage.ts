import { join } from "node:path";
import { closest, usageFile } from "@fairlead/model";
import { readEntries } from "@fairlead/model/files";
import { matchesPattern } from "@fairlead/plan";

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
  "readGiB",
  "writtenGiB",
] as const;
export type UsageKey = (typeof usageKeys)[number];

/**
 * The usage that is declared beside the stacks' configuration; nothing where there is no file.
 *
 * @throws UserError with all that is wrong with the file
 */
export function usageIn(configFolder: string): Usage[] {
  const amounts = `amounts from 0 of ${usageKeys.join(", ")}`;
  const expected = `a list of entries with stack, resource and perMonth: ${amounts}`;
  const kind = { code: "FL2404", list: "usage", entry: "entry", texts: ["stack", "resource"], maps: ["perMonth"], expected } as const;
  const usage = readEntries(join(configFolder, usageFile), kind, ({ perMonth }, path, refuse) => {
    if (perMonth === null || typeof perMonth !== "object" || Array.isArray(perMonth)) return;
    for (const [key, amount] of Object.entries(perMonth)) {
      const place = [...path, "perMonth", key];
      if (!(usageKeys as readonly string[]).includes(key)) {
        const suggestion = closest(key, usageKeys);
        const fix = suggestion === undefined ? "Remove it." : `Did you mean ${suggestion}?`;
        refuse(place, { code: "FL2404", problem: `no price goes by ${key}`, expected: amounts, fix });
      } else if (typeof amount !== "number" || !(amount >= 0)) {
        const fix = "Correct it, or remove it: it then counts as unknown.";
        refuse(place, { code: "FL2404", problem: `${key} is ${JSON.stringify(amount)}`, expected: "a number from 0", fix });
      }
    }
  });
  return usage as unknown as Usage[];
}

const everyStack = "*";

/** What is declared for a stack, and what of it nothing asks for. */
export class DeclaredUsage {
  private readonly ofStack: readonly Usage[];
  private readonly asked = new Map<Usage, Set<UsageKey>>();
  /** Entries that name a resource as it was called before, and what it is called now. */
  readonly outdated = new Map<string, string>();

  constructor(
    usage: readonly Usage[],
    private readonly stack: string,
  ) {
    this.ofStack = usage.filter((entry) => entry.stack === stack || entry.stack === everyStack);
  }

  /**
   * What is declared for one resource; the last entry that fits wins.
   *
   * @param names those that it goes by: the first that something is declared for counts
   */
  of(type: string, names: readonly string[], key: UsageKey): number | undefined {
    for (const name of names) {
      const fitting = this.ofStack.filter((entry) => entry.perMonth[key] !== undefined && matchesPattern(entry.resource, { type, name }));
      for (const entry of fitting) this.asked.set(entry, (this.asked.get(entry) ?? new Set()).add(key));
      if (fitting.length === 0) continue;
      if (name !== names[0]) this.outdated.set(fitting.at(-1)!.resource, names[0]!);
      return fitting.at(-1)!.perMonth[key];
    }
    return undefined;
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
