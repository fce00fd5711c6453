import type { AwsAccount } from "../../aws/awsAccount";
import { startTasks } from "../../ecs/running/startTasks";
import { step } from "../../progress";
import type { SandboxAccount } from "../../sandboxAccount";
import { checkAdoption } from "../adoption/adoption";
import { checkEngineRollouts } from "./engineRollouts";
import { checkFailingServices } from "./failingServices";
import { Ground } from "./ground";

/** What is wanted of it. */
export interface RolloutsArgs {
  /** Services under the real engine. */
  underEngine: boolean;
  /** Services that fail, by calls of the API alone: all, or those of these names. */
  failing: boolean | string[];
  /** A service that takes the place of one that somebody else made. */
  adopting: boolean;
  /** The commit's turn, by which a third of those that fail or are wrong is run; all without. */
  turn?: number;
}

/** Services whose tasks really run: what ECS makes of revisions that don't come to serve, and what is done then. */
export async function checkRollouts(
  aws: AwsAccount,
  { accountId, registryHost }: SandboxAccount,
  { underEngine, failing, adopting, turn }: RolloutsArgs,
): Promise<void> {
  const run = await step("A Docker engine for tasks, with a network", () => startTasks(aws, accountId, process.env));
  // Where the settings are Fairlead's own, their waits are a tenth.
  if (adopting) await checkAdoption(aws, registryHost, run(0.1));
  if (underEngine) await checkEngineRollouts(aws, run(0.1), turn);
  const names = typeof failing === "boolean" ? undefined : failing;
  if (failing) await checkFailingServices(await Ground.make(aws, registryHost), run(1), { names, turn });
}
