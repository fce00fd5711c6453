import type { Task } from "@aws-sdk/client-ecs";
import { coded, UserError } from "@fairlead/model";

import { describedService } from "../addresses/describedService";
import { inBatches } from "../asking/inBatches";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";

/** A task into which a session may be opened. */
export interface ReachableTask {
  cluster: string;
  taskArn: string;
  taskDefinitionArn: string;
  container: string;
  /** `ecs:<cluster>_<task id>_<runtime id>`, as Systems Manager names it. */
  target: string;
}

/** Which task and container. */
export interface TaskChoice {
  /** The beginning of a task's id. The newest by default. */
  task?: string;
  /** The service's own by default. */
  container?: string;
}

const refuse = (text: string) => new UserError(coded("FL2804", text));

/**
 * Finds a task of a service that runs ECS Exec's agent, and says what is in the way where there is none.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 * @throws UserError
 */
export async function reachableTask(
  { inAws, clients }: Pick<OperatedStack, "inAws" | "clients">,
  service: ServiceInAws,
  { task: begin = "", container = service.containers[0]?.name ?? service.name }: TaskChoice = {},
): Promise<ReachableTask> {
  const { name, manifest = "service.yaml" } = service;
  const { enableExecuteCommand } = await describedService(inAws.stack, clients, service);
  if (enableExecuteCommand !== true) {
    throw refuse(
      `${name} doesn't let sessions in. fix: \`enableExecuteCommand: true\` and \`readonlyRootFilesystem: false\` in ${manifest}, then \`pulumi up -s ${inAws.stack}\`.`,
    );
  }
  const tasks = (await tasksOf(clients, service)).filter(({ taskArn = "" }) => taskArn.split("/").at(-1)!.startsWith(begin));
  if (tasks.length === 0)
    throw begin === ""
      ? refuse(`No task of ${name} runs.`)
      : new UserError(`--task ${begin}: the id of no task of ${name} that runs begins so.`);
  const found = tasks.map((task) => ({ task, inside: (task.containers ?? []).find((each) => each.name === container) }));
  if (found.every(({ inside }) => !inside)) {
    const names = [...new Set(tasks.flatMap(({ containers = [] }) => containers.map((each) => each.name)))].join(", ");
    throw new UserError(`${name} has no container "${container}". It has ${names}.`);
  }
  const agentOf = ({ inside }: (typeof found)[number]) => inside?.managedAgents?.find((agent) => agent.name === "ExecuteCommandAgent");
  const [first] = found.filter((each) => agentOf(each)?.lastStatus === "RUNNING" && each.inside?.runtimeId !== undefined);
  if (first) {
    const { taskArn = "", taskDefinitionArn = "" } = first.task;
    const cluster = service.cluster!;
    return {
      cluster,
      taskArn,
      taskDefinitionArn,
      container,
      target: `ecs:${cluster}_${taskArn.split("/").at(-1)}_${first.inside!.runtimeId}`,
    };
  }
  const agents = found.flatMap((each) => agentOf(each) ?? []);
  if (agents.length === 0) {
    throw refuse(
      `The tasks of ${name} are older than its enableExecuteCommand, and have no agent. fix: \`fairlead restart ${name} -s ${inAws.stack}\`.`,
    );
  }
  const [{ lastStatus, reason }] = agents as [(typeof agents)[number]];
  throw refuse(
    `ECS Exec's agent in the tasks of ${name} is ${lastStatus}${reason ? ` (${reason})` : ""}. ` +
      "It needs ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel of the task role, a way from its subnets to " +
      "ssmmessages (NAT or an endpoint), and to write to its root file system.",
  );
}

/** Most tasks that ECS lists or describes in a call. */
const atOnce = 100;

/** Running tasks, the newest first. */
async function tasksOf(clients: OperatedStack["clients"], { cluster, serviceName }: ServiceInAws): Promise<Task[]> {
  const { DescribeTasksCommand, paginateListTasks } = await import("@aws-sdk/client-ecs");
  const client = await clients.ecs();
  const arns: string[] = [];
  for await (const { taskArns = [] } of paginateListTasks({ client, pageSize: atOnce }, { cluster, serviceName })) arns.push(...taskArns);
  const found = await inBatches(arns, atOnce, async (tasks) => {
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }));
    return answer.tasks ?? [];
  });
  return found.filter(({ lastStatus }) => lastStatus === "RUNNING").sort((a, b) => Number(b.startedAt) - Number(a.startedAt));
}
