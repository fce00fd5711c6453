import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

import type { Diagnostic } from "./diagnostic";

/** What a manifest is called. */
const manifestName = "service.yaml";

/** The manifests in the folders of a folder, those of another name too, which would otherwise be no service without a word. */
export function manifestFiles(directory: string): string[] {
  return foldersIn(directory).flatMap((folder) => {
    const names = readdirSync(folder);
    // By the listing: where letters' case doesn't count, Service.yaml can be opened as service.yaml, and in CI it can't.
    const found = names.includes(manifestName) ? manifestName : names.find((name) => /^service\.ya?ml$/i.test(name));
    return found === undefined ? [] : [join(folder, found)];
  });
}

/** Folders with a Dockerfile and no manifest: of a service whose manifest was lost, or of an image that is no service's. */
export function foldersWithoutManifest(directory: string): string[] {
  const known = new Set(manifestFiles(directory).map((file) => join(file, "..")));
  return foldersIn(directory).filter((folder) => !known.has(folder) && existsSync(join(folder, "Dockerfile")));
}

/** The problem of a manifest of another name. */
export function misnamed(file: string): Diagnostic[] {
  const name = basename(file);
  if (name === manifestName) return [];
  return [
    {
      code: "FL1037",
      file,
      line: 1,
      column: 1,
      problem: `a manifest is called ${manifestName}, and this is ${name}`,
      expected: manifestName,
      consequence: "The service would not be there, and one that runs would be deleted.",
      fix: `Rename it to ${manifestName}.`,
    },
  ];
}

function foldersIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(directory, entry.name))
    .sort();
}
