import type { Tree } from "@nx/devkit";

import { refuseTakenName as refuseServicesName } from "./environment/takenName";
import { notAllowed } from "./allowed";
import type { Generator } from "./generators";
import { refuseTakenName } from "./service/names";

type Given = Readonly<Record<string, string>>;

/** What of the options that were given a generator would refuse, all of it, before it is asked for the others. */
export function refusalsOf({ kind, schema }: Generator, given: Given, root: string): string[] {
  const refused = Object.entries(given).flatMap(([name, value]) => notAllowed(name, schema.properties[name], value) ?? []);
  const { name } = schema.properties;
  const isNamed = given.name !== undefined && notAllowed("name", name, given.name) === undefined;
  return [...refused, ...(isNamed ? takenName(kind, given, root) : [])];
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
