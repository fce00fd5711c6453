import { setTimeout as sleep } from "node:timers/promises";

import { LeftOut, StepFailure, type SmokeRun, type SmokeStep } from "../model";
import { failureOf } from "./badImage";
import { changeManifest, ecsServiceOf, noService } from "./changes";

/** A version that starts, and then ends again and again. */
export const crashSteps: SmokeStep[] = [
  {
    title: "a crash is rolled back",
    expectation:
      "`up` fails and says that the deployment did; ECS goes back to the tasks that ran before. The version before then comes out again.",
    minutes: 25,
    leftOut: noService,
    notOnEmulator: "No task runs there, so that none can crash.",
    perform: async (run) => {
      const service = run.services.changed!;
      const { cluster, service: name } = await ecsServiceOf(run, service);
      const running = async () => (await run.account.ecsService(run.region, cluster, name))?.taskDefinition;
      const before = await running();
      changeManifest(run, service, { entryPoint: ["/bin/sh", "-c"], command: ["sleep 5; exit 1"] });
      const message = await failureOf(() => run.pulumi.change("up"));
      run.clone.takeBack();
      if (message === undefined) throw new StepFailure("`up` ended well, though the tasks crash.");
      if (/FL21\d\d/.test(message)) throw new LeftOut(`The image of ${service.name} has no /bin/sh to crash by.`);
      await until(
        run,
        async () => (await running()) === before,
        `ECS still has another task definition than ${before}. \`up\` said:\n${message}`,
      );
      if (!/roll(ed)? ?back|circuit breaker|deployment.*fail/i.test(message))
        throw new StepFailure(`It was rolled back, and \`up\` didn't say so:\n${message}`);
      await run.pulumi.change("up");
      return `ECS runs ${before} again. \`up\` said:\n${message}`;
    },
  },
];

/** The circuit breaker waits for three tasks at least. */
const [minutes, secondsBetween] = [10, 15];

async function until(run: SmokeRun, holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  while (!(await holds())) {
    if (run.interrupted() || Date.now() > end) throw new StepFailure(otherwise);
    await sleep(secondsBetween * 1000);
  }
}
