import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

/** What forwards to a target group. */
export const forwardTo = (name: string) => [{ type: "forward", targetGroupArn: output("aws:lb/targetGroup:TargetGroup", name, "arn") }];

/** A target group, with what its health check says. */
export const targetGroup = (
  name: string,
  healthCheck: Record<string, unknown> = { path: "/health" },
  protocol = "HTTP",
): PlanResource[] => [resource("aws:lb/targetGroup:TargetGroup", name, { protocol, healthCheck })];

/** The application load balancer `shop` that listens on port 80 and does this with all requests. */
export function albOf(defaultActions: unknown, targetGroups: PlanResource[], inputs: Record<string, unknown> = {}): Plan {
  return planOf(
    resource("aws:lb/loadBalancer:LoadBalancer", "shop", inputs),
    resource("aws:lb/listener:Listener", "shop-80", {
      loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "shop", "arn"),
      port: 80,
      protocol: "HTTP",
      defaultActions,
    }),
    ...targetGroups,
  );
}
