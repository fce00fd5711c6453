import { posix } from "node:path";

import type { SourceFiles } from "../source/sourceFiles";
import { environmentFile } from "./environmentFile";

/** Names by which Compose finds a file by itself, the first that is there. */
const usual = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
/** Names of what is merged into it without being named. */
const overrides = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];
const anyCompose = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$|^[\w-]+\.(?:docker-)?compose\.ya?ml$/;

/** Files of a Compose project in the order in which they are merged, and those beside them that nothing reads. */
export interface ComposeFiles {
  files: string[];
  others: string[];
}

/**
 * What `docker compose` reads in a folder, or of a file that is named: with the file that it would find by itself goes the override beside it. Undefined where
 * there is none.
 *
 * @param path a folder, or a file; relative to the files, empty for their own folder
 * @see https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
 */
export function composeFiles(source: SourceFiles, path: string): ComposeFiles | undefined {
  const { paths } = source;
  const there = new Set(paths);
  const isFile = there.has(path);
  const folder = isFile ? posix.dirname(path).replace(/^\.$/, "") : path;
  const named = isFile ? [] : namedFiles(source, folder);
  if (named.length > 0) return { files: named, others: otherFiles(paths, folder, named) };
  const main = isFile ? path : usual.map((name) => posix.join(folder, name)).find((name) => there.has(name));
  if (main === undefined) return undefined;
  const isUsual = usual.includes(posix.basename(main));
  const override = isUsual ? overrides.map((name) => posix.join(folder, name)).find((name) => there.has(name)) : undefined;
  const files = override === undefined ? [main] : [main, override];
  return { files, others: otherFiles(paths, folder, files) };
}

/** Whether a file is called as Compose files are. */
export function isComposeFile(path: string): boolean {
  return anyCompose.test(posix.basename(path));
}

function otherFiles(paths: readonly string[], folder: string, files: readonly string[]): string[] {
  return paths.filter((each) => posix.dirname(each) === (folder || ".") && isComposeFile(each) && !files.includes(each));
}

/** Files that `.env` names by COMPOSE_FILE. */
function namedFiles(source: SourceFiles, folder: string): string[] {
  const values = environmentFile(source.read(posix.join(folder, ".env")) ?? "");
  const separator = values.get("COMPOSE_PATH_SEPARATOR")?.value || ":";
  return (values.get("COMPOSE_FILE")?.value ?? "")
    .split(separator)
    .filter(Boolean)
    .map((each) => posix.join(folder, each));
}
