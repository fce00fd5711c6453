import type { ContainerRun } from "@fairlead/cli/containerRun";
import { runOfDefinition, type TaskOfContainer } from "@fairlead/cli/runOfDefinition";
import type { ContainerDefinition } from "@fairlead/local";

/** As much of a task definition. */
export interface TaskDefinition extends TaskOfContainer {
  taskDefinitionArn: string;
  family: string;
  containerDefinitions: ContainerDefinition[];
}

/** A container as it is to be started, with the variables that it gets. */
export function containerRunOf(own: ContainerDefinition, task: TaskDefinition, secrets: Record<string, string>): ContainerRun {
  const environment = Object.fromEntries((own.environment ?? []).map(({ name, value }) => [name, value]));
  return {
    ...runOfDefinition(own, task, { ...environment, ...secrets }),
    isJob: false,
    withheld: { task: false, secrets: [], outputs: [], fileSystems: [], sidecars: [], settings: [] },
  };
}
