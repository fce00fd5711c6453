import { ArgumentErrors, assumedBy, autoNamed, nameProblem } from "@fairlead/foundation";
import type { Network } from "@fairlead/networking";
import type { CpuArchitecture } from "@fairlead/registry";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterCapacity } from "./capacity";
import type { Cluster } from "./cluster";

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
    const securityGroup = new ec2.SecurityGroup(name, { vpcId: args.network.vpcId, description: `Managed instances of ${name}` }, parent);
    new vpc.SecurityGroupEgressRule(
      `${name}-out`,
      { securityGroupId: securityGroup.id, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", description: "Out to anywhere" },
      parent,
    );
    const infrastructureRole = this.role(
      `${name}-infrastructure`,
      "ecs.amazonaws.com",
      "AmazonECSInfrastructureRolePolicyForManagedInstances",
    );
    // ECS looks for an instance profile whose name begins so.
    const instanceRole = this.role(`ecsInstanceRole-${name}`, "ec2.amazonaws.com", "AmazonECSInstanceRolePolicyForManagedInstances");
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
    this.ready = new ecs.CapacityProvider(name, args.transform?.(base) ?? base, parent);
    this.capacityProvider = name;
    this.securityGroupId = securityGroup.id;
    args.cluster.addCapacity(this);
    this.registerOutputs({ capacityProvider: name });
  }

  private role(name: string, service: string, managedPolicy: string): iam.Role {
    const parent = { parent: this };
    const role = new iam.Role(autoNamed(name, "role"), { assumeRolePolicy: assumedBy(service) }, parent);
    const prefix = service === "ecs.amazonaws.com" ? "" : "service-role/";
    new iam.RolePolicyAttachment(name, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${prefix}${managedPolicy}` }, parent);
    return role;
  }
}
