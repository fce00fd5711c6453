import type { Rule } from "@aws-sdk/client-elastic-load-balancing-v2";

import type { Asking } from "./asking";

/** A listener of a load balancer. */
export interface FoundListener {
  arn: string;
  port: number;
  protocol: "http" | "https";
  /** Whether it leads whatever no rule takes elsewhere, as that of port 80 does beside one of HTTPS. */
  redirects: boolean;
}

/** A rule of a listener that forwards requests. */
export interface FoundRule {
  arn: string;
  /** Infinity for the default rule, which comes last. */
  priority: number;
  /** Patterns of which one must fit; any path where there is none. */
  paths: string[];
  hosts: string[];
  /** Whether it asks for more than a path and a host, so that only some of the requests come to it. */
  asksMore: boolean;
  /** Those that it forwards requests to; none where it redirects or answers itself. */
  targetGroupArns: string[];
  /** What it does before it forwards, such as `authenticate-oidc`. */
  before: string[];
  /** Whether clients stay with the target group that they were led to. */
  sticky: boolean;
}

/** The listeners of an Application Load Balancer, by their ports; none where AWS didn't tell. */
export async function listenersOf({ clients, sight }: Asking, loadBalancerArn: string): Promise<FoundListener[]> {
  const { paginateDescribeListeners } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = await clients.loadBalancers();
  const found: FoundListener[] = [];
  await sight.see("listeners of load balancers", "elasticloadbalancing:DescribeListeners", async () => {
    for await (const { Listeners = [] } of paginateDescribeListeners({ client }, { LoadBalancerArn: loadBalancerArn })) {
      for (const { ListenerArn = "", Port = 0, Protocol, DefaultActions = [] } of Listeners) {
        const redirects = DefaultActions.some(({ Type }) => Type === "redirect");
        found.push({ arn: ListenerArn, port: Port, protocol: Protocol === "HTTPS" ? "https" : "http", redirects });
      }
    }
  });
  return found.sort((a, b) => a.port - b.port);
}

/** The rules of a listener, as they are tried; none where AWS didn't tell. */
export async function rulesOf({ clients, sight }: Asking, listenerArn: string): Promise<FoundRule[]> {
  const { paginateDescribeRules } = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = await clients.loadBalancers();
  const rules: FoundRule[] = [];
  await sight.see("rules of the listener, and so whose requests somebody else answers", "elasticloadbalancing:DescribeRules", async () => {
    for await (const { Rules = [] } of paginateDescribeRules({ client }, { ListenerArn: listenerArn })) rules.push(...Rules.map(foundRule));
  });
  return rules.sort((a, b) => a.priority - b.priority);
}

function foundRule({ RuleArn = "", Priority, IsDefault, Conditions = [], Actions = [] }: Rule): FoundRule {
  const valuesOf = (field: string) =>
    Conditions.filter(({ Field }) => Field === field).flatMap(({ Values, PathPatternConfig, HostHeaderConfig }) => [
      ...new Set([...(Values ?? []), ...(PathPatternConfig?.Values ?? []), ...(HostHeaderConfig?.Values ?? [])]),
    ]);
  const forwards = Actions.filter(({ Type }) => Type === "forward");
  // Where there are weights, TargetGroupArn is but one of them.
  const groups = forwards.flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const weighted = ForwardConfig?.TargetGroups ?? [];
    if (weighted.length === 0) return TargetGroupArn ? [TargetGroupArn] : [];
    return weighted.flatMap(({ TargetGroupArn: arn, Weight = 1 }) => (arn && Weight > 0 ? [arn] : []));
  });
  return {
    arn: RuleArn,
    priority: IsDefault ? Infinity : Number(Priority),
    paths: valuesOf("path-pattern"),
    hosts: valuesOf("host-header"),
    asksMore: Conditions.some(({ Field }) => Field !== "path-pattern" && Field !== "host-header"),
    targetGroupArns: [...new Set(groups)],
    before: Actions.flatMap(({ Type }) => (Type?.startsWith("authenticate") ? [Type] : [])),
    sticky: forwards.some(({ ForwardConfig }) => ForwardConfig?.TargetGroupStickinessConfig?.Enabled === true),
  };
}
