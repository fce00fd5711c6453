import { ArgumentErrors } from "@fairlead/foundation";
import { clusterTag, scalingTargets, scalingValues, scheduleValues, withDefaults } from "@fairlead/model";
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import * as pulumi from "@pulumi/pulumi";

import { backlogPerTask } from "./backlog";
import type { DeployedService, ServiceFeature } from "./feature";

/** A time at which the limits change. */
export interface ScheduledScaling {
  /** Distinguishes it from the others. */
  name: string;
  /**
   * `cron(minute hour day month weekday year)`, `at(yyyy-mm-ddThh:mm:ss)` or `rate(5 minutes)`, as Application Auto Scaling reads them.
   * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
   */
  schedule: string;
  /** Of `cron` and `at`, such as `Europe/Berlin`. `UTC` by default. */
  timezone?: string;
  minCapacity?: number;
  maxCapacity?: number;
}

/**
 * A metric of CloudWatch's that falls as tasks are added, and the value of it to hold.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/create-target-tracking-policy-metric.html
 */
export interface CustomMetric {
  /** Distinguishes it from the others. */
  name: string;
  namespace: string;
  metricName: string;
  dimensions?: Record<string, pulumi.Input<string>>;
  /** Over a minute. `Average` by default. */
  statistic?: "Average" | "Minimum" | "Maximum" | "SampleCount" | "Sum";
  targetValue: number;
}

/**
 * How many tasks a service has. Targets that are given are held together: the one that asks for most tasks wins.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export interface ScalingArgs {
  /** Tasks at least. 2 by default: one zone's outage, or one task's, is not the service's. */
  minCapacity?: number;
  /** Tasks at most. 10 by default: a limit on the bill that most services never meet. */
  maxCapacity?: number;
  /** Average CPU to hold, in percent. 70 by default: room for what comes while a new task starts. False for none. */
  cpuPercent?: number | false;
  /** Average memory to hold, in percent. 80 by default: memory grows slower than CPU. False for none. */
  memoryPercent?: number | false;
  /** Requests per minute for each task, at the load balancer. None by default: only the service's owner knows. */
  requestsPerTarget?: number;
  /** Average time in which tasks answer the load balancer, in seconds. None by default. */
  responseTimeSeconds?: number;
  /** Metrics of your own to hold. None by default. */
  customMetrics?: CustomMetric[];
  /** Messages waiting in a queue for each task: what a task takes off it in the time that a message may wait. None by default. */
  queueBacklog?: { queueName: pulumi.Input<string>; messagesPerTask: number };
  schedules?: ScheduledScaling[];
  /** Seconds after adding tasks before more are added. 60 by default: tasks that were just asked for have started by then. */
  scaleOutCooldownSeconds?: number;
  /** Seconds after taking tasks away before more are. 300 by default: traffic that comes back soon finds them. */
  scaleInCooldownSeconds?: number;
}

/**
 * Scales the service with its load. From then on the scaler alone decides the number of tasks: an `up` leaves it as it is.
 *
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export function scaling(args: ScalingArgs): ServiceFeature {
  return ({ name }) => {
    validate(name, args);
    return { ignoreChanges: ["desiredCount"], afterService: (service) => scale(service, args) };
  };
}

function scale(service: DeployedService, args: ScalingArgs): void {
  const { name, clusterName, parent, resource } = service;
  const { minCapacity, maxCapacity, cpuPercent, memoryPercent, scaleOutCooldownSeconds, scaleInCooldownSeconds } = withDefaults(
    args,
    scalingValues,
  );
  const dimension = {
    resourceId: `service/${clusterName}/${name}`,
    scalableDimension: "ecs:service:DesiredCount",
    serviceNamespace: "ecs",
  };
  const tags = { [clusterTag]: clusterName };
  const target = new appautoscaling.Target(name, { ...dimension, minCapacity, maxCapacity, tags }, { parent, dependsOn: resource });
  const track = (
    suffix: string,
    targetValue: number,
    metric: Partial<appautoscaling.PolicyArgs["targetTrackingScalingPolicyConfiguration"] & object>,
  ) => {
    new appautoscaling.Policy(
      `${name}-${suffix}`,
      {
        name: `${name}-${suffix}`,
        policyType: "TargetTrackingScaling",
        resourceId: target.resourceId,
        scalableDimension: target.scalableDimension,
        serviceNamespace: target.serviceNamespace,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          scaleOutCooldown: scaleOutCooldownSeconds,
          scaleInCooldown: scaleInCooldownSeconds,
          ...metric,
        },
      },
      { parent },
    );
  };
  const predefined = (predefinedMetricType: string, resourceLabel?: pulumi.Output<string>) => ({
    predefinedMetricSpecification: { predefinedMetricType, resourceLabel },
  });
  if (cpuPercent !== false) track("cpu", cpuPercent, predefined("ECSServiceAverageCPUUtilization"));
  if (memoryPercent !== false) track("memory", memoryPercent, predefined("ECSServiceAverageMemoryUtilization"));
  const [targetGroup] = service.targetGroups;
  if (args.requestsPerTarget && targetGroup) {
    const label = pulumi.interpolate`${targetGroup.loadBalancerArnSuffix}/${targetGroup.arnSuffix}`;
    track("requests", args.requestsPerTarget, predefined("ALBRequestCountPerTarget", label));
  }
  if (args.responseTimeSeconds && targetGroup) {
    const dimensions = { LoadBalancer: targetGroup.loadBalancerArnSuffix, TargetGroup: targetGroup.arnSuffix };
    const metric = { namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", unit: "Seconds", dimensions };
    track("response-time", args.responseTimeSeconds, customized(metric));
  }
  for (const { name: metric, targetValue, ...given } of args.customMetrics ?? []) track(metric, targetValue, customized(given));
  if (args.queueBacklog) {
    const { queueName, messagesPerTask } = args.queueBacklog;
    track("backlog", messagesPerTask, { customizedMetricSpecification: { metrics: backlogPerTask(queueName, clusterName, name) } });
  }
  for (const schedule of args.schedules ?? []) {
    new appautoscaling.ScheduledAction(
      `${name}-${schedule.name}`,
      {
        name: `${name}-${schedule.name}`,
        ...dimension,
        resourceId: target.resourceId,
        schedule: schedule.schedule,
        timezone: withDefaults(schedule, scheduleValues).timezone,
        scalableTargetAction: { minCapacity: schedule.minCapacity, maxCapacity: schedule.maxCapacity },
      },
      { parent },
    );
  }
}

function customized({ dimensions = {}, statistic = "Average", ...metric }: Omit<CustomMetric, "name" | "targetValue"> & { unit?: string }) {
  const named = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return { customizedMetricSpecification: { ...metric, statistic, dimensions: named.length > 0 ? named : undefined } };
}

function validate(name: string, args: ScalingArgs): void {
  const { minCapacity, maxCapacity } = withDefaults(args, scalingValues);
  const errors = new ArgumentErrors();
  errors.range("scaling.minCapacity", minCapacity, [scalingValues.minCapacity.minimum, maxCapacity], "tasks, at most maxCapacity");
  errors.range("scaling.maxCapacity", maxCapacity, scalingValues.maxCapacity, "tasks");
  for (const key of ["cpuPercent", "memoryPercent"] as const) {
    if (args[key] !== false) errors.range(`scaling.${key}`, args[key], scalingValues[key], "percent");
  }
  errors.range("scaling.requestsPerTarget", args.requestsPerTarget, [1, 1_000_000], "requests per minute");
  const names = (args.customMetrics ?? []).map((metric) => metric.name);
  for (const [index, metric] of names.entries()) {
    const isTaken = scalingTargets.includes(metric) || names.indexOf(metric) < index;
    errors.refuse(`scaling.customMetrics.${index}.name`, isTaken ? `"${metric}" is the name of another target` : undefined);
  }
  errors.throwIfAny(`Service ${name}`);
}
