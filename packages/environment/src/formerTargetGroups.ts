import type { ServiceSpec } from "@fairlead/manifest";
import { coded, isMap } from "@fairlead/model";
import { targetGroupPattern, type FormerTargetGroup, type ServiceLoadBalancer } from "@fairlead/networking";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";
import type { RefuseEntry } from "./stackConfiguration";

/** Reads a value of `formerTargetGroups`: what still answers a service's requests in its place, and how many of a hundred. */
export function formerTargetGroup(entry: unknown, refuse: RefuseEntry): FormerTargetGroup | undefined {
  const { targetGroupArn, percent, ...others } = isMap(entry) ? entry : {};
  const isWhole = typeof percent === "number" && Number.isInteger(percent) && percent >= 0 && percent <= 100;
  if (typeof targetGroupArn === "string" && targetGroupPattern.test(targetGroupArn) && isWhole && Object.keys(others).length === 0)
    return { targetGroupArn, percent };
  const fix = "fairlead adopt names the target group; remove the entry once the service answers all requests.";
  return void refuse(
    `is ${JSON.stringify(entry)}`,
    "targetGroupArn, and percent: a whole number from 0 to 100, of the requests that it still answers",
    fix,
  );
}

/** @throws pulumi.RunError with every service whose requests would not move as the configuration says */
export function checkFormerTargetGroups(specs: readonly ServiceSpec[], loadBalancer: ServiceLoadBalancer, settings: Settings): void {
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
