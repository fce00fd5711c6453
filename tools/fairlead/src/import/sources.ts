import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { dockerfileOf, type Imported } from "@fairlead/import";
import { UserError, type FileProblem } from "@fairlead/model";

import type { SourceFolder } from "./sourceFolder";

/** Problems of what is imported, with the paths of this machine. */
export function problemsOf(problems: readonly FileProblem[], folder: string): UserError {
  const placed = problems.map((problem) => ({ ...problem, file: join(folder, problem.file) }));
  return new UserError(`${placed.length} problem${placed.length === 1 ? "" : "s"} in what is to be imported`, placed);
}

/** What git has of the folders that images are built from, by where it is copied to. */
export function copiedSources({ services }: Imported, files: SourceFolder, workspace: string): [path: string, from: string][] {
  return services.flatMap(({ name, layers }) => {
    if (layers.base.image !== undefined) return [];
    const { context = "." } = (layers.base.build ?? {}) as { context?: string };
    const folder = relative("source", context).replaceAll("\\", "/") || ".";
    const dockerfile = dockerfileOf(layers.base, "source");
    const wanted = new Set([...files.tracked(join(workspace, folder)), ...(dockerfile ? [join(workspace, dockerfile)] : [])]);
    return [...wanted]
      .filter((path) => !path.startsWith(join(workspace, "copilot/")) && existsSync(join(files.folder, path)))
      .map((path): [string, string] => [join("apps", name, "source", relative(workspace, path)), join(files.folder, path)]);
  });
}

/** The nearest folder above that git knows as a repository's own; the folder itself where there is none. */
export function repositoryOf(folder: string): string {
  for (let place = folder; place !== dirname(place); place = dirname(place)) if (existsSync(join(place, ".git"))) return place;
  return folder;
}
