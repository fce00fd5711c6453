import { LeftOut, StepFailure, type SmokeRun, type SmokeStep } from "../model";
import { failureOf } from "./badImage";
import { changeManifest, ecsServiceOf, newVersion, noService } from "./changes";

/** A version that first gets a part of the traffic. */
export const canarySteps: SmokeStep[] = [
  {
    title: "a canary",
    expectation: "With deployment.strategy CANARY a new version comes out, and ECS says that its deployment was one and succeeded.",
    minutes: 25,
    leftOut: (run) =>
      noService(run) ?? (run.services.changed!.routes.length > 0 ? undefined : "No service of this stack is behind a load balancer."),
    notOnEmulator: "No task runs there, and no traffic moves.",
    perform: async (run: SmokeRun) => {
      const service = run.services.changed!;
      const deployment = { strategy: "CANARY", canaryPercent: 10, stepBakeTimeMinutes: 1, bakeTimeMinutes: 1 };
      changeManifest(run, service, { deployment });
      const refused = await failureOf(() => run.pulumi.change("preview"));
      if (refused !== undefined) {
        run.clone.takeBack();
        throw new LeftOut(`${service.name} can't have this strategy here:\n${refused}`);
      }
      await run.pulumi.change("up");
      const started = new Date();
      newVersion(run, service, "canary");
      await run.pulumi.change("up");
      const { cluster, service: name } = await ecsServiceOf(run, service);
      const newest = await run.account.newestDeployment(run.region, cluster, name, started);
      const seen = `${newest?.deploymentConfiguration?.strategy ?? "no deployment"}, ${newest?.status ?? "no status"}`;
      if (newest?.deploymentConfiguration?.strategy !== "CANARY" || newest.status !== "SUCCESSFUL")
        throw new StepFailure(`ECS says: ${seen}.`);
      return `ECS says of the deployment: ${seen}.`;
    },
  },
];
