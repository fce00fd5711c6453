import { ArgumentErrors, serviceRole, type RoleWithPolicies, type ServiceRoleArgs, type Statement } from "@fairlead/foundation";
import { isFargate, nameProblem, taskValues, type CpuArchitecture } from "@fairlead/model";
import { ServiceAlarms, type ServiceAlarmsArgs } from "@fairlead/observability";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

import { checkStrategy, type CapacityProviderStrategyItem } from "../cluster/capacity";
import { strategyArgs, type Cluster } from "../cluster/cluster";
import { outboundSecurityGroup } from "../cluster/outboundSecurityGroup";
import { checkTaskNetwork, taskSecurityGroups, taskSubnets, type TaskNetworkArgs } from "../cluster/taskNetwork";
import type { TaskDefinition } from "../task/taskDefinition";
import { checkDeployment, deploymentArgs, type DeploymentArgs } from "./deployment";
import type { FeatureContext, ServiceFeature } from "./feature";
import { openPort, type Reachable } from "./openPort";
import { checkPlacement, placementArgs, rebalances, type Placement } from "./placement";
import { Rollout } from "./rollout";

/** Arguments of {@link EcsService}. */
export interface EcsServiceArgs extends TaskNetworkArgs {
  cluster: Cluster;
  taskDefinition: TaskDefinition<CpuArchitecture>;
  /** Container that serves, and its port. None for a service that serves nothing, such as a worker. */
  containerName?: string;
  containerPort?: number;
  /** Tasks to keep running; with scaling those to begin with. 1 by default; 2 or more where one zone's outage must not be the service's. */
  desiredCount?: number;
  /** What its tasks run on. The cluster's default strategy by default. */
  capacityProviderStrategy?: CapacityProviderStrategyItem[];
  /** Where tasks go on instances. Spread over zones and instances by default; nothing to choose on Fargate. */
  placement?: Placement;
  /** How new revisions come out. Task by task by default. */
  deployment?: DeploymentArgs;
  /** Ports that are opened for its tasks before the first one starts: of databases, caches, file systems. None by default. */
  reaches?: Reachable[];
  /** What must be there, or have ended well, before its tasks are rolled out: a {@link Job}'s `completed`. Nothing by default. */
  after?: pulumi.Input<pulumi.Resource>[];
  /** What the service has besides its tasks: routes, a discovery name, scaling… */
  features?: ServiceFeature[];
  /** Alarms, which also stop a deployment. None by default. */
  alarms?: Omit<ServiceAlarmsArgs, "clusterName" | "serviceName" | "targetGroups">;
  /** Changes the arguments of the ECS service just before it is created. */
  transform?: (args: ecs.ServiceArgs) => ecs.ServiceArgs;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const maxTargetGroups = 5;

/**
 * An ECS service, in private subnets unless it asks for public addresses. Its security group admits nobody until a feature or {@link openPort} opens its port. Its name in AWS
 * is the component's. A deployment whose tasks don't become healthy, or that sets off an alarm, is rolled back, and `up` waits for the
 * outcome: it fails where another revision serves than the one that was asked for.
 *
 * @example
 * ```ts
 * new EcsService("api", {
 *   cluster, network, taskDefinition, containerName: "api", containerPort: 3000, deployment: { strategy: "CANARY" },
 *   features: [loadBalancing({ network, loadBalancer, routes: [{ path: "/api/*", priority: 100 }] }), scaling({ cpuPercent: 70 })],
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class EcsService extends pulumi.ComponentResource {
  readonly serviceName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly containerPort: number | undefined;
  readonly label: string;
  /** Exists once its tasks serve, for what must come after its rollout. */
  readonly completed: pulumi.Resource;

  constructor(name: string, args: EcsServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super(
      "fairlead:services:EcsService",
      name,
      {},
      {
        ...options,
        // Its name while every service ran on Fargate: without the alias an update would replace all that is below.
        aliases: [{ type: "fairlead:services:FargateService" }, ...(options?.aliases ?? [])],
      },
    );
    const { cluster, taskDefinition, deployment = {} } = args;
    const strategy = args.capacityProviderStrategy ?? cluster.defaultCapacityProviderStrategy;
    validate(name, args, strategy);
    const parent = { parent: this };
    const awsvpc = taskDefinition.networkMode === "awsvpc";
    const { containerName, containerPort } = args;
    // Without a network interface of its own a task is behind the instance's security group.
    const securityGroupId = awsvpc
      ? outboundSecurityGroup(name, `Tasks of ${name}`, args.network, this).id
      : cluster.instanceSecurityGroupId(strategy)!;
    const context: FeatureContext = {
      ...{ name, parent: this, clusterArn: cluster.arn, containerName, containerPort, securityGroupId, deployment },
      targetType: awsvpc ? "ip" : "instance",
      networkMode: taskDefinition.networkMode,
    };
    const features = (args.features ?? []).map((feature) => feature(context));
    const targetGroups = features.flatMap((feature) => feature.targetGroups ?? []);
    const loadBalancers = features.flatMap((feature) => (feature.service?.loadBalancers ?? []) as []);
    refuseTooMany(name, loadBalancers);
    const opened = (args.reaches ?? []).map((reachable) => openPort({ label: name, securityGroupId }, reachable, this));
    const { clusterName } = cluster;
    const alarms = args.alarms && new ServiceAlarms(name, { ...args.alarms, clusterName, serviceName: name, targetGroups }, parent);
    const hooks = deployment.lifecycleHooks?.length ? this.hookRole(name, deployment) : undefined;
    const before = [
      ...features.flatMap((feature) => feature.dependsOn ?? []),
      ...opened,
      ...args.network.ready,
      ...cluster.readyFor(strategy),
      ...(args.after ?? []),
      ...(hooks?.policies ?? []),
    ];
    const base: ecs.ServiceArgs = {
      name,
      cluster: cluster.arn,
      taskDefinition: taskDefinition.arn,
      desiredCount: args.desiredCount ?? 1,
      capacityProviderStrategies: strategyArgs(strategy),
      networkConfiguration: awsvpc
        ? {
            subnets: taskSubnets(args),
            securityGroups: taskSecurityGroups(securityGroupId, args),
            assignPublicIp: isFargate(strategy[0]!.capacityProvider) ? (args.assignPublicIp ?? false) : undefined,
          }
        : undefined,
      ...deploymentArgs(deployment, hooks?.role.arn),
      ...placementArgs(args.placement, strategy),
      alarms: alarms?.rollbackAlarmNames.length ? { enable: true, rollback: true, alarmNames: alarms.rollbackAlarmNames } : undefined,
      availabilityZoneRebalancing: rebalances(deployment, args.placement, strategy) ? "ENABLED" : "DISABLED",
      enableExecuteCommand: taskDefinition.enableExecuteCommand || undefined,
      propagateTags: "SERVICE",
      enableEcsManagedTags: true,
      // The provider's waiting ends after 20 minutes, and takes what ECS went back to for what was asked for.
      waitForSteadyState: false,
      // Without it the provider refuses another capacity provider strategy. So every change of the service starts a deployment.
      forceNewDeployment: true,
      ...Object.assign({}, ...features.map((feature) => feature.service)),
      loadBalancers: loadBalancers.length > 0 ? loadBalancers : undefined,
    };
    const ignoreChanges = features.flatMap((feature) => feature.ignoreChanges ?? []);
    const dependsOn = alarms ? [...before, alarms] : before;
    const serviceArgs = args.transform?.(base) ?? base;
    const service = new ecs.Service(name, serviceArgs, { parent: this, dependsOn, ignoreChanges });
    const pace = {
      ...deployment,
      desiredCount: args.desiredCount,
      hasAlarms: base.alarms !== undefined,
      hookStages: deployment.lifecycleHooks?.flatMap(({ stages }) => stages).length,
    };
    for (const { afterService } of features) afterService?.({ name, clusterName, resource: service, parent: this, targetGroups });
    this.serviceName = service.name;
    this.securityGroupId = securityGroupId;
    this.containerPort = containerPort;
    this.label = name;
    this.completed = new Rollout(name, { service, serviceArgs, ignoreChanges, pace }, parent);
    this.registerOutputs({ serviceName: this.serviceName, securityGroupId: this.securityGroupId });
  }

  /** The role with which ECS calls a deployment's hooks. */
  private hookRole(name: string, { lifecycleHooks = [] }: DeploymentArgs): RoleWithPolicies {
    const Resource = lifecycleHooks.map(({ functionArn }) => functionArn);
    const statements: Statement[] = [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource }];
    const args: ServiceRoleArgs = { service: "ecs.amazonaws.com", description: "ECS calls hooks with it", statements };
    return serviceRole(`${name}-hooks`, args, { parent: this });
  }
}

function validate(name: string, args: EcsServiceArgs, strategy: CapacityProviderStrategyItem[]): void {
  const errors = new ArgumentErrors();
  errors.refuse("name", nameProblem(name, "service"));
  errors.range("desiredCount", args.desiredCount, taskValues.desiredCount, "tasks");
  checkStrategy("capacityProviderStrategy", strategy, args.cluster.capacityProviders, errors);
  checkDeployment(args.deployment ?? {}, errors);
  checkPlacement(args.placement, strategy, errors);
  checkTaskNetwork(args, strategy, errors);
  errors.throwIfAny(`Service ${name}`);
}

function refuseTooMany(name: string, loadBalancers: { advancedConfiguration?: unknown }[]): void {
  const count = loadBalancers.reduce((sum, { advancedConfiguration }) => sum + (advancedConfiguration ? 2 : 1), 0);
  const errors = new ArgumentErrors();
  if (count > maxTargetGroups) errors.refuse("features", `${count} target groups: ECS allows ${maxTargetGroups} for a service`);
  errors.throwIfAny(`Service ${name}`);
}
