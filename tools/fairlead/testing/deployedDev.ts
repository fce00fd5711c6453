import { ScriptedServer } from "@fairlead/diagnosis/testing/httpServer";
import { ScriptedAccount } from "@fairlead/diagnosis/testing/scriptedAccount";
import { stackInAws } from "@fairlead/operations";
import { runStack } from "@fairlead/operations/testing/runningStack";
import { planOfStack, readProject } from "@fairlead/plan";

/**
 * As a program: the stack `dev` of the repository that it is started in, as it would run in AWS, in a scripted account whose address is printed. Sessions are
 * let into the tasks of each service whose manifest says so.
 */
async function serve(): Promise<void> {
  const project = readProject("dev");
  const inAws = stackInAws(await planOfStack(project, "dev"), project.config);
  const account = new ScriptedAccount({ region: inAws.region! });
  runStack(account, inAws);
  const open = new Set(inAws.services.filter(({ executeCommand }) => executeCommand).map(({ name }) => `service:${name}`));
  for (const { group, containers = [] } of account.state.tasks)
    if (open.has(group!)) containers[0]!.managedAgents = [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING" }];
  process.stdout.write(`${(await ScriptedServer.listen(account)).url}\n`);
}

void serve();
