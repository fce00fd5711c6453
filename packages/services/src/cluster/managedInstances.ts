import { ArgumentErrors, serviceRole, type Statement } from "@fairlead/foundation";
import { autoNamed, nameProblem, type CpuArchitecture } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterCapacity } from "./capacity";
import type { Cluster } from "./cluster";
import { outboundSecurityGroup } from "./outboundSecurityGroup";

/** Arguments of {@link ManagedInstances}. */
export interface ManagedInstancesArgs {
  network: Network;
  cluster: Cluster;
  /** CPU of the instances that ECS may choose. Graviton for `ARM64`, Intel and AMD for `X86_64`. */
  cpuArchitecture: CpuArchitecture;
  /** vCPUs of one instance, from and to. 2 to 16 by default: room for several tasks, without paying for much that is idle. */
  vcpuCount?: { min: number; max: number };
  /** Memory of one instance in MiB, from and to. 4,096 and up by default. */
  memoryMiB?: { min: number; max?: number };
  /** Disk of an instance in GiB. 80 by default, ECS's own. */
  storageGiB?: number;
  /** Changes the arguments of the capacity provider just before it is created. */
  transform?: (args: ecs.CapacityProviderArgs) => ecs.CapacityProviderArgs;
}

/**
 * ECS Managed Instances: EC2 instances that AWS chooses, patches and replaces, for what Fargate's sizes don't fit. Tasks need no other
 * task definition than on Fargate. The capacity provider's name in AWS is the component's.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html
 * @example
 * ```ts
 * new ManagedInstances("managed", { network, cluster, cpuArchitecture: "ARM64" });
 * ```
 */
export class ManagedInstances extends pulumi.ComponentResource implements ClusterCapacity {
  readonly capacityProvider: string;
  readonly compatibility = "FARGATE";
  readonly ready: pulumi.Resource;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: ManagedInstancesArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:ManagedInstances", name, {}, options);
    const errors = new ArgumentErrors();
    errors.refuse("name", nameProblem(name, "capacityProvider"));
    errors.throwIfAny(`ManagedInstances ${name}`);
    const parent = { parent: this };
    const securityGroup = outboundSecurityGroup(name, `Managed instances of ${name}`, args.network, this);
    const { role: instanceRole } = serviceRole(
      `ecsInstanceRole-${name}`,
      {
        service: "ec2.amazonaws.com",
        description: "ECS agent of the instances",
        managedPolicies: ["service-role/AmazonECSInstanceRolePolicyForManagedInstances"],
      },
      parent,
    );
    const { role: infrastructureRole, policies } = serviceRole(
      `${name}-infrastructure`,
      {
        service: "ecs.amazonaws.com",
        description: "ECS manages the instances with it",
        // AWS's policy lets ECS pass `role/ecsInstanceRole*`, which a role with a path is not.
        statements: [passToInstances(instanceRole.arn)],
        managedPolicies: ["AmazonECSInfrastructureRolePolicyForManagedInstances"],
      },
      parent,
    );
    const profile = new iam.InstanceProfile(autoNamed(`ecsInstanceRole-${name}`, "role"), { role: instanceRole.name }, parent);
    const base: ecs.CapacityProviderArgs = {
      name,
      cluster: args.cluster.arn.apply(() => args.cluster.clusterName),
      managedInstancesProvider: {
        infrastructureRoleArn: infrastructureRole.arn,
        propagateTags: "CAPACITY_PROVIDER",
        instanceLaunchTemplate: {
          ec2InstanceProfileArn: profile.arn,
          monitoring: "BASIC",
          networkConfiguration: { subnets: args.network.privateSubnetIds, securityGroups: [securityGroup.id] },
          storageConfiguration: { storageSizeGib: args.storageGiB ?? 80 },
          instanceRequirements: {
            vcpuCount: args.vcpuCount ?? { min: 2, max: 16 },
            memoryMib: args.memoryMiB ?? { min: 4096 },
            cpuManufacturers: args.cpuArchitecture === "ARM64" ? ["amazon-web-services"] : ["intel", "amd"],
          },
        },
      },
    };
    this.ready = new ecs.CapacityProvider(name, args.transform?.(base) ?? base, {
      parent: this,
      dependsOn: [...policies, ...args.network.ready],
    });
    this.capacityProvider = name;
    this.securityGroupId = securityGroup.id;
    args.cluster.addCapacity(this);
    this.registerOutputs({ capacityProvider: name });
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-instance-profile.html */
function passToInstances(roleArn: pulumi.Input<string>): Statement {
  return {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: roleArn,
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  };
}
