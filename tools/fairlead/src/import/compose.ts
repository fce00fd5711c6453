import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { composeFiles, filesOf, importCompose, isComposeFile, type Imported } from "@fairlead/import";

import { nothingToImport, problemsOf } from "./problems";
import { copiedSources, outsideSources, repositoryOf } from "./sources";
import { SourceFolder } from "./sourceFolder";
import type { Written } from "./writeAll";

/** Options of `fairlead import compose` that decide what is written. */
export interface ComposeOptions {
  lenient?: boolean;
  copySources?: boolean;
  profile?: string[];
}

/**
 * Reads a Compose project: a folder with a file that Compose finds by itself, or files that are merged in their order.
 *
 * @param root folder of the repository that it is imported into
 * @throws UserError with everything that stands against it
 */
export function readCompose(
  paths: readonly string[],
  root: string,
  { lenient = false, copySources = false, profile = [] }: ComposeOptions,
): { result: Imported; files: Map<string, Written> } {
  const places = paths.map((path) => resolve(path));
  const missing = places.findIndex((place) => !existsSync(place));
  if (missing >= 0)
    throw nothingToImport(
      `there is no file or folder ${paths[missing]}.`,
      "the folder of a Compose file, or Compose files",
      "name it as it is seen from this folder.",
    );
  const [first, ...more] = places as [string, ...string[]];
  const isFolder = statSync(first).isDirectory();
  // Sources may lie above the file: the repository's folder, where it has one, holds all of them.
  const folder = isFolder ? first : dirname(first);
  const from = repositoryOf(folder);
  const inFolder = (place: string) => relative(from, place).replaceAll("\\", "/");
  const files = new SourceFolder(from, places.map(inFolder));
  const found = composeFiles(files, inFolder(first));
  if (!found)
    throw nothingToImport(
      `${paths[0]} has no Compose file.`,
      "compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml",
      "name the folder that has one, or the file itself.",
    );
  const project = more.length === 0 ? found : { files: [inFolder(first), ...more.map(inFolder)], others: [] };
  const isWithin = !relative(root, folder).startsWith("..");
  const toWorkspace = (service: string) =>
    isWithin || !copySources ? relative(join(root, "apps", service), from).replaceAll("\\", "/") : "source";
  const result = importCompose({ files, project, name: basename(folder), toWorkspace, lenient, profiles: profile });
  if (result.problems.length > 0) throw problemsOf(result.problems, from);
  const written = new Map<string, Written>();
  // No image is built of a Compose file, which may have secrets in it.
  const isProject = (copyOf: string) => project.files.includes(inFolder(copyOf)) || isComposeFile(copyOf);
  if (!isWithin && copySources)
    for (const [path, copyOf] of copiedSources(result, files, "")) if (!isProject(copyOf)) written.set(path, { copyOf });
  const told = isWithin || copySources ? result : { ...result, findings: [...outsideSources(result), ...result.findings] };
  for (const [path, text] of filesOf(told)) written.set(path, { text });
  return { result: told, files: written };
}
