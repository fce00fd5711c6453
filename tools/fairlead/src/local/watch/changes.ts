import { posix, relative, sep } from "node:path";

import type { OpenLocal } from "../openLocal";
import { startedTasks } from "../choice";
import { anyFile } from "./fileChanges";

/** What files that changed are to an environment. Paths begin at the repository. */
export interface Changes {
  /** Of the stack's program, which a process loads once. */
  program: string[];
  /** Of what a plan reads anew: manifests, configuration, secrets, Dockerfiles and what they leave out. */
  settings: string[];
  /** Of what an image is built from, by service or job. */
  sources: Map<string, string[]>;
}

/**
 * A folder counts as what is in it: where it is removed or moved, its own path is all that is told.
 *
 * @param names services and jobs that were asked for; all where none is
 */
export function changesIn(paths: readonly string[], local: OpenLocal, names: readonly string[]): Changes {
  const isProgram = programOf(local);
  const isSetting = settingsOf(local);
  const watched = watchedBy(local, names);
  const changes: Changes = { program: [], settings: [], sources: new Map() };
  for (const path of [...paths].sort()) {
    if (isProgram(path)) changes.program.push(path);
    else if (isSetting(path)) changes.settings.push(path);
    else for (const { task, covers } of watched) if (covers(path)) changes.sources.set(task, [...(changes.sources.get(task) ?? []), path]);
  }
  return changes;
}

function programOf({ project: { root, main, configFolder } }: OpenLocal): (path: string) => boolean {
  const folders = [posix.dirname(below(root, main)), below(root, configFolder)].filter((folder) => folder !== "" && folder !== ".");
  // Not what editors keep beside it.
  return (path) =>
    path === anyFile ||
    isBelow(below(root, main), path) ||
    (/(^|\/)[^./][^/]*\.([cm]?[jt]s|json)$/.test(path) && (path === below(root, main) || folders.some((folder) => isBelow(path, folder))));
}

function settingsOf({ project: { root, configFolder }, environment: { tasks } }: OpenLocal): (path: string) => boolean {
  const folder = below(root, configFolder);
  const files = tasks.flatMap(({ build, file }) => [
    ...(file === undefined ? [] : [file]),
    ...(build ? [build.dockerfile, `${build.dockerfile}.dockerignore`, posix.join(build.context, ".dockerignore")] : []),
  ]);
  const paths = [...files.map((file) => posix.normalize(file)), ...(folder === "" ? [] : [`${folder}/Pulumi.yaml`])];
  return (path) =>
    paths.some((each) => each === path || isBelow(each, path)) ||
    /(^|\/)(service\.ya?ml|Pulumi(\.[^/]+)?\.ya?ml)$/i.test(path) ||
    (posix.dirname(path) === (folder || ".") && /\/?[^./][^/]*(\.ya?ml|\.env)$/.test(path));
}

/** By what the Compose file watches. */
function watchedBy(local: OpenLocal, names: readonly string[]): { task: string; covers: (path: string) => boolean }[] {
  return startedTasks(local, names).map(({ name }) => {
    const paths = (local.environment.compose.services[name]?.develop?.watch ?? []).map((each) => posix.normalize(each.path));
    return {
      task: name,
      covers: (path) =>
        !/(^|\/)node_modules\//.test(path) &&
        paths.some((each) => each === "." || each === path || isBelow(path, each) || isBelow(each, path)),
    };
  });
}

const isBelow = (path: string, folder: string) => path.startsWith(`${folder}/`);

const below = (root: string, path: string) => relative(root, path).split(sep).join("/");
