import { dirname, join } from "node:path";
import { configurationFile, stackOfFile } from "@fairlead/model";
import { createNodesFromFiles, type CreateNodes, type CreateNodesContext, type ProjectConfiguration } from "@nx/devkit";
import { calculateHashesForCreateNodes, hashObject, PluginCache, workspaceDataDirectory } from "@nx/devkit/internal";

import { serviceProject } from "./serviceProject";
import { stackProject } from "./stackProject";
import { appsFolder, readWorkspace, stacksFolder, type Workspace } from "./workspace";

/** Version of what is inferred: another one lets nothing be taken from a cache of before. */
const version = 5;

/** Services have a manifest, stacks a configuration file. */
const glob = `{${appsFolder}/*/service.yaml,${stacksFolder}/${configurationFile("*")}}`;

/** Projects and targets of services and stacks, for nx.json. */
export const createNodes: CreateNodes = [
  glob,
  async (files, _options, context) => {
    const workspace = readWorkspace(context.workspaceRoot);
    const services = await serviceProjects(
      files.filter((file) => stackOfFile(file) === undefined),
      workspace,
      context,
    );
    const names = [...services.values()].map(({ name }) => name!);
    return createNodesFromFiles(
      (file) => {
        const project = services.get(file) ?? stackProject(stackOfFile(file)!, workspace, names);
        return { projects: { [project.root]: project } };
      },
      files,
      {},
      context,
    );
  },
];

export const createNodesV2 = createNodes;

/** By manifest. A service's project follows from its own folder, and from which environments and packages there are. */
async function serviceProjects(
  files: string[],
  workspace: Workspace,
  context: CreateNodesContext,
): Promise<Map<string, ProjectConfiguration>> {
  const cache = new PluginCache<ProjectConfiguration>(join(workspaceDataDirectory, `fairlead-${hashObject({ version })}.hash`));
  const folders = files.map(dirname);
  const noOthers = files.map(() => []);
  const hashes = await calculateHashesForCreateNodes(folders, { version, workspace }, context, noOthers);
  try {
    return new Map(
      files.map((file, index) => {
        const key = `${hashes[index]}_${file}`;
        const project = cache.get(key) ?? serviceProject(dirname(file), workspace);
        cache.set(key, project);
        return [file, project];
      }),
    );
  } finally {
    cache.writeToDisk();
  }
}
