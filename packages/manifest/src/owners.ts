import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isMap, UserError } from "@fairlead/model";

import { manifestFiles } from "./manifestFiles";
import { ManifestSource } from "./manifestSource";

/** Who answers for a service's folder. */
export interface OwnedFolder {
  /** Absolute path. */
  folder: string;
  /** As the manifest says it; undefined where it says nothing. */
  owner?: string;
}

/**
 * Who answers for each service's folder, whatever else its manifest says.
 *
 * @throws UserError where a manifest can't be read: its owner would be lost
 */
export function ownedFolders(directory: string): OwnedFolder[] {
  const sources = manifestFiles(resolve(directory)).map((file) => new ManifestSource(file, readFileSync(file, "utf8")));
  const problems = sources.flatMap((source) => source.problems);
  if (problems.length > 0) throw new UserError("Manifests whose owners can't be read", problems);
  return sources.map(({ file, value }) => {
    const owner = isMap(value) && typeof value.owner === "string" ? value.owner : undefined;
    return { folder: dirname(file), owner };
  });
}
