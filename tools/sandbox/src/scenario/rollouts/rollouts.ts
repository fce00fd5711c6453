import type { AwsAccount } from "../../aws/awsAccount";
import { startTasks } from "../../ecs/running/startTasks";
import { step } from "../../progress";
import type { SandboxAccount } from "../../sandboxAccount";
import { checkEngineRollouts } from "./engineRollouts";
import { checkFailingServices } from "./failingServices";
import { Ground } from "./ground";

/** Services whose tasks really run: what ECS makes of revisions that don't come to serve. */
export async function checkRollouts(aws: AwsAccount, { accountId, registryHost }: SandboxAccount, names?: string[]): Promise<void> {
  const run = await step("A Docker engine for tasks, with a network", () => startTasks(aws, accountId, process.env));
  // Where the settings are Fairlead's own, their waits are a tenth.
  if (!names) await checkEngineRollouts(aws, run(0.1));
  const running = run(1);
  await checkFailingServices(await Ground.make(aws, registryHost), running, names);
}
