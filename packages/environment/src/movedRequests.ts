import type { ServiceSpec } from "@fairlead/manifest";
import { coded } from "@fairlead/model";
import type { ServiceLoadBalancer } from "@fairlead/networking";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";

/** @throws pulumi.RunError with every service whose requests would not move as the configuration says */
export function checkMovedRequests(specs: readonly ServiceSpec[], loadBalancer: ServiceLoadBalancer, settings: Settings): void {
  const problems = [...settings.formerTargetGroups.keys()].flatMap((name) => {
    const spec = specs.find((each) => each.name === name);
    if (!spec) return [`${name}: there is no service of this name here.`];
    if (spec.routes.length === 0) return [`${name}: it has no routes, so that no request comes to it by the load balancer.`];
    if (loadBalancer.formerTargetGroupOf(name)) return [];
    return [`${name}: the stack's load balancer is not an ExistingLoadBalancer with formerTargetGroups: settings.formerTargetGroups.`];
  });
  if (problems.length === 0) return;
  const where = `fairlead:formerTargetGroups of ${settings.environmentName}`;
  throw new pulumi.RunError(coded("FL2420", `${where} would move no request:\n${problems.map((problem) => `  ${problem}`).join("\n")}`));
}
