import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { contextFilter } from "./dockerignore";

/** What an image is built from: the context that is sent, and the Dockerfile, as absolute paths. */
export interface BuildSources {
  context: string;
  dockerfile: string;
}

/** A file that is sent to the build. */
export interface ContextFile {
  /** Relative to the context, with `/`. */
  path: string;
  size: number;
  executable: boolean;
  /** Target, of a symbolic link. */
  link?: string;
}

/** The files that a build gets, sorted. Folders without files are left out, as git does. */
export function contextFiles({ context, dockerfile }: BuildSources): ContextFile[] {
  const filter = contextFilter(context, dockerfile);
  const files: ContextFile[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(context, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        if (!filter.skips(path)) walk(path);
      } else if ((entry.isFile() || entry.isSymbolicLink()) && filter.sends(path)) {
        const { size, mode } = lstatSync(join(context, path));
        const link = entry.isSymbolicLink() ? readlinkSync(join(context, path)) : undefined;
        files.push({ path, size, executable: (mode & 0o100) !== 0, link });
      }
    }
  };
  walk("");
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Names a build's sources by their content. */
export function contentHash(sources: BuildSources): string {
  const hash = createHash("sha256").update(readFileSync(sources.dockerfile));
  for (const { path, executable, link } of contextFiles(sources)) {
    hash.update(`\0${path}\0${executable ? "x" : ""}\0`);
    hash.update(link ?? readFileSync(join(sources.context, path)));
  }
  return hash.digest("hex");
}
