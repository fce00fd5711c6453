import type { Deployed } from "../deployed/deployed";
import type { OpenValue } from "../deployed/openValues";

/** A service or a job, and its files. */
export interface ExportedTask {
  name: string;
  family: string;
  /** By file name. */
  contents: ReadonlyMap<string, unknown>;
}

const commands: Readonly<Record<string, string>> = {
  "task-definition.json": "aws ecs register-task-definition",
  "service.json": "aws ecs create-service",
  "run-task.json": "aws ecs run-task",
  "state-machine.json": "aws stepfunctions create-state-machine",
  "schedule.json": "aws scheduler create-schedule",
};

/** What the files are, and the commands that take them. */
export function taskDefinitionReadme({ stack, from }: Deployed, tasks: readonly ExportedTask[], open: readonly OpenValue[]): string {
  const source = from === "state" ? "from its state: what is deployed" : "from its plan: what `up` would deploy";
  return [
    `# Task definitions of ${stack}`,
    "",
    `Written ${source}. Each command takes its file${open.length > 0 ? ", once all is filled in" : " as it stands"}:`,
    "",
    "```sh",
    ...tasks.flatMap(({ name, contents }) =>
      [...contents.keys()].map((file) => `${commands[file]} --cli-input-json file://${name}/${file}`),
    ),
    "```",
    "",
    "`service.json`, `run-task.json` and `schedule.json` are what starts the tasks. A service that runs needs none: register its task definition, then",
    "`aws ecs update-service --cluster <cluster> --service <service> --task-definition <family>`, or GitHub's `aws-actions/amazon-ecs-deploy-task-definition`",
    "with the file. Roles, log groups, load balancers, security groups, scaling and alarms stay as they are; `npx fairlead export terraform-import` has them.",
    "",
    ...newRevisions(tasks),
    ...openValues(open),
  ].join("\n");
}

/** A schedule names a revision, and starts that one until it is told otherwise. */
function newRevisions(tasks: readonly ExportedTask[]): string[] {
  const scheduled = tasks.filter(({ contents }) => contents.has("schedule.json"));
  if (scheduled.length === 0) return [];
  return [
    "A schedule starts the revision that its `Target.EcsParameters.TaskDefinitionArn`, or its `Target.Input` for a state machine, names, also after another",
    "one is registered: write that one's ARN into the file, and update the schedule with all of it.",
    "",
    "```sh",
    ...scheduled.map(({ name }) => `aws scheduler update-schedule --cli-input-json file://${name}/schedule.json`),
    "```",
    "",
  ];
}

function openValues(open: readonly OpenValue[]): string[] {
  if (open.length === 0) return ["Every value is filled in.", ""];
  return [
    "## To be filled in",
    "",
    "These stand in the files between `<` and `>`, and AWS refuses each of them. Secrets are never exported; the others AWS knows once the stack is deployed.",
    "",
    ...open.map(({ text, why }) => `- \`${text}\`: ${why}`),
    "",
  ];
}
