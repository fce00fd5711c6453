import type { AwsAccount } from "../../aws/awsAccount";
import { startTasks } from "../../ecs/running/startTasks";
import { step } from "../../progress";
import type { SandboxAccount } from "../../sandboxAccount";
import { checkEngineRollouts } from "./engineRollouts";
import { checkFailingServices } from "./failingServices";
import { Ground } from "./ground";

/** ECS's and the load balancer's waits are that much shorter here. */
const factor = 0.1;

/** Services whose tasks really run: what ECS makes of revisions that don't come to serve. */
export async function checkRollouts(aws: AwsAccount, { accountId, registryHost }: SandboxAccount, names?: string[]): Promise<void> {
  const running = await step("A Docker engine for tasks, with a network", () => startTasks(aws, accountId, process.env, factor));
  if (!names) await checkEngineRollouts(aws, running);
  const ground = await Ground.make(aws, registryHost);
  await checkFailingServices(ground, running, names);
}
