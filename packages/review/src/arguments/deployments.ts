import type { PlanResource } from "@fairlead/plan";

import { lessProtected, lowered, members, raised, type Judge } from "./judge";

/** Whether a rollout of a service that is asked by a load balancer may end all tasks before it starts one. */
export function endsAllFirst({ inputs }: PlanResource): boolean {
  const { deploymentMinimumHealthyPercent: least = 100, deploymentMaximumPercent: most = 200, loadBalancers } = inputs;
  return Array.isArray(loadBalancers) && loadBalancers.length > 0 && Number(least) === 0 && Number(most) <= 100;
}

/**
 * How much looks at a new revision before all requests reach it. With ROLLING tasks are exchanged little by little; with BLUE_GREEN all requests are
 * shifted at once, to tasks that were tried before; with CANARY and LINEAR a part of them comes first.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function lookedAtFirst(strategy: unknown = "ROLLING"): number {
  return { ROLLING: 0, BLUE_GREEN: 1, LINEAR: 2, CANARY: 2 }[String(strategy)] ?? 0;
}

/** The steps in which requests are shifted to a new revision. */
export const stepsOf = (kind: "canary" | "linear"): Judge =>
  members({
    [kind === "canary" ? "canaryPercent" : "stepPercent"]: raised(
      lessProtected("More of the requests meet a new revision that nobody has looked at."),
      100,
    ),
    [kind === "canary" ? "canaryBakeTimeInMinutes" : "stepBakeTimeInMinutes"]: lowered(
      lessProtected("A part of the requests tries a new revision for less time."),
      0,
    ),
  });
