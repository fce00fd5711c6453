import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { filesOf, importTaskDefinition, type Imported, type SourceFiles } from "@fairlead/import";

import { nothingToImport, problemsOf } from "./problems";
import { copiedSources, outsideSources, repositoryOf } from "./sources";
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
  if (missing >= 0)
    throw nothingToImport(
      `there is no file ${paths[missing]}.`,
      "a task definition, as a file",
      "name it as it is seen from this folder; aws ecs describe-task-definition --task-definition <family> prints one.",
    );
  const from = repositoryOf(dirname(places[0]!));
  const elsewhere = places.findIndex((place) => relative(from, place).startsWith(".."));
  if (elsewhere >= 0)
    throw nothingToImport(
      `${paths[elsewhere]} lies in another repository than ${paths[0]}.`,
      "files of one repository, or of one folder",
      "import it by itself.",
    );
  const inFolder = places.map((place) => relative(from, place).replaceAll("\\", "/"));
  const files = existsSync(join(from, ".git")) ? new SourceFolder(from, inFolder) : new LooseFiles(from, inFolder);
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
  // A task definition may have secrets in it, and no image is built of it.
  if (!isWithin && copySources)
    for (const [path, copyOf] of copiedSources(result, files, "")) if (!places.includes(copyOf)) written.set(path, { copyOf });
  const told = isWithin || copySources ? result : { ...result, findings: [...outsideSources(result), ...result.findings] };
  for (const [path, text] of filesOf(told)) written.set(path, { text });
  return { result: told, files: written };
}

/** Files of a folder that is no repository: those that are named, and Dockerfiles beside them. What else lies there is read where it is to be copied. */
class LooseFiles implements SourceFiles {
  constructor(
    readonly folder: string,
    readonly paths: readonly string[],
  ) {}

  /** All files below a folder. */
  tracked(path: string): string[] {
    return new SourceFolder(this.folder).tracked(path);
  }

  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.folder, path), "utf8");
    } catch {
      return undefined;
    }
  }
}
