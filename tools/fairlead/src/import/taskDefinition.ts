import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { filesOf, importTaskDefinition, type Imported, type SourceFiles } from "@fairlead/import";
import { coded, UserError } from "@fairlead/model";

import { copiedSources, problemsOf, repositoryOf } from "./sources";
import { SourceFolder } from "./sourceFolder";
import type { Written } from "./writeAll";

/** Options of `fairlead import task-definition` that decide what is written. */
export interface TaskDefinitionOptions {
  lenient?: boolean;
  copySources?: boolean;
  name?: string;
  image?: string;
  environment: string;
}

/**
 * Reads task definitions, and the workflows of the repository that they lie in.
 *
 * @param paths of files
 * @param root folder of the repository that they are imported into
 * @throws UserError with everything that stands against it
 */
export function readTaskDefinitions(
  paths: readonly string[],
  root: string,
  { lenient = false, copySources = false, name, image, environment }: TaskDefinitionOptions,
): { result: Imported; files: Map<string, Written> } {
  const places = paths.map((path) => resolve(path));
  const missing = places.findIndex((place) => !existsSync(place) || !statSync(place).isFile());
  if (missing >= 0) throw new UserError(coded("FL2906", `there is no file ${paths[missing]}.`));
  const from = repositoryOf(dirname(places[0]!));
  const elsewhere = places.findIndex((place) => relative(from, place).startsWith(".."));
  if (elsewhere >= 0)
    throw new UserError(coded("FL2906", `${paths[elsewhere]} lies in another repository than ${paths[0]}: import it by itself.`));
  const inFolder = places.map((place) => relative(from, place).replaceAll("\\", "/"));
  const files = existsSync(join(from, ".git")) ? new SourceFolder(from) : new LooseFiles(from, inFolder);
  const isWithin = !relative(root, from).startsWith("..");
  const toWorkspace = (service: string) =>
    isWithin || !copySources ? relative(join(root, "apps", service), from).replaceAll("\\", "/") : "source";
  const result = importTaskDefinition({
    files,
    paths: inFolder,
    ...(name !== undefined && { name }),
    ...(image !== undefined && { image }),
    environment,
    toWorkspace,
    lenient,
  });
  if (result.problems.length > 0) throw problemsOf(result.problems, from);
  const written = new Map<string, Written>();
  if (!isWithin && copySources && files instanceof SourceFolder)
    for (const [path, copyOf] of copiedSources(result, files, "")) written.set(path, { copyOf });
  for (const [path, text] of filesOf(result)) written.set(path, { text });
  return { result, files: written };
}

/** Files of a folder that is no repository: those that are named, and Dockerfiles beside them. What else lies there is nobody's business. */
class LooseFiles implements SourceFiles {
  constructor(
    private readonly folder: string,
    readonly paths: readonly string[],
  ) {}

  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.folder, path), "utf8");
    } catch {
      return undefined;
    }
  }
}
