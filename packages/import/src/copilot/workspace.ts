import type { FileProblem } from "@fairlead/model";

import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf, type MapNode } from "../source/sourceNode";
import { applicationNameOf, nameProblem } from "./copilotNames";

/** A file of Copilot's that was read. */
export interface ReadFile {
  path: string;
  root: MapNode;
}

/** Where a Copilot application lies in a folder, and which files it consists of. Paths are relative to the folder. */
export interface Workspace {
  /** Folder that has `copilot/`; empty for the folder itself. Copilot's own paths are relative to it. */
  root: string;
  application: string;
  /** Manifests of services and jobs, by the folder's name. */
  workloads: Map<string, ReadFile>;
  environments: Map<string, ReadFile>;
  pipelines: Map<string, ReadFile>;
  /** Files that are no manifest, and have to be told of: addons, overrides, buildspecs. */
  others: string[];
  problems: FileProblem[];
}

/** Folders of a folder that have a Copilot application; empty for the folder itself. */
export function applicationsIn({ paths }: SourceFiles): string[] {
  const found = paths.flatMap(
    (path) =>
      /^(?<root>(?:.+\/)?)copilot\/(?:\.workspace|[^/]+\/manifest\.yml|environments\/[^/]+\/manifest\.yml)$/.exec(path)?.groups?.root ?? [],
  );
  return [...new Set(found)].map((root) => root.replace(/\/$/, "")).sort();
}

/** Reads an application. @param name what it is called where its `.workspace` doesn't say it */
export function readWorkspace(files: SourceFiles, root: string, name: string): Workspace {
  const folder = root === "" ? "copilot" : `${root}/copilot`;
  const problems: FileProblem[] = [];
  const workloads = new Map<string, ReadFile>();
  const environments = new Map<string, ReadFile>();
  const pipelines = new Map<string, ReadFile>();
  const others: string[] = [];
  let application = applicationNameOf(name);
  const read = (path: string, isNeeded = true): MapNode | undefined => {
    const parsed = parseSource(path, files.read(path) ?? "\0", "FL2901");
    if (isNeeded) problems.push(...parsed.problems);
    if (parsed.root?.kind === "map") return parsed.root;
    if (parsed.root && isNeeded) problems.push(noMap(path));
    return undefined;
  };
  for (const path of files.paths.filter((each) => each.startsWith(`${folder}/`))) {
    const within = path.slice(folder.length + 1);
    const keep = (map: Map<string, ReadFile>, key: string) => {
      // Nothing is made of a pipeline, so that one that can't be read stands in nobody's way.
      const node = read(path, map !== pipelines);
      if (node) map.set(key, { path, root: node });
      else if (map === pipelines) others.push(path);
    };
    const [, kind, own] = /^(environments|pipelines)\/([^/]+)\/manifest\.yml$/.exec(within) ?? [];
    const workload = /^([^/]+)\/manifest\.yml$/.exec(within)?.[1];
    if (within === ".workspace") {
      const named = childOf(read(path), "application");
      if (named?.kind !== "scalar" || !named.text) continue;
      const problem = nameProblem("application", named.text, () => named.place);
      if (problem) problems.push(problem);
      application = applicationNameOf(named.text);
    } else if (kind === "environments") keep(environments, own!);
    else if (kind === "pipelines") keep(pipelines, own!);
    else if (within === "pipeline.yml") keep(pipelines, "pipeline");
    else if (workload && workload !== "environments" && workload !== "pipelines") keep(workloads, workload);
    else others.push(path);
  }
  return { root, application, workloads, environments, pipelines, others, problems };
}

function noMap(path: string): FileProblem {
  return {
    code: "FL2901",
    file: path,
    line: 1,
    column: 1,
    problem: "this is no map of keys",
    expected: "a Copilot manifest",
    fix: "Correct the file, or leave it out of the folder that is imported.",
  };
}
