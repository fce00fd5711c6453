import { environmentsFile, isMap } from "@fairlead/model";
import { readEnvironments } from "@fairlead/model/files";

import { lockedProviders } from "./lockedProviders";
import type { ProjectFile } from "./settings";

/** Keys of Pulumi.yaml that are read by name, or that say nothing to the engine. */
const toldOrSilent = ["name", "main", "stackConfigDir", "config", "description", "author", "website", "license", "template"];

/** What a project's files say beside the configuration and what a plan is made of, by file and key. */
export function besidesOf(
  project: ProjectFile,
  stackFileName: string,
  stackFile: unknown,
  { root, configFolder }: { root: string; configFolder: string },
): Record<string, unknown> {
  const { url: _, ...backend } = project.backend ?? {};
  const others = { ...project, backend: Object.keys(backend).length > 0 ? backend : undefined };
  const environments = readEnvironments(configFolder);
  return Object.fromEntries([
    ...named("Pulumi.yaml", others, toldOrSilent),
    ...named(stackFileName, isMap(stackFile) ? stackFile : {}, ["config"]),
    ...(environments.length > 0 ? [[environmentsFile, environments] as const] : []),
    ...lockedProviders(root),
  ]);
}

function named(file: string, values: Record<string, unknown>, left: readonly string[]): [string, unknown][] {
  return Object.entries(values).flatMap(([key, value]) => (left.includes(key) || value === undefined ? [] : [[`${file} ${key}`, value]]));
}
