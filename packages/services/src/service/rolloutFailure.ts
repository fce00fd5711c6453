import { diagnose, diagnosisClients, textOf } from "@fairlead/diagnosis";
import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import { coded, quoted, shortened } from "@fairlead/model";
import { AskingRefused, describeRevisions, endedTasks, endOf, hasFailed, type Ecs, type RolloutEnd } from "@fairlead/rollout";

import type { RolloutProperties } from "./rollout";

/** Characters of a diagnosis in an error. */
const longest = 6000;
/** For what a diagnosis asks AWS; it takes seconds where AWS answers. */
const longestMinutes = 2;

/**
 * A rollout that did not come out. Thrown with an id and properties it is kept by the engine as one that has to be done again, by whatever `up` comes next.
 */
export class RolloutFailed extends Error {
  readonly properties: RolloutProperties;
  readonly reasons: string[];

  constructor(
    readonly id: string,
    properties: RolloutProperties,
    words: string,
  ) {
    // Half of a character can't be sent to the engine, which would know nothing of all this then.
    const message = words.replace(/\p{Cs}/gu, "\uFFFD");
    super(message);
    this.properties = { ...properties, outcome: "failed" };
    this.reasons = [message];
  }

  /** ECS refused what was asked of it once more, or AWS can't be asked any longer. */
  static by(error: unknown, id: string, properties: RolloutProperties): RolloutFailed {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const { serviceName } = properties;
    if (error instanceof AskingRefused)
      return new RolloutFailed(
        id,
        properties,
        coded("FL2204", `rollout of ${serviceName} failed before, and ECS was asked once more: ${quoted(message)}`),
      );
    const text =
      `rollout of ${serviceName} was followed no longer: ${quoted(`${name}: ${message}`)}. ECS goes on by itself. ` +
      "Run `up` again: it follows what ECS does, or asks for it once more.";
    return new RolloutFailed(id, properties, coded("FL2206", text));
  }
}

/** What is told of it: what ECS says, the first task that failed, what the doctor finds, and what runs now. */
export async function whyItFailed(
  properties: RolloutProperties,
  end: Exclude<RolloutEnd, { outcome: "serves" }>,
  { ecs, aws }: { ecs: Ecs; aws: AwsAccess },
): Promise<string> {
  const { serviceName, allowedMinutes, taskDefinitionArn } = properties;
  if (end.outcome === "gone") return goneText(serviceName, end.words);
  const { deployment } = end;
  const task = (await endedTasks(ecs, properties, taskDefinitionArn).catch(() => [])).find(hasFailed);
  const found = [
    ...(task ? [`First task that failed: ${quoted(endOf(task))} (${task.taskArn})`] : []),
    ...(await diagnosed(properties, aws)),
  ];
  if (end.outcome === "goesOn") {
    const state = deployment
      ? `was followed for ${allowedMinutes} minutes and has not ended. ECS goes on with it (${deployment.status}, ${deployment.serviceDeploymentArn})`
      : "was asked of ECS, which lists no deployment of it a minute later";
    return [coded("FL2205", `rollout of ${serviceName} ${state}.`), ...found, "Run `up` again: it follows what ECS does."].join("\n");
  }
  const runs = await whatRuns(ecs, end);
  const { statusReason, status, rollback } = deployment!;
  const words = [statusReason ?? status, rollback?.reason].flatMap((each) => each ?? []);
  // ECS says why it could not go back where it otherwise says why it did.
  const said =
    status === "ROLLBACK_FAILED" ? words.reverse().join(" ECS could not go back: ") : [...new Set(words)].join(" ECS went back: ");
  const alarms = deployment!.alarms?.triggeredAlarmNames ?? [];
  return [
    coded("FL2204", `rollout of ${serviceName} failed: ${quoted(said)}`),
    ...(alarms.length > 0 ? [`Alarms: ${quoted(alarms.join(", "))}`] : []),
    ...found,
    `${runs} \`up\` asks ECS for it again until it serves. Deployment: ${deployment!.serviceDeploymentArn}`,
  ].join("\n");
}

/** That the service was deleted by somebody else, and what is to be done before `up` can make it anew. */
export function goneText(serviceName: string, words: string): string {
  const text =
    `rollout of ${serviceName} is over, for the service is gone: ${quoted(words).replace(/\.$/, "")}. Nothing goes on, and the stack's state still has the service. ` +
    "Run `pulumi refresh` first, which takes it out of there, then `up`, which makes it anew.";
  return coded("FL2208", text);
}

async function whatRuns(ecs: Ecs, { deployment }: RolloutEnd): Promise<string> {
  const arn = deployment?.rollback?.serviceRevisionArn;
  if (!arn || deployment?.status !== "ROLLBACK_SUCCESSFUL") return "See what runs by `npx fairlead status -s <stack>`.";
  const revision = (await describeRevisions(ecs, [arn]).catch(() => new Map())).get(arn) as { taskDefinition?: string } | undefined;
  return `${revision?.taskDefinition?.split("/").at(-1) ?? arn} serves as before.`;
}

/** What the doctor finds. It must not hide that the rollout failed, whatever becomes of it. */
async function diagnosed({ clusterArn, serviceName }: RolloutProperties, aws: AwsAccess): Promise<string[]> {
  try {
    const clients = diagnosisClients((service) => aws.clientConfig(service));
    const diagnosis = await diagnose({ clusterArn, serviceName, clients, signal: AbortSignal.timeout(longestMinutes * 60_000) });
    const text = textOf(diagnosis);
    // It goes to the engine in the header of an answer.
    return [shortened(text, longest)];
  } catch (error) {
    return [`What is behind it could not be looked for: ${quoted(error instanceof Error ? error.message : String(error))}`];
  }
}
