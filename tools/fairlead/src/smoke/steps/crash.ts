import { LeftOut, StepFailure, type SmokeRun, type SmokeStep } from "../model";
import type { ChosenService } from "../services";
import { failureOf } from "./badImage";
import { changeManifest, ecsServiceOf, noService } from "./changes";
import { deploymentAfter, newestDeploymentOf, statusText } from "./deployments";

/** What the version crashes by. */
const shell = "/bin/sh";

/** A version that starts, and then ends again and again. */
export const crashSteps: SmokeStep[] = [
  {
    title: "a crash is rolled back",
    expectation:
      "`up` fails and says that the deployment did; ECS has rolled it back and runs the tasks of before. The version before then comes out again.",
    minutes: 25,
    leftOut: noService,
    notOnEmulator: "No task runs there, so that none can crash.",
    perform: async (run) => {
      const service = run.services.changed!;
      const [running, newest] = [await taskDefinitionOf(run, service), await newestDeploymentOf(run, service)];
      changeManifest(run, service, { entryPoint: [shell, "-c"], command: ["sleep 5; exit 1"] });
      const message = await failureOf(() => run.pulumi.change("up"));
      run.clone.takeBack();
      if (message === undefined) throw new StepFailure("`up` ended well, though the tasks crash.");
      if (hasNoShell(message)) throw new LeftOut(`The image of ${service.name} has no ${shell} to crash by.`);
      const deployment = await deploymentAfter(run, service, newest, message);
      const seen = `ECS says of the deployment: ${statusText(deployment)}. \`up\` said:\n${message}`;
      if (deployment.status !== "ROLLBACK_SUCCESSFUL") throw new StepFailure(`It was not rolled back. ${seen}`);
      const after = await taskDefinitionOf(run, service);
      if (after !== running) throw new StepFailure(`ECS runs ${after}, and before it was ${running}. ${seen}`);
      if (!saysSo(message, deployment.statusReason)) throw new StepFailure(`It was rolled back, and \`up\` didn't say so. ${seen}`);
      await run.pulumi.change("up");
      return `ECS runs ${running} again. ${seen}`;
    },
  },
];

async function taskDefinitionOf(run: SmokeRun, service: ChosenService): Promise<string> {
  const { cluster, service: name } = await ecsServiceOf(run, service);
  const { taskDefinition } = (await run.account.ecsService(run.region, cluster, name)) ?? {};
  if (taskDefinition === undefined) throw new StepFailure(`ECS has no service ${name} in ${cluster}.`);
  return taskDefinition;
}

/** That the image has no shell is known once `up` has looked into it; any other refusal is a failure. */
const hasNoShell = (message: string) => new RegExp(`\\bFL2104\\b[^\\n]*there is no ${shell}\\b`).test(message);

/** The provider tells ECS's reason, or where that gives none, that the deployment failed. */
function saysSo(message: string, reason: string | undefined): boolean {
  return (reason !== undefined && message.includes(reason)) || /roll(ed|ing)? ?back|circuit breaker|deployment failed/i.test(message);
}
