import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as vpc from "@pulumi/aws/vpc";
import type { Network } from "@fairlead/networking";
import type { CpuArchitecture } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "./cluster";
import type { ServiceFeature } from "./feature";
import type { TaskDefinition } from "./taskDefinition";

/** Arguments of {@link FargateService}. */
export interface FargateServiceArgs {
  cluster: Cluster;
  network: Network;
  taskDefinition: TaskDefinition<CpuArchitecture>;
  /** Container that serves, and its port. */
  containerName: string;
  containerPort: number;
  /** Tasks to keep running. 1 by default; 2 or more where one zone's outage must not be the service's. */
  desiredCount?: number;
  /** What the service has besides its tasks: routes, a discovery name… */
  features?: ServiceFeature[];
  /** Changes the arguments of the ECS service just before it is created. */
  transform?: (args: ecs.ServiceArgs) => ecs.ServiceArgs;
}

/**
 * An ECS service on Fargate in private subnets. Its security group admits nobody until a feature or {@link allowCalls} opens its port.
 * Its name in AWS is the component's. A deployment whose tasks don't become healthy is rolled back, and `up` waits for the outcome.
 *
 * @example
 * ```ts
 * new FargateService("api", {
 *   cluster, network, taskDefinition, containerName: "api", containerPort: 3000,
 *   features: [loadBalancing({ network, loadBalancer, routes: [{ path: "/api/*", priority: 100 }] }), discovery(namespace)],
 * });
 * ```
 */
export class FargateService extends pulumi.ComponentResource {
  readonly serviceName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly containerPort: number;
  readonly label: string;

  constructor(name: string, args: FargateServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:FargateService", name, {}, options);
    const parent = { parent: this };
    const securityGroup = new ec2.SecurityGroup(name, { vpcId: args.network.vpcId, description: `Tasks of ${name}` }, parent);
    new vpc.SecurityGroupEgressRule(
      `${name}-out`,
      { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", description: "Out to anywhere" },
      parent,
    );
    const { containerName, containerPort } = args;
    const context = { name, parent: this, containerName, containerPort, securityGroupId: securityGroup.id };
    const features = (args.features ?? []).map((feature) => feature(context));
    const base: ecs.ServiceArgs = {
      name,
      cluster: args.cluster.arn,
      taskDefinition: args.taskDefinition.arn,
      desiredCount: args.desiredCount ?? 1,
      capacityProviderStrategies: [{ capacityProvider: args.cluster.capacity, weight: 1 }],
      networkConfiguration: {
        subnets: args.network.privateSubnetIds,
        securityGroups: [securityGroup.id],
        assignPublicIp: false,
      },
      deploymentCircuitBreaker: { enable: true, rollback: true },
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      availabilityZoneRebalancing: "ENABLED",
      propagateTags: "SERVICE",
      enableEcsManagedTags: true,
      waitForSteadyState: true,
      ...Object.assign({}, ...features.map((feature) => feature.service)),
    };
    const service = new ecs.Service(name, args.transform?.(base) ?? base, {
      parent: this,
      dependsOn: features.flatMap((feature) => feature.dependsOn ?? []),
    });
    this.serviceName = service.name;
    this.securityGroupId = securityGroup.id;
    this.containerPort = containerPort;
    this.label = name;
    this.registerOutputs({ serviceName: this.serviceName, securityGroupId: this.securityGroupId });
  }
}

/** Opens the port of `to` for the tasks of `from`, and for nobody else. */
export function allowCalls(from: FargateService, to: FargateService): void {
  new vpc.SecurityGroupIngressRule(
    `${to.label}-from-${from.label}`,
    {
      securityGroupId: to.securityGroupId,
      referencedSecurityGroupId: from.securityGroupId,
      ipProtocol: "tcp",
      fromPort: to.containerPort,
      toPort: to.containerPort,
      description: `From ${from.label}`,
    },
    { parent: to },
  );
}
