import { ArgumentErrors, loadedProvider } from "@fairlead/foundation";
import { jobValues, withDefaults, type CpuArchitecture } from "@fairlead/model";
import type { ServiceLogGroup } from "@fairlead/observability";
import * as pulumi from "@pulumi/pulumi";

import type { CapacityProviderStrategyItem } from "../cluster/capacity";
import { strategyArgs, type Cluster } from "../cluster/cluster";
import { outboundSecurityGroup } from "../cluster/outboundSecurityGroup";
import { checkTaskNetwork, taskSecurityGroups, taskSubnets, type TaskNetworkArgs } from "../cluster/taskNetwork";
import { openPort, type Reachable } from "../service/openPort";
import type { TaskDefinition } from "../task/taskDefinition";
import type { TaskRunProperties } from "./taskRunProvider";

/** Arguments of {@link Job}. */
export interface JobArgs extends TaskNetworkArgs {
  cluster: Cluster;
  taskDefinition: TaskDefinition<CpuArchitecture>;
  logGroup: ServiceLogGroup;
  region: string;
  /**
   * Minutes after which it is stopped and has failed; 1 to 1,440. 30 by default: a migration that takes longer wants to be watched. One that outlives the
   * session of whoever runs `up`, or the workflow, goes on: the next `up` finds it and waits for it.
   */
  timeoutMinutes?: number;
  /** Ports that are opened for its tasks before the first one starts. None by default. */
  reaches?: Reachable[];
  /** What must be there before it runs. Nothing by default. */
  after?: pulumi.Input<pulumi.Resource>[];
  /** What its task runs on. The cluster's default strategy by default. */
  capacityProviderStrategy?: CapacityProviderStrategyItem[];
}

/**
 * A task that `up` runs once for each new task definition, and whose exit code 0 others wait for: a database migration before the rollout of
 * the service that needs it. If it fails, `up` fails with its reason, exit code and last log lines, and what waits keeps running as it was.
 *
 * An `up` that finds the same job still running, from one that was cut off, starts no second one and waits for it. Whoever runs `up` needs
 * `ecs:ListTasks`, `ecs:RunTask`, `ecs:DescribeTasks`, `ecs:StopTask`, `iam:PassRole` and `logs:GetLogEvents`.
 *
 * @example
 * ```ts
 * const migrate = new Job("migrate", { cluster, network, taskDefinition, logGroup, region: "us-east-1" });
 * new EcsService("orders", { cluster, network, taskDefinition, after: [migrate.completed] });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Job extends pulumi.ComponentResource {
  /** Exists once the task ended with exit code 0. */
  readonly completed: pulumi.Resource;
  readonly securityGroupId: pulumi.Output<string>;
  readonly label: string;

  constructor(name: string, args: JobArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:Job", name, {}, options);
    const { cluster, network, taskDefinition, timeoutMinutes } = withDefaults(args, jobValues);
    const errors = new ArgumentErrors();
    errors.range("timeoutMinutes", timeoutMinutes, jobValues.timeoutMinutes, "minutes");
    const strategy = args.capacityProviderStrategy ?? cluster.defaultCapacityProviderStrategy;
    checkTaskNetwork(args, strategy, errors);
    errors.throwIfAny(`Job ${name}`);
    const securityGroup = outboundSecurityGroup(name, `Tasks of ${name}`, network, this);
    const from = { label: name, securityGroupId: securityGroup.id };
    const opened = (args.reaches ?? []).map((reachable) => openPort(from, reachable, this));
    this.completed = new TaskRun(
      name,
      {
        name,
        region: args.region,
        clusterArn: cluster.arn,
        taskDefinitionArn: taskDefinition.arn,
        logGroupName: args.logGroup.name,
        subnetIds: taskSubnets(args),
        securityGroupIds: taskSecurityGroups(securityGroup.id, args),
        capacityProviderStrategy: strategyArgs(strategy),
        timeoutMinutes,
        // Where there is none, the resource is what it was.
        ...(args.assignPublicIp && { assignPublicIp: true }),
      },
      { parent: this, dependsOn: [...opened, ...network.ready, ...cluster.readyFor(strategy), ...(args.after ?? [])] },
    );
    this.securityGroupId = securityGroup.id;
    this.label = name;
    this.registerOutputs({});
  }
}

/** A run of the task, which a provider of ours makes. */
class TaskRun extends pulumi.CustomResource {
  constructor(
    name: string,
    properties: pulumi.Inputs & { [Key in keyof TaskRunProperties]: unknown },
    options: pulumi.CustomResourceOptions,
  ) {
    const __provider = loadedProvider("@fairlead/services/taskRunProvider");
    super("pulumi-nodejs:dynamic:Resource", name, { ...properties, __provider }, options);
  }
}
