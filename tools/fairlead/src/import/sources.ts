import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { dockerfileOf, type Finding, type Imported } from "@fairlead/import";

import type { SourceFolder } from "./sourceFolder";

/**
 * What is to be decided of services whose images are built from sources outside of this repository: they are not in its history, and nobody else could build
 * them. Each stands where the report says that it is built.
 */
export function outsideSources({ services, findings }: Imported): Finding[] {
  return services.flatMap(({ name, layers }) => {
    if (layers.base.build === undefined) return [];
    const own = findings.filter(({ service }) => service === name);
    const built = own.find(({ to }) => to !== undefined && /^build\b/.test(to)) ?? own[0];
    if (!built) return [];
    return [
      {
        outcome: "decide" as const,
        ...{ place: built.place, source: built.source, service: name },
        to: "build.context",
        text: "Its sources are outside of this repository, where only this machine finds them: move them here, or import with --copy-sources.",
      },
    ];
  });
}

/** What git has of the folders that images are built from, by where it is copied to. */
export function copiedSources(
  { services }: Imported,
  files: Pick<SourceFolder, "folder" | "tracked">,
  workspace: string,
): [path: string, from: string][] {
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
