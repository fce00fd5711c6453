import type { OperatedStack } from "../operatedStack";
import type { ReachableTask } from "./reachableTask";
import { pluginStart } from "./sessionPlugin";

/** Opens a session of ECS Exec's, in which a command runs. @returns what Session Manager's plugin is started with */
export async function execute({ clients }: Pick<OperatedStack, "clients">, task: ReachableTask, command: string, pluginVersion: string) {
  const { ExecuteCommandCommand } = await import("@aws-sdk/client-ecs");
  const { cluster, taskArn, container, target } = task;
  const ecs = await clients.ecs();
  const { session } = await ecs.send(new ExecuteCommandCommand({ cluster, task: taskArn, container, command, interactive: true }));
  const region = await clients.region();
  const opened = { SessionId: session?.sessionId, StreamUrl: session?.streamUrl, TokenValue: session?.tokenValue };
  return pluginStart(pluginVersion, opened, region, { Target: target }, `https://ecs.${region}.amazonaws.com`);
}
