import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import { coded, likelyCause } from "@fairlead/model";
import { describeRevisions, endedTasks, endOf, hasFailed, type Ecs, type RolloutEnd, type Task } from "@fairlead/rollout";

import { lastLogLines } from "../lastLogLines";
import type { RolloutProperties } from "./rolloutProvider";

/**
 * A rollout that did not come out. Thrown with an id and properties it is kept by the engine as one that has to be done again, by whatever `up` comes next.
 */
export class RolloutFailed extends Error {
  readonly properties: RolloutProperties;
  readonly reasons: string[];

  constructor(
    readonly id: string,
    properties: RolloutProperties,
    message: string,
  ) {
    super(message);
    this.properties = { ...properties, outcome: "failed" };
    this.reasons = [message];
  }

  /** AWS can't be asked any longer. */
  static cutOff(id: string, properties: RolloutProperties, error: unknown): RolloutFailed {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const text =
      `rollout of ${properties.serviceName} was followed no longer: ${name}: ${message}. ECS goes on by itself. ` +
      "Run `up` again: it follows what ECS does, or asks for it once more.";
    return new RolloutFailed(id, properties, coded("FL2206", text));
  }
}

/** What is told of it: what ECS says, the first task that failed and its last words, and what runs now. */
export async function whyItFailed(
  properties: RolloutProperties,
  end: Exclude<RolloutEnd, { outcome: "serves" }>,
  { ecs, aws }: { ecs: Ecs; aws: AwsAccess },
): Promise<string> {
  const { serviceName, allowedMinutes, taskDefinitionArn } = properties;
  const { deployment } = end;
  if (end.outcome === "goesOn") {
    const state = deployment
      ? `ECS goes on with it (${deployment.status}, ${deployment.serviceDeploymentArn})`
      : "ECS lists no deployment of it";
    return coded(
      "FL2205",
      `rollout of ${serviceName} was followed for ${allowedMinutes} minutes and has not ended. ${state}. Run \`up\` again: it follows the same deployment.`,
    );
  }
  const runs = await whatRuns(ecs, end);
  const task = (await endedTasks(ecs, properties, taskDefinitionArn).catch(() => [])).find(hasFailed);
  const alarms = deployment!.alarms?.triggeredAlarmNames ?? [];
  return [
    coded("FL2204", `rollout of ${serviceName} failed: ${deployment!.statusReason ?? deployment!.status}`),
    ...(deployment!.rollback?.reason ? [`ECS went back: ${deployment!.rollback.reason}`] : []),
    ...(alarms.length > 0 ? [`Alarms: ${alarms.join(", ")}`] : []),
    ...(task ? await endText(task, aws, ecs) : []),
    `${runs} \`up\` asks ECS for it again until it serves. Deployment: ${deployment!.serviceDeploymentArn}`,
  ].join("\n");
}

async function whatRuns(ecs: Ecs, { deployment }: RolloutEnd): Promise<string> {
  const arn = deployment?.rollback?.serviceRevisionArn;
  if (!arn || deployment?.status !== "ROLLBACK_SUCCESSFUL") return "See what runs by `npx fairlead status`.";
  const revision = (await describeRevisions(ecs, [arn]).catch(() => new Map())).get(arn) as { taskDefinition?: string } | undefined;
  return `${revision?.taskDefinition?.split("/").at(-1) ?? arn} serves as before.`;
}

/** The first task that failed: how it ended, why that usually is, and the last that its container said. */
async function endText(task: Task, aws: AwsAccess, ecs: Ecs): Promise<string[]> {
  const container = (task.containers ?? []).find(({ exitCode, reason }) => (exitCode !== undefined && exitCode !== 0) || reason);
  const lines = container ? await lastLogLines(ecs, aws, task, container.name!) : [];
  const reason = [container?.reason, task.stoppedReason].filter(Boolean).join("; ");
  const { cause, fix } = likelyCause({ exitCode: container?.exitCode, reason, lines }) ?? {};
  return [
    `First task that failed: ${endOf(task)} (${task.taskArn})`,
    ...(cause ? [`Likely cause: ${[cause, fix].filter(Boolean).join(" ")}`] : []),
    ...(lines.length > 0 ? [`Last lines of ${container!.name}'s log:`, ...lines.map((line) => `  ${line}`)] : []),
  ];
}
