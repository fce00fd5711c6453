import { ArgumentErrors, serviceRole, type RoleWithPolicies } from "@fairlead/foundation";
import { healthCheckValues, shiftedRuleValues, shiftsTraffic, stickinessValues, withDefaults } from "@fairlead/model";
import type { FormerTargetGroup, Network, ServiceLoadBalancer } from "@fairlead/networking";
import type { types } from "@pulumi/aws";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

import type { DeploymentArgs } from "./deployment";
import type { FeatureContext, FeatureResult, ServiceFeature } from "./feature";
import { portsOf } from "./openPort";
import { ReturnedTraffic } from "./returnedTraffic";
import { formerNamesOfShifted, nameOfRoute, nameOfShifted, withSuffixes, type Match } from "./ruleNames";
import { checkHealthCheck, checkTarget, httpTargetGroup, type HealthCheckArgs, type TargetGroupArgs } from "./targetGroup";

/** A path, and perhaps a host, that the load balancer forwards to the service, and the rule's priority on its listener, 1 to 50,000. */
export interface Route {
  path: string;
  /** Host name of the request, such as `api.example.com` or `*.example.com`. Any by default. */
  host?: string;
  /** Ranges of addresses that it answers to; 3 at most, and none where deployments shift traffic. Any by default. */
  sourceIps?: string[];
  priority: number;
  /** Priority of the rule for requests with the test header; before `priority`. Needed where deployments shift traffic. */
  testPriority?: number;
}

/** Arguments of {@link loadBalancing}. */
export interface LoadBalancingArgs {
  network: Network;
  loadBalancer: ServiceLoadBalancer;
  routes: Route[];
  /**
   * Names that the rules of several services can have had before 0.3.0: no rule takes over what is called so. None by default; `ambiguousRuleNames()` finds those
   * of the services of one stack.
   */
  ambiguousNames?: ReadonlySet<string>;
  healthCheck?: HealthCheckArgs;
  /** Seconds that a target that is leaving may finish its requests; 0 to 3,600. 30 by default, the tasks' own stop timeout. */
  deregistrationDelaySeconds?: number;
  /** Seconds that a client's requests go to the same task, by a cookie; 1 to 604,800. By default each goes to any. Not where deployments shift traffic. */
  stickinessSeconds?: number;
}

/**
 * Puts the service behind the environment's load balancer, and admits the load balancer alone to its port. Where deployments shift traffic
 * there are two target groups, a test rule beside each rule, and the role with which ECS moves the rules' weights.
 */
export function loadBalancing(args: LoadBalancingArgs): ServiceFeature {
  return (context) => {
    const { name, parent, containerName, containerPort, targetType } = context;
    const errors = new ArgumentErrors();
    checkHealthCheck("healthCheck", args.healthCheck, errors);
    checkTarget(context, args, errors);
    const former = args.loadBalancer.formerTargetGroupOf(name);
    const shifting = shiftsTraffic(context.deployment);
    if (former && shifting)
      errors.refuse(
        "deployment",
        `${context.deployment.strategy} has ECS set the weights of its rule, and formerTargetGroups sets them too: roll it until all requests are moved`,
      );
    errors.range("stickinessSeconds", args.stickinessSeconds, stickinessValues.stickinessSeconds, "seconds");
    // A rule that leads to two target groups may not lead clients back to one of them: ECS is to decide how many come to each.
    if (shifting && args.stickinessSeconds !== undefined)
      errors.refuse(
        "stickinessSeconds",
        "deployments that shift traffic lead clients away from their tasks: take the strategy ROLLING, or leave it out",
      );
    // AWS refuses a rule of several groups of which one is sticky, unless the rule is too, and then it keeps clients at the group that they came to first.
    if (former && args.stickinessSeconds !== undefined)
      errors.refuse(
        "stickinessSeconds",
        "would keep clients at the former tasks, of formerTargetGroups: leave it out until all requests are moved",
      );
    errors.throwIfAny(`Service ${name}`);

    const { healthCheck, deregistrationDelaySeconds, stickinessSeconds } = args;
    const target: TargetGroupArgs = {
      vpcId: args.network.vpcId,
      port: containerPort!,
      targetType,
      healthCheck,
      deregistrationDelaySeconds,
      stickinessSeconds,
    };
    const targetGroup = httpTargetGroup(name, target, { parent });
    const alternate = shifting ? httpTargetGroup(`${name}-green`, target, { parent }) : undefined;
    const openings = admitLoadBalancer(context, args.loadBalancer.securityGroupId);
    const actions = alternate ? shiftedBetween(targetGroup, alternate) : forwardTo(targetGroup, former);
    const matches = withSuffixes(
      alternate ? [oneMatch(name, args.routes)] : args.routes.map((route) => ({ ...route, paths: [route.path] })),
    );
    const both = alternate ? [targetGroup, alternate] : [targetGroup];
    const { clusterArn } = context;
    const returned = alternate
      ? undefined
      : new ReturnedTraffic(name, { clusterArn, serviceName: name, targetGroupArn: targetGroup.arn }, { parent });
    const rules = matches.map((match, index) => {
      const options = alternate
        ? shiftedOptions(match, both, args, context, false)
        : { ...passedOptions(match, index, args, context), dependsOn: returned };
      return listenerRule(match, actions, args.loadBalancer, context, options);
    });
    const testRules = (alternate ? matches : []).map((match) =>
      listenerRule(match, actions, args.loadBalancer, context, shiftedOptions(match, both, args, context, true), true),
    );
    const targetGroups = both.map(({ arnSuffix }) => ({
      arnSuffix,
      loadBalancerArnSuffix: args.loadBalancer.arnSuffix,
    }));
    const traffic = alternate && trafficRole(name, parent);
    return {
      service: {
        loadBalancers: [
          {
            targetGroupArn: targetGroup.arn,
            containerName: containerName!,
            containerPort: containerPort!,
            advancedConfiguration: alternate && {
              alternateTargetGroupArn: alternate.arn,
              productionListenerRule: rules[0]!.arn,
              testListenerRule: testRules[0]!.arn,
              roleArn: traffic!.role.arn,
            },
          },
        ],
        healthCheckGracePeriodSeconds: withDefaults(healthCheck, healthCheckValues).gracePeriodSeconds,
      },
      // ECS refuses a service whose target group no listener uses yet.
      dependsOn: [...rules, ...testRules, ...openings, ...(traffic?.policies ?? [])],
      targetGroups,
    } satisfies FeatureResult;
  };
}

/** To the service, or in parts to it and to what it takes the place of. */
function forwardTo(targetGroup: lb.TargetGroup, former: FormerTargetGroup | undefined): lb.ListenerRuleArgs["actions"] {
  if (!former) return [{ type: "forward", targetGroupArn: targetGroup.arn }];
  return weighted([targetGroup.arn, 100 - former.percent], [former.targetGroupArn, former.percent]);
}

function shiftedBetween(targetGroup: lb.TargetGroup, alternate: lb.TargetGroup): lb.ListenerRuleArgs["actions"] {
  return weighted([targetGroup.arn, 100], [alternate.arn, 0]);
}

function weighted(...groups: [arn: pulumi.Input<string>, weight: number][]): lb.ListenerRuleArgs["actions"] {
  return [{ type: "forward", forward: { targetGroups: groups.map(([arn, weight]) => ({ arn, weight })) } }];
}

/** ECS shifts the weights of one rule, so all of a service's paths go into it. */
function oneMatch(name: string, routes: Route[]): Omit<Match, "suffix"> {
  const paths = routes.map(({ path }) => path);
  const errors = new ArgumentErrors();
  if (new Set(routes.map(({ host }) => host)).size > 1)
    errors.refuse("routes", "deployments that shift traffic need one host for all routes");
  if (routes.some(({ sourceIps }) => sourceIps !== undefined))
    errors.refuse("routes", "sourceIps have no room in the one rule of deployments that shift traffic: take the strategy ROLLING");
  const room = shiftedRuleValues - (routes[0]?.host ? 1 : 0);
  if (paths.length > room)
    errors.refuse("routes", `${paths.length} paths: deployments that shift traffic put all into one rule, which takes ${room}`);
  errors.throwIfAny(`Service ${name}`);
  return { ...routes[0]!, paths };
}

function conditions({ paths, host, sourceIps }: Pick<Match, "paths" | "host" | "sourceIps">): types.input.lb.ListenerRuleCondition[] {
  return [
    ...(host ? [{ hostHeader: { values: [host] } }] : []),
    { pathPattern: { values: paths } },
    ...(sourceIps ? [{ sourceIp: { values: sourceIps } }] : []),
  ];
}

/**
 * A rule of the listener for a match; a test rule answers to the test header as well, and comes before. Where traffic isn't shifted the rule is called
 * after its route: a route that moves to another service, or whose service gets another name, is one rule that turns to another target group. Where
 * it is, ECS owns what the rule does, so each service has a rule of its own.
 */
function listenerRule(
  match: Match,
  actions: lb.ListenerRuleArgs["actions"],
  loadBalancer: ServiceLoadBalancer,
  { name, deployment }: FeatureContext,
  options: pulumi.CustomResourceOptions,
  forTest = false,
): lb.ListenerRule {
  loadBalancer.addRule();
  const { name: httpHeaderName, value } = testHeader(deployment);
  return new lb.ListenerRule(
    shiftsTraffic(deployment) ? nameOfShifted(name, loadBalancer, forTest) : nameOfRoute(loadBalancer.label, match),
    {
      listenerArn: loadBalancer.listenerArn,
      priority: forTest ? (match.testPriority ?? match.priority - 1) : match.priority,
      conditions: [...(forTest ? [{ httpHeader: { httpHeaderName, values: [value] } }] : []), ...conditions(match)],
      actions,
    },
    options,
  );
}

/** Of a rule that passes from service to service. The aliases are its name before 0.3.0, and that of the service's rule while it shifted traffic. */
function passedOptions(
  match: Match,
  index: number,
  args: LoadBalancingArgs,
  { name, parent }: FeatureContext,
): pulumi.CustomResourceOptions {
  const shifted = index === 0 ? [nameOfShifted(name, args.loadBalancer, false)] : [];
  return { parent, aliases: aliasesOf([`${name}${match.suffix}`, ...shifted], args) };
}

/**
 * Of a rule whose weights ECS moves while it deploys; the program must not move them back. So nothing turns the rule to other target groups: where these are
 * replaced it is too, and goes first, as AWS refuses a priority that is taken.
 */
function shiftedOptions(
  match: Match,
  targetGroups: lb.TargetGroup[],
  args: LoadBalancingArgs,
  { name, parent }: FeatureContext,
  forTest: boolean,
): pulumi.CustomResourceOptions {
  const aliases = aliasesOf(formerNamesOfShifted(name, match, forTest), args);
  return { parent, aliases, ignoreChanges: ["actions"], replaceWith: targetGroups, deleteBeforeReplace: true };
}

function aliasesOf(names: string[], { ambiguousNames }: LoadBalancingArgs): pulumi.Alias[] {
  return names.filter((name) => !ambiguousNames?.has(name)).map((name) => ({ name }));
}

function testHeader(deployment: DeploymentArgs): { name: string; value: string } {
  return deployment.testHeader ?? { name: "x-fairlead-test", value: "true" };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html */
function trafficRole(name: string, parent: pulumi.Resource): RoleWithPolicies {
  const managedPolicies = ["AmazonECSInfrastructureRolePolicyForLoadBalancers"];
  return serviceRole(
    `${name}-traffic`,
    { service: "ecs.amazonaws.com", description: "ECS shifts traffic with it", managedPolicies },
    { parent },
  );
}

/**
 * Opens the service's port for a load balancer's security group, and the load balancer's way out to it. Without both no health check passes, so the
 * service waits for them.
 */
export function admitLoadBalancer(
  context: FeatureContext,
  loadBalancerSecurityGroupId: pulumi.Output<string>,
  label = "alb",
): pulumi.Resource[] {
  const { name, parent, containerPort, securityGroupId } = context;
  const port = { ipProtocol: "tcp", ...portsOf(context.networkMode, containerPort!) };
  // Another port is another opening, which is there before the new tasks; the old one stays until the old tasks are gone. The aliases are the names before 0.3.0.
  const nameOf = (formerName: string) => `${formerName}-${port.fromPort}`;
  const options = (formerName: string) => ({ parent, aliases: [{ name: formerName }] });
  const [ingressName, egressName] = [`${name}-from-${label}`, `${label}-to-${name}`];
  const from = { securityGroupId, referencedSecurityGroupId: loadBalancerSecurityGroupId, description: "From the load balancer" };
  const ingress = new vpc.SecurityGroupIngressRule(nameOf(ingressName), { ...port, ...from }, options(ingressName));
  const to = { securityGroupId: loadBalancerSecurityGroupId, referencedSecurityGroupId: securityGroupId, description: `To ${name}` };
  const egress = new vpc.SecurityGroupEgressRule(nameOf(egressName), { ...port, ...to }, options(egressName));
  return [ingress, egress];
}
