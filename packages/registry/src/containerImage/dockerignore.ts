import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";

/** Which files of a build context are sent to the build. */
export interface ContextFilter {
  /** Path of the file that says so; undefined if there is none. */
  file: string | undefined;
  /** Whether a file is sent; the path is relative to the context, with `/`. */
  sends(path: string): boolean;
  /** Whether nothing below a folder is sent. */
  skips(folder: string): boolean;
}

/**
 * Reads what keeps files out of a build: `<Dockerfile>.dockerignore` if it exists, else the context's `.dockerignore`.
 *
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function contextFilter(context: string, dockerfile: string): ContextFilter {
  const file = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")].find((path) => existsSync(path));
  if (!file) return { file, sends: () => true, skips: () => false };
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
  const ignore = dockerignore().add(text);
  const exceptions = text.split(/\r?\n/).flatMap((line) => /^\s*!\s*\/?(.+?)\/?\s*$/.exec(line)?.[1] ?? []);
  // An exception may bring back what is deep in an ignored folder.
  const mayComeBack = (folder: string) =>
    exceptions.some(
      (pattern) => /^[^/]*[*?[]/.test(pattern) || `${pattern}/`.startsWith(`${folder}/`) || `${folder}/`.startsWith(`${pattern}/`),
    );
  return {
    file,
    sends: (path) => !ignore.ignores(path),
    skips: (folder) => ignore.ignores(folder) && !mayComeBack(folder),
  };
}
