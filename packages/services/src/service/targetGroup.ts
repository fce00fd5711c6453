import type { ArgumentErrors } from "@fairlead/foundation";
import { autoNamed, deregistrationValues, healthCheckValues, withDefaults } from "@fairlead/model";
import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";

import { refuseLateChecks } from "../healthCheckTimes";
import type { FeatureContext } from "./feature";

/** Health check of a target group. */
export interface HealthCheckArgs {
  /** `/` by default. */
  path?: string;
  /** Seconds between two checks of a target; 5 to 300. 15 by default: a bad task is out after two of them. */
  intervalSeconds?: number;
  /** Seconds after which a check without an answer has failed; 2 to 120 and less than the interval. 5 by default. */
  timeoutSeconds?: number;
  /** Answers that count as healthy. `200-299` by default. */
  matcher?: string;
  /** Checks in a row that must succeed before a target that failed gets requests again; 2 to 10. 2 by default: a new task serves after two. */
  healthyThresholdCount?: number;
  /** Checks in a row that must fail before a target gets no requests, and ECS ends its task; 2 to 10. 2 by default: a bad one is out after two. */
  unhealthyThresholdCount?: number;
  /**
   * Seconds after a task's start in which ECS does not end it for failed checks. 60 by default; as long as the program takes until it is ready.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html healthCheckGracePeriodSeconds
   */
  gracePeriodSeconds?: number;
}

/** What the target groups of a service share. */
export interface TargetGroupArgs {
  vpcId: pulumi.Input<string>;
  port: number;
  targetType: "ip" | "instance";
  healthCheck?: HealthCheckArgs;
  /** Seconds that a target that is leaving may finish its requests; 0 to 3,600. 30 by default, the tasks' own stop timeout. */
  deregistrationDelaySeconds?: number;
  /**
   * Seconds that a client's requests go to the same target, by a cookie; 1 to 604,800. By default each goes to any.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
   */
  stickinessSeconds?: number;
}

export function httpTargetGroup(name: string, args: TargetGroupArgs, options: pulumi.CustomResourceOptions): lb.TargetGroup {
  const { path, matcher } = withDefaults(args.healthCheck, healthCheckValues);
  return targetGroup(name, args, { protocol: "HTTP", path, matcher }, options);
}

export function tcpTargetGroup(
  name: string,
  args: Omit<TargetGroupArgs, "healthCheck">,
  options: pulumi.CustomResourceOptions,
): lb.TargetGroup {
  return targetGroup(name, args, { protocol: "TCP" }, options);
}

/**
 * ECS registers each task with the port that it serves at, so the target group's own port counts for none. It stays as it was first: another one would
 * replace the target group by an empty one.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html loadBalancers: instance and port together are the target
 */
function targetGroup(
  name: string,
  args: TargetGroupArgs,
  check: { protocol: "HTTP" | "TCP"; path?: string; matcher?: string },
  options: pulumi.CustomResourceOptions,
): lb.TargetGroup {
  const { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount } = withDefaults(
    args.healthCheck,
    healthCheckValues,
  );
  return new lb.TargetGroup(
    autoNamed(name, "targetGroup"),
    {
      vpcId: args.vpcId,
      targetType: args.targetType,
      protocol: check.protocol,
      port: args.port,
      deregistrationDelay: withDefaults(args, deregistrationValues).deregistrationDelaySeconds,
      ...(args.stickinessSeconds !== undefined && {
        stickiness: { enabled: true, type: "lb_cookie", cookieDuration: args.stickinessSeconds },
      }),
      healthCheck: {
        ...check,
        interval: intervalSeconds,
        timeout: timeoutSeconds,
        healthyThreshold: healthyThresholdCount,
        unhealthyThreshold: unhealthyThresholdCount,
      },
    },
    { ...options, ignoreChanges: ["port"] },
  );
}

/** Refuses what no load balancer could send requests to. */
export function checkTarget(
  { containerName, containerPort }: Pick<FeatureContext, "containerName" | "containerPort">,
  { deregistrationDelaySeconds }: Pick<TargetGroupArgs, "deregistrationDelaySeconds">,
  errors: ArgumentErrors,
): void {
  errors.range("deregistrationDelaySeconds", deregistrationDelaySeconds, deregistrationValues.deregistrationDelaySeconds, "seconds");
  if (!containerName || !containerPort) errors.refuse("containerPort", "a service behind a load balancer needs one");
}

/** Refuses what Elastic Load Balancing would refuse. */
export function checkHealthCheck(path: string, healthCheck: HealthCheckArgs | undefined, errors: ArgumentErrors): void {
  const checked = withDefaults(healthCheck, healthCheckValues);
  refuseLateChecks(path, checked, healthCheckValues, errors);
  for (const key of ["healthyThresholdCount", "unhealthyThresholdCount"] as const)
    errors.range(`${path}.${key}`, checked[key], healthCheckValues[key], "checks");
  errors.range(`${path}.gracePeriodSeconds`, checked.gracePeriodSeconds, healthCheckValues.gracePeriodSeconds, "seconds");
}
