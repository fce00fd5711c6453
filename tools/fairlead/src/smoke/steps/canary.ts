import { shiftedRuleValues } from "@fairlead/model";

import { StepFailure, type SmokeRun, type SmokeStep } from "../model";
import { changeManifest, newVersion, noService } from "./changes";
import { deploymentAfter, newestDeploymentOf, statusText } from "./deployments";

/** A version that first gets a part of the traffic. */
export const canarySteps: SmokeStep[] = [
  {
    title: "a canary",
    expectation: "With deployment.strategy CANARY a new version comes out, and ECS says that its deployment was one and succeeded.",
    minutes: 25,
    leftOut: (run) => noService(run) ?? noShift(run),
    notOnEmulator: "No task runs there, and no traffic moves.",
    perform: async (run: SmokeRun) => {
      const service = run.services.changed!;
      const deployment = { strategy: "CANARY", canaryPercent: 10, stepBakeTimeMinutes: 1, bakeTimeMinutes: 1 };
      changeManifest(run, service, { deployment });
      await run.pulumi.change("up");
      const before = await newestDeploymentOf(run, service);
      newVersion(run, service, "canary");
      await run.pulumi.change("up");
      const newest = await deploymentAfter(run, service, before);
      const seen = `${newest.deploymentConfiguration?.strategy ?? "no strategy"}, ${statusText(newest)}`;
      if (newest.deploymentConfiguration?.strategy !== "CANARY" || newest.status !== "SUCCESSFUL")
        throw new StepFailure(`ECS says of the deployment: ${seen}.`);
      return `ECS says of the deployment: ${seen}.`;
    },
  },
];

/** Why ECS can't shift the traffic of the service (FL1020): it does so by the weights of one rule of an Application Load Balancer. */
function noShift({ services }: SmokeRun): string | undefined {
  const { name, routesTo, tcp } = services.changed!;
  if (routesTo.length === 0) return "No service of this stack is behind an Application Load Balancer.";
  if (tcp) return `${name} is behind a Network Load Balancer as well, whose traffic is not shifted.`;
  const hosts = new Set(routesTo.map(({ host = "" }) => host));
  const values = routesTo.length + (hosts.has("") ? 0 : 1);
  return hosts.size > 1 || values > shiftedRuleValues
    ? `The routes of ${name} are more than one rule of the load balancer, and ECS shifts the weights of one.`
    : undefined;
}
