import { Region } from "@pulumi/aws/types/enums";

import { Refusal } from "../refusal";
import { type Rename, renaming } from "./words";

/** Options of the generator; schema.json describes them. */
export interface EnvironmentOptions {
  name: string;
  from?: string;
  after?: string;
  region?: string;
  /** nx takes a text of digits for a number. */
  account?: string | number;
}

/** A new environment, and where it comes in the order of promotion. */
export interface Place {
  name: string;
  /** The environment that it is a copy of. */
  from: string;
  /** The environment before it. */
  after: string;
  /** The environment after it, if any. */
  before?: string;
  /** Puts its name in the place of the one that it is a copy of. */
  rename: Rename;
}

/** @throws Refusal for environments that there are not */
export function placeOf({ name, ...options }: EnvironmentOptions, environments: readonly string[], stacks: readonly string[]): Place {
  const others = environments.filter((one) => one !== name);
  if (others.length === 0) throw new Refusal("stacks/environments.json lists no environment to begin with a copy of. Nothing was written.");
  // The last one is production: a new one is more like the one before it. An answer may be empty.
  const from = options.from || (others.at(-2) ?? others[0]!);
  const after = options.after || from;
  for (const [flag, value] of Object.entries({ from, after })) {
    if (others.includes(value)) continue;
    throw new Refusal(`--${flag} ${value}: there is no such environment. Nothing was written. Environments: ${others.join(", ")}.`);
  }
  const index = environments.indexOf(name);
  if (index !== -1 && options.after && environments[index - 1] !== after)
    throw new Refusal(`${name} is there already, and not after ${after}. Nothing was written. Its place is in stacks/environments.json.`);
  return { name, from, after, before: others[others.indexOf(after) + 1], rename: renaming(from, name, [...environments, ...stacks]) };
}

/** @throws Refusal for a region that AWS does not have */
export function refuseUnknownRegion(region: string | undefined): void {
  const regions: string[] = Object.values(Region);
  if (region === undefined || regions.includes(region)) return;
  throw new Refusal(`There is no AWS region "${region}". Nothing was written. Regions: ${regions.join(", ")}.`);
}
