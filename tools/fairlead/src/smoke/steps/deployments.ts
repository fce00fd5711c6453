import type { ServiceDeployment } from "@aws-sdk/client-ecs";

import { StepFailure, type SmokeRun } from "../model";
import type { ChosenService } from "../services";
import { ecsServiceOf } from "./changes";

/** For how long ECS is asked what came of a deployment. The circuit breaker waits for three failed tasks at least. */
const [minutes, secondsBetween] = [10, 15];

/** In which a deployment stays. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
const finalStatuses: (string | undefined)[] = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

/** The newest deployment of a service that ECS knows; undefined where it knows none. */
export async function newestDeploymentOf(run: SmokeRun, service: ChosenService): Promise<ServiceDeployment | undefined> {
  const { cluster, service: name } = await ecsServiceOf(run, service);
  return run.account.newestDeployment(run.region, cluster, name);
}

/**
 * The deployment of a service that came after another one, once it has ended.
 *
 * @param said what Pulumi said of it
 * @throws StepFailure where there is none, or none that ends
 */
export async function deploymentAfter(
  run: SmokeRun,
  service: ChosenService,
  before: ServiceDeployment | undefined,
  said = "",
): Promise<ServiceDeployment> {
  const last = said && `\n\`up\` said:\n${said}`;
  for (let waited = 0; ; waited += secondsBetween) {
    const newest = await newestDeploymentOf(run, service);
    const isAnother = newest !== undefined && newest.serviceDeploymentArn !== before?.serviceDeploymentArn;
    if (!isAnother) throw new StepFailure(`ECS was asked for no deployment of ${service.name}.${last}`);
    if (finalStatuses.includes(newest.status)) return newest;
    if (run.interrupted() || waited >= minutes * 60)
      throw new StepFailure(`The deployment of ${service.name} is still ${newest.status}, after ${minutes} minutes.${last}`);
    await run.wait(secondsBetween);
  }
}

/** A deployment in ECS's words: its status, and the reason where it gives one. */
export function statusText({ status, statusReason }: ServiceDeployment): string {
  return statusReason ? `${status}: ${statusReason}` : String(status);
}
