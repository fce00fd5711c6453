import { ArgumentErrors, logGroupArgs, type LogSettings } from "@fairlead/foundation";
import { capacityValues, fargateCapacityProviders, logGroupNameIn, nameProblem, ownNames, withDefaults } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

import { checkStrategy, type CapacityProviderStrategyItem, type ClusterCapacity } from "./capacity";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  /**
   * What services run on that don't say otherwise. All on `FARGATE` by default. `FARGATE_SPOT` costs about a third and may be interrupted
   * with two minutes' notice.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
   */
  defaultCapacityProviderStrategy?: CapacityProviderStrategyItem[];
  /** Instances besides Fargate. None by default. */
  capacity?: ClusterCapacity[];
  /**
   * Container Insights. `enhanced` by default: it is what shows the memory of one container. `disabled` saves its metrics' cost.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
   */
  containerInsights?: "enhanced" | "enabled" | "disabled";
  /**
   * Where ECS Exec records what is typed and printed: a log group of the cluster's own. `{}` by default, with the log settings' defaults.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  executeCommandLogs?: LogSettings;
  /** Changes the arguments of the cluster just before it is created. */
  transform?: (args: ecs.ClusterArgs) => ecs.ClusterArgs;
}

/**
 * The ECS cluster of an environment. Its name in AWS is the component's.
 *
 * @example
 * ```ts
 * const cluster = new Cluster("prod", {
 *   defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", base: 2 }, { capacityProvider: "FARGATE_SPOT", weight: 3 }],
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Cluster extends pulumi.ComponentResource {
  readonly clusterName: string;
  readonly arn: pulumi.Output<string>;
  readonly defaultCapacityProviderStrategy: CapacityProviderStrategyItem[];
  /** Log group of ECS Exec. */
  readonly executeCommandLogGroupArn: pulumi.Output<string>;
  readonly executeCommandKmsKeyArn: pulumi.Input<string> | undefined;
  readonly containerInsights: boolean;
  private readonly capacity = new Map<string, ClusterCapacity>();

  constructor(name: string, args: ClusterArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:Cluster", name, {}, options);
    this.clusterName = name;
    this.containerInsights = args.containerInsights !== "disabled";
    this.defaultCapacityProviderStrategy = args.defaultCapacityProviderStrategy ?? [{ capacityProvider: "FARGATE" }];
    const own = args.capacity ?? [];
    for (const capacity of own) this.addCapacity(capacity);
    const errors = new ArgumentErrors();
    errors.refuse("name", nameProblem(name, "cluster"));
    checkStrategy("defaultCapacityProviderStrategy", this.defaultCapacityProviderStrategy, this.capacityProviders, errors);
    errors.throwIfAny(`Cluster ${name}`);

    const parent = { parent: this };
    const execLogs = new cloudwatch.LogGroup(
      `${name}-exec`,
      logGroupArgs(logGroupNameIn(name, ownNames.executeCommandLogs), args.executeCommandLogs),
      parent,
    );
    const base: ecs.ClusterArgs = {
      name,
      settings: [{ name: "containerInsights", value: args.containerInsights ?? "enhanced" }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: args.executeCommandLogs?.kmsKeyArn,
          logging: "OVERRIDE",
          logConfiguration: {
            cloudWatchLogGroupName: execLogs.name,
            cloudWatchEncryptionEnabled: args.executeCommandLogs?.kmsKeyArn !== undefined,
          },
        },
      },
    };
    const cluster = new ecs.Cluster(name, args.transform?.(base) ?? base, parent);
    const providers = new ecs.ClusterCapacityProviders(
      name,
      {
        clusterName: cluster.name,
        capacityProviders: this.capacityProviders,
        defaultCapacityProviderStrategies: strategyArgs(this.defaultCapacityProviderStrategy),
      },
      { parent: this, dependsOn: own.map(({ ready }) => ready) },
    );
    this.executeCommandLogGroupArn = execLogs.arn;
    this.executeCommandKmsKeyArn = args.executeCommandLogs?.kmsKeyArn;
    // A service whose capacity provider is not associated yet is refused, so services depend on the association through the ARN.
    this.arn = pulumi.all([cluster.arn, providers.id]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }

  /** Names of the capacity providers that strategies may name. */
  get capacityProviders(): string[] {
    return [...fargateCapacityProviders, ...this.capacity.keys()];
  }

  /** Lets strategies name capacity that was made after the cluster, as managed instances are. */
  addCapacity(capacity: ClusterCapacity): void {
    this.capacity.set(capacity.capacityProvider, capacity);
  }

  /** What a task definition must be compatible with to run by this strategy. */
  compatibilityOf(strategy: CapacityProviderStrategyItem[] = this.defaultCapacityProviderStrategy): ClusterCapacity["compatibility"] {
    return this.capacity.get(strategy[0]!.capacityProvider)?.compatibility ?? "FARGATE";
  }

  /**
   * What must be there before anything runs by this strategy: capacity that was made after the cluster. What the cluster was made with its ARN
   * waits for.
   */
  readyFor(strategy: CapacityProviderStrategyItem[]): pulumi.Resource[] {
    return strategy.flatMap(({ capacityProvider }) => this.capacity.get(capacityProvider)?.ready ?? []);
  }

  /** Security group of the instances that a strategy leads to; undefined on Fargate. */
  instanceSecurityGroupId(strategy: CapacityProviderStrategyItem[]): pulumi.Output<string> | undefined {
    return this.capacity.get(strategy[0]!.capacityProvider)?.securityGroupId;
  }
}

/** A strategy as the ECS API takes it. */
export function strategyArgs(strategy: CapacityProviderStrategyItem[]) {
  return strategy
    .map((item) => withDefaults(item, capacityValues))
    .map(({ capacityProvider, base, weight }) => ({ capacityProvider, base, weight }));
}
