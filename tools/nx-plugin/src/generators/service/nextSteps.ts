import { posix } from "node:path";

import { serviceProject } from "../../inference/serviceProject";
import { appsDirectoryOf } from "../../inference/stackProject";
import { appsFolder, readWorkspace, type Workspace } from "../../inference/workspace";

/** What to do with the service that was just written: commands that are there, and no others. */
export function nextSteps(workspaceRoot: string, name: string, directory: string, template: string): string {
  const isProject = posix.dirname(directory) === appsFolder;
  const workspace = readWorkspace(workspaceRoot);
  const environment = workspace.environments.find((one) => appsDirectoryOf(one, workspace) === posix.dirname(directory));
  const { targets = {} } = serviceProject(directory, workspace);
  const steps = [
    `${directory}/service.yaml says how it runs; every key: docs/service.yaml.md`,
    ...(template === "dockerfile" ? [`${directory}/service.yaml: healthCheck.path is where your program answers 200; / is a guess`] : []),
    ...(isProject && targets.test ? [`npx nx test ${name}`] : []),
    // Without a name it plans the first.
    ...(environment !== undefined && environment === workspace.environments[0] ? ["npm start"] : []),
    ...(runsLocally(workspace, directory) ? ["npx fairlead local watch"] : []),
    ...(environment === undefined ? [] : [`npx fairlead diff ${environment} --comment -`]),
  ];
  return `\nNext:\n${steps.map((step) => `  ${step}`).join("\n")}`;
}

/** Whether the stack that `fairlead local` takes by itself reads services from there. */
function runsLocally(workspace: Workspace, directory: string): boolean {
  const stack = workspace.stacks.includes("local") ? "local" : workspace.environments[0];
  return stack !== undefined && appsDirectoryOf(stack, workspace) === posix.dirname(directory);
}

/** That a service lies where no environment reads services from; undefined where one does. */
export function inNoEnvironment(workspaceRoot: string, directory: string): string | undefined {
  const workspace = readWorkspace(workspaceRoot);
  const parent = posix.dirname(directory);
  const folders = new Set(workspace.environments.map((environment) => appsDirectoryOf(environment, workspace)));
  if (folders.size === 0) folders.add(appsFolder);
  if (folders.has(parent)) return undefined;
  return (
    `No environment deploys ${directory}: they read services from ${[...folders].map((folder) => `${folder}/`).join(", ")}. ` +
    `Move it there, or let a stack read ${parent}/ instead: pulumi config set appsDirectory ${parent} -s <stack>`
  );
}
