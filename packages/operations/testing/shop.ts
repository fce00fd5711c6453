import { ScriptedAccount, type ScriptedAccountOptions } from "@fairlead/diagnosis/testing/scriptedAccount";

import { StackClients, stackInAws, type OperatedStack } from "../src";
import { runStack, type Running } from "./runningStack";
import { shopPlan, type PlannedService } from "./shopPlan";

/** A service of the shop, as it is planned, and how it runs otherwise. */
export type ShopService = PlannedService & Running;

/** What a test looks after. */
export type Shop = Pick<OperatedStack, "inAws" | "clients" | "caller" | "plan"> & { account: ScriptedAccount };

/** An environment with these services, deployed and at rest, in a scripted account. */
export function shop(
  services: readonly ShopService[],
  { data, ...options }: ScriptedAccountOptions & { data?: { type: string; name: string }[] } = {},
): Shop {
  const account = new ScriptedAccount({ region: "eu-west-1", accountId: "111122223333", ...options });
  const plan = shopPlan([...services], data);
  const config = { "aws:region": "eu-west-1" };
  const inAws = stackInAws(plan, config);
  runStack(account, inAws, Object.fromEntries(services.map(({ name, running, desired, tags }) => [name, { running, desired, tags }])));
  const caller = { accountId: account.accountId, arn: `arn:aws:sts::${account.accountId}:assumed-role/operator/jo` };
  return { account, plan, inAws, clients: new StackClients(config, account.clientConfig()), caller };
}
