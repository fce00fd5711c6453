import type { Tree } from "@nx/devkit";

import { refuseTakenName as refuseServicesName } from "./environment/takenName";
import type { Generator, Property } from "./generators";
import { refuseTakenName } from "./service/names";

type Given = Readonly<Record<string, string>>;

/** What of the options that were given a generator would refuse, all of it, before it is asked for the others. */
export function refusalsOf({ kind, schema }: Generator, given: Given, root: string): string[] {
  const notAllowed = Object.entries(given).flatMap(([name, value]) => {
    const property = schema.properties[name];
    if (!property || isAllowed(property, value)) return [];
    return [`${property.$default ? `<${name}>` : `--${name}`} "${value}" is not allowed. ${property.description}`];
  });
  const name = schema.properties.name;
  const isNamed = given.name !== undefined && (!name || isAllowed(name, given.name));
  return [...notAllowed, ...(isNamed ? takenName(kind, given, root) : [])];
}

function isAllowed({ type, pattern, minimum = -Infinity, maximum = Infinity }: Property, value: string): boolean {
  if (type === "number") return /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
  return pattern === undefined || new RegExp(pattern).test(value);
}

function takenName(kind: string, { name, owner, directory }: Given, root: string): string[] {
  try {
    // With all its options a service that is there already may be the one that would be written; without, it is another one's name.
    const own = directory ?? (owner === undefined ? "" : `apps/${name}`);
    if (kind === "service") refuseTakenName({ root } as Tree, name!, own);
    if (kind === "environment") refuseServicesName(root, name!);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
