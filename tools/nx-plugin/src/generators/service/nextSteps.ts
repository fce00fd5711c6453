import { dirname } from "node:path";

import { serviceProject } from "../../inference/serviceProject";
import { appsFolder, readWorkspace } from "../../inference/workspace";

/** What to do with the service that was just written: commands that are there, and no others. */
export function nextSteps(workspaceRoot: string, name: string, directory: string, template: string): string {
  const isProject = dirname(directory) === appsFolder;
  const workspace = readWorkspace(workspaceRoot);
  const { targets = {} } = serviceProject(directory, workspace);
  const steps = [
    `${directory}/service.yaml says how it runs; every key: docs/service.yaml.md`,
    ...(template === "dockerfile" ? [`${directory}/service.yaml: healthCheck.path is where your program answers 200; / is a guess`] : []),
    ...(isProject && targets.test ? [`npx nx test ${name}`] : []),
    ...(isProject ? ["npm start", `npx fairlead diff ${workspace.environments[0] ?? ""} --comment -`] : [inNoEnvironment(directory)]),
  ];
  return `\nNext:\n${steps.map((step) => `  ${step}`).join("\n")}`;
}

function inNoEnvironment(directory: string): string {
  return `Environments read services from apps/: ${directory} is in none until fairlead:appsDirectory names its parent`;
}
