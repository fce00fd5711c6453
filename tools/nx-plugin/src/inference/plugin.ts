import { dirname, join } from "node:path";
import { createNodesFromFiles, type CreateNodes, type CreateNodesContext, type ProjectConfiguration } from "@nx/devkit";
import { calculateHashesForCreateNodes, hashObject, PluginCache, workspaceDataDirectory } from "@nx/devkit/internal";

import { serviceProject } from "./serviceProject";
import { stackOf, stackProject } from "./stackProject";

/** Version of what is inferred: another one lets nothing be taken from a cache of before. */
const version = 2;

/** Services have a manifest, stacks a configuration file. */
const glob = "{apps/*/service.yaml,stacks/Pulumi.*.yaml}";

/** Projects and targets of services and stacks, for nx.json. */
export const createNodes: CreateNodes = [
  glob,
  async (files, _options, context) => {
    const cache = new PluginCache<ProjectConfiguration>(join(workspaceDataDirectory, `fairlead-${hashObject({ version })}.hash`));
    try {
      const hashes = await hashesOf(files, context);
      return await createNodesFromFiles(
        (file) => {
          const key = hashes.get(file)!;
          const known = cache.get(key);
          const project = known ?? infer(file, context);
          if (!known) cache.set(key, project);
          return { projects: { [project.root]: project } };
        },
        files,
        {},
        context,
      );
    } finally {
      cache.writeToDisk();
    }
  },
];

export const createNodesV2 = createNodes;

/** What is inferred follows from the project's own folder, from what is in stacks/, and from which services and stacks there are. */
async function hashesOf(files: readonly string[], context: CreateNodesContext): Promise<Map<string, string>> {
  const folders = files.map(dirname);
  const own = await calculateHashesForCreateNodes(
    folders,
    { version },
    context,
    files.map(() => []),
  );
  const ofStacks = own[files.findIndex((file) => stackOf(file) !== undefined)];
  const shared = hashObject({ files: [...files].sort(), ofStacks });
  return new Map(files.map((file, index) => [file, `${own[index]}_${file}_${shared}`]));
}

function infer(file: string, { workspaceRoot }: CreateNodesContext): ProjectConfiguration {
  const stack = stackOf(file);
  return stack === undefined ? serviceProject(dirname(file), workspaceRoot) : stackProject(stack, dirname(file), workspaceRoot);
}
