import { serviceType } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";

import { requestChanges, type RequestChange } from "../src";
import { output, planOf, resource, urnOf } from "../testing/plans";

export const types = {
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
};

export const notFound = [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }];
export const toHttps = [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }];
export const forwardTo = (service: string) => [{ type: "forward", targetGroupArn: output(types.targetGroup, service, "arn") }];
export const shifted = (service: string, weights: [number, number] = [100, 0]) => [
  {
    type: "forward",
    forward: {
      targetGroups: [service, `${service}-green`].map((name, index) => ({
        arn: output(types.targetGroup, name, "arn"),
        weight: weights[index],
      })),
    },
  },
];

export const weighted = (weights: Record<string, number>) => [
  {
    type: "forward",
    forward: { targetGroups: Object.entries(weights).map(([name, weight]) => ({ arn: output(types.targetGroup, name, "arn"), weight })) },
  },
];

/** A load balancer with one listener for each port. */
export function loadBalancer(ports: Record<number, unknown> = { 80: notFound }, name = "shop"): PlanResource[] {
  return [
    resource(types.loadBalancer, name),
    ...Object.entries(ports).map(([port, defaultActions]) =>
      resource(types.listener, `${name}-${port}`, {
        loadBalancerArn: output(types.loadBalancer, name, "arn"),
        port: Number(port),
        protocol: port === "443" ? "HTTPS" : "HTTP",
        defaultActions,
      }),
    ),
  ];
}

/** A service's component, with its target groups. */
export function service(name: string, spec: Record<string, unknown> = {}): PlanResource[] {
  const component = resource(serviceType, name, { spec: { name, ...spec } }, { custom: false });
  return [component, ...[name, `${name}-green`].map((each) => resource(types.targetGroup, each, {}, { parent: urnOf(serviceType, name) }))];
}

export interface RuleParts {
  host?: string[];
  path?: string[];
  priority?: unknown;
  actions?: unknown;
  conditions?: unknown[];
  listener?: string;
}

export const rule = (name: string, { host, path, priority, actions, conditions = [], listener = "shop-80" }: RuleParts, others = {}) =>
  resource(
    types.rule,
    name,
    {
      listenerArn: output(types.listener, listener, "arn"),
      priority,
      conditions: [
        ...(host ? [{ hostHeader: { values: host } }] : []),
        ...(path ? [{ pathPattern: { values: path } }] : []),
        ...conditions,
      ],
      actions,
    },
    others,
  );

/** A rule of one path that forwards to a service. */
export const route = (path: string, to: string, priority: unknown, listener?: string) =>
  rule(`${path} ${to}`, { path: [path], priority, actions: forwardTo(to), listener });

const services = ["api", "web", "admin"].flatMap((name) => service(name));

/** An environment with the services api, web and admin, and these rules. */
export const environment = (...resources: PlanResource[]): Plan => planOf(...loadBalancer(), ...services, ...resources);

export const texts = (before: Plan, after: Plan) => requestChanges(before, after).map(({ text }) => text);
export const only = (before: Plan, after: Plan): RequestChange => {
  const all = requestChanges(before, after);
  expect(all).toHaveLength(1);
  return all[0]!;
};
