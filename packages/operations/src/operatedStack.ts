import { placeOf, planOfStack, readProject, type Plan, type Project } from "@fairlead/plan";

import { callerOf, type Caller } from "./aws/stackAccount";
import { StackClients } from "./aws/stackClients";
import { stackInAws, type StackInAws } from "./stack/stackInAws";

/** A stack that somebody looks after: what its plan is in AWS, and who asks. */
export interface OperatedStack {
  project: Project;
  plan: Plan;
  inAws: StackInAws;
  clients: StackClients;
  caller: Caller;
}

/**
 * Keys that credentials are named by. Where they are encrypted only Pulumi can tell them, and AWS's SDK looks for others: in the environment, in its files.
 */
const secretCredentials = ["aws:accessKey", "aws:secretKey", "aws:token"];

/**
 * Makes a stack's plan, and asks AWS whose the credentials are, at the same time.
 *
 * @param plan makes the plan, apart from the output of the command
 * @param check looks whether there is what was named, which needs no answer of AWS
 * @throws UserError with what is wrong with the stack's files, or with its credentials
 */
export async function operateStack(
  stack: string,
  plan: typeof planOfStack = planOfStack,
  check: (inAws: StackInAws) => void = () => undefined,
): Promise<OperatedStack> {
  const project = readProject(stack);
  // What runs in AWS is asked about, not what a build would do: uncommitted sources are no reason to say nothing.
  const sources = `${project.name}:uncommittedSources`;
  if (project.config[sources] === "refuse") project.config[sources] = "build";
  const encrypted = secretCredentials.filter((key) => project.secretKeys.includes(key));
  const values = Object.fromEntries(Object.entries(project.config).filter(([key]) => !encrypted.includes(key)));
  const clients = new StackClients(values);
  const asked = callerOf({ stack, configFolder: project.configFolder, accountIds: placeOf(values).accountIds }, clients);
  const planned = plan(project, stack).then((made) => {
    const inAws = stackInAws(made, values);
    check(inAws);
    return { plan: made, inAws };
  });
  // The plan needs no AWS: what is wrong with it, or with a name, is told whether AWS answers or not.
  const [, caller] = await Promise.allSettled([planned, asked]);
  if (caller.status === "rejected") {
    await planned;
    throw caller.reason;
  }
  return { project, ...(await planned), clients, caller: caller.value };
}
