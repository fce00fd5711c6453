import type { ServiceSpec } from "@fairlead/manifest";
import { coded, shiftsTraffic } from "@fairlead/model";

/**
 * What to tell of services whose traffic is shifted from one revision to the other while others call them by DNS: Cloud Map answers with the
 * tasks of both.
 *
 * @param isConnected whether a service is called through Service Connect, whose traffic ECS shifts as it does the load balancer's
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment-implementation.html
 */
export function callsPastTheShift(specs: readonly ServiceSpec[], isConnected: (name: string) => boolean): string[] {
  return specs.flatMap(({ name, deployment = {} }) => {
    if (!shiftsTraffic(deployment) || isConnected(name)) return [];
    const callers = specs.filter((other) => other.name !== name && other.calls.includes(name)).map((other) => other.name);
    if (callers.length === 0) return [];
    const message =
      `${name} comes out by ${deployment.strategy}, and ${callers.join(", ")} ${callers.length > 1 ? "call" : "calls"} it by DNS: these calls reach ` +
      "tasks of the new revision as soon as they run. Call it by its route, or let the environment have Service Connect.";
    return [coded("FL1040", message)];
  });
}
