import { runTaskArguments, serviceType } from "@fairlead/model";

import { ownerOf, referredTo, type Deployed, type DeployedResource } from "../deployed/deployed";
import { OpenValues, type OpenValue } from "../deployed/openValues";
import type { Exported } from "../exported";
import { createService } from "./createService";
import { taskDefinitionReadme, type ExportedTask } from "./readme";
import { registerTaskDefinition } from "./registerTaskDefinition";
import { createSchedule, createStateMachine, runTask } from "./runJob";

const types = {
  taskDefinition: "aws:ecs/taskDefinition:TaskDefinition",
  service: "aws:ecs/service:Service",
  schedule: "aws:scheduler/schedule:Schedule",
  stateMachine: "aws:sfn/stateMachine:StateMachine",
  run: "pulumi-nodejs:dynamic:Resource",
};

/** Task definitions, and what starts them, as files for AWS's CLI. */
export interface TaskDefinitionExport extends Exported {
  tasks: ExportedTask[];
  /** What has to be filled in before AWS takes the files. */
  open: OpenValue[];
}

/**
 * A folder for each service and job: its `task-definition.json`, and `service.json`, `run-task.json` or `schedule.json` beside it, with `state-machine.json` where one runs its tasks.
 *
 * @throws UserError with FL3003 where a task definition can't be in a file
 */
export function exportTaskDefinitions(deployed: Deployed): TaskDefinitionExport {
  const values = new OpenValues(deployed);
  const tasks = deployed.resources
    .filter(({ type }) => type === types.taskDefinition)
    .map((definition) => taskOf(definition, deployed, values))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = new Map(tasks.flatMap(({ name, contents }) => [...contents].map(([file, content]) => [`${name}/${file}`, json(content)])));
  files.set("README.md", taskDefinitionReadme(deployed, tasks, values.all));
  return { files, tasks, open: values.all };
}

function taskOf(definition: DeployedResource, deployed: Deployed, values: OpenValues): ExportedTask {
  const family = String(values.plain(definition.inputs.family ?? definition.id ?? definition.name, definition.name));
  const contents = new Map<string, unknown>([["task-definition.json", registerTaskDefinition(definition, values)]]);
  const isStarted = (value: unknown) => referredTo(value, types.taskDefinition, deployed) === definition;
  const starts = (key: string, type: string) => deployed.resources.find((each) => each.type === type && isStarted(valueAt(each, key)));
  const service = starts("taskDefinition", types.service);
  const schedule =
    starts("target.ecsParameters.taskDefinitionArn", types.schedule) ??
    deployed.resources.find((each) => each.type === types.schedule && isStarted(givenTask(each)));
  const machine = schedule && referredTo(valueAt(schedule, "target.arn"), types.stateMachine, deployed);
  const run = starts("taskDefinitionArn", types.run);
  if (service) contents.set("service.json", createService(service, family, values));
  if (machine) contents.set("state-machine.json", createStateMachine(machine, values));
  if (schedule) contents.set("schedule.json", createSchedule(schedule, values));
  if (run) contents.set("run-task.json", runTask(run, family, values));
  return { name: ownerOf(definition, deployed, serviceType), family, contents };
}

/** The task definition that a schedule gives to a state machine. Within a text, a value of the plan's is in braces. */
function givenTask(schedule: DeployedResource): unknown {
  const given = runTaskArguments(valueAt(schedule, "target.input"))?.TaskDefinition;
  const planned = typeof given === "string" ? /^\$\{(?<reference>urn:.+)\}$/.exec(given)?.groups?.reference : undefined;
  return planned === undefined ? given : { $output: planned };
}

function valueAt({ inputs }: DeployedResource, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], inputs);
}

const json = (content: unknown) => `${JSON.stringify(content, undefined, 2)}\n`;
