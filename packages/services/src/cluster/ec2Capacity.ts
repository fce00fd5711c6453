import { ArgumentErrors, isClosedToAutoScaling, serviceRole, type ServiceRoleArgs } from "@fairlead/foundation";
import { autoNamed, coded, nameProblem, type CpuArchitecture } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterCapacity } from "./capacity";
import { outboundSecurityGroup } from "./outboundSecurityGroup";

/** Arguments of {@link Ec2Capacity}. */
export interface Ec2CapacityArgs {
  network: Network;
  /** Name of the cluster that the instances join. */
  clusterName: string;
  /** CPU of the instances: it decides which ECS-optimised image they start from. Must be the instance type's. */
  cpuArchitecture: CpuArchitecture;
  /** Such as `m7g.large`. */
  instanceType: string;
  /** Instances at least and at most. 0 and 10 by default: the capacity provider adds them when tasks wait. */
  minSize?: number;
  maxSize?: number;
  /** Percentage of the instances that tasks should fill; 1 to 100. 100 by default: less keeps some idle for a faster start. */
  targetCapacityPercent?: number;
  /** Root disk in GiB; at least 30, the image's own size. 30 by default. */
  rootVolumeGiB?: number;
  /**
   * ARN of the KMS key of the disks, whose policy lets EC2 Auto Scaling use it: an `EncryptionKey` with `autoScaling`. The account's EBS key by
   * default.
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** Changes the arguments of the launch template just before it is created. */
  transform?: (args: ec2.LaunchTemplateArgs) => ec2.LaunchTemplateArgs;
}

/** Where AWS publishes the newest ECS-optimised image. Resolved by EC2 at each launch, so that a new image shows no change in a preview. */
const imageParameters: Record<CpuArchitecture, string> = {
  X86_64: "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  ARM64: "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
};

/**
 * EC2 instances for a cluster: an Auto Scaling group that ECS scales with the tasks, drains before it ends an instance, and protects while
 * tasks run on it. The capacity provider's name in AWS is the component's.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 * @example
 * ```ts
 * const instances = new Ec2Capacity("graviton", {
 *   network, clusterName: "prod", cpuArchitecture: "ARM64", instanceType: "m7g.large", maxSize: 6,
 * });
 * const withInstances = new Cluster("prod", { capacity: [instances] });
 * ```
 */
export class Ec2Capacity extends pulumi.ComponentResource implements ClusterCapacity {
  readonly capacityProvider: string;
  readonly compatibility = "EC2";
  readonly ready: pulumi.Resource;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: Ec2CapacityArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:Ec2Capacity", name, {}, options);
    validate(name, args);
    warnOfMissingEndpoints(name, args.network, this);
    const parent = { parent: this };
    const securityGroup = outboundSecurityGroup(name, `Instances of ${name}`, args.network, this);
    const template = this.launchTemplate(name, args, securityGroup.id);
    const group = new autoscaling.Group(
      name,
      {
        minSize: args.minSize ?? 0,
        maxSize: args.maxSize ?? 10,
        vpcZoneIdentifiers: args.network.privateSubnetIds,
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        healthCheckType: "EC2",
        protectFromScaleIn: true,
        instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100 } },
        tags: [
          { key: "Name", value: name, propagateAtLaunch: true },
          // ECS adds it, and a group without it shows a change in each preview.
          { key: "AmazonECSManaged", value: "true", propagateAtLaunch: true },
        ],
      },
      { parent: this, dependsOn: args.network.ready, ignoreChanges: ["desiredCapacity"] },
    );
    const provider = new ecs.CapacityProvider(
      name,
      {
        name,
        autoScalingGroupProvider: {
          autoScalingGroupArn: group.arn,
          managedDraining: "ENABLED",
          managedTerminationProtection: "ENABLED",
          managedScaling: { status: "ENABLED", targetCapacity: args.targetCapacityPercent ?? 100, minimumScalingStepSize: 1 },
        },
      },
      parent,
    );
    this.capacityProvider = name;
    this.ready = provider;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({ capacityProvider: name });
  }

  private launchTemplate(name: string, args: Ec2CapacityArgs, securityGroupId: pulumi.Output<string>): ec2.LaunchTemplate {
    const base: ec2.LaunchTemplateArgs = {
      imageId: `resolve:ssm:${imageParameters[args.cpuArchitecture]}`,
      instanceType: args.instanceType,
      iamInstanceProfile: { arn: this.instanceProfile(name).arn },
      networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [securityGroupId] }],
      // One hop: a task in awsvpc mode can't take the instance's credentials.
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: args.rootVolumeGiB ?? 30, volumeType: "gp3", encrypted: "true", kmsKeyId: args.kmsKeyArn },
        },
      ],
      userData: Buffer.from(userData(args.clusterName)).toString("base64"),
      updateDefaultVersion: true,
    };
    return new ec2.LaunchTemplate(name, args.transform?.(base) ?? base, { parent: this });
  }

  private instanceProfile(name: string): iam.InstanceProfile {
    const managedPolicies = ["service-role/AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore"];
    const args: ServiceRoleArgs = { service: "ec2.amazonaws.com", description: "ECS agent of the instances", managedPolicies };
    const { role } = serviceRole(`${name}-instance`, args, { parent: this });
    return new iam.InstanceProfile(autoNamed(`${name}-instance`, "role"), { role: role.name }, { parent: this });
  }
}

function userData(clusterName: string): string {
  const settings = [
    `ECS_CLUSTER=${clusterName}`,
    "ECS_AWSVPC_BLOCK_IMDS=true",
    "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true",
    "ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance",
  ];
  return ["#!/bin/bash", ...settings.map((setting) => `echo ${setting} >> /etc/ecs/ecs.config`), ""].join("\n");
}

/** By which the agent of an instance registers it and is told of tasks. */
const agentServices = ["ecs", "ecs-agent", "ecs-telemetry"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html */
function warnOfMissingEndpoints(name: string, { reachableServices }: Network, parent: pulumi.Resource): void {
  const missing = agentServices.filter((service) => reachableServices && !reachableServices.includes(service));
  if (missing.length === 0) return;
  const message =
    `The instances of ${name} run where natGateways is "none", and no endpoint leads to ${missing.join(", ")}: they would not join the cluster. ` +
    "Name them in additionalEndpoints.";
  void pulumi.log.warn(coded("FL2307", message), parent);
}

/** Graviton's families have a g after the generation: m7g, c8gn, t4g. */
function architectureOfType(instanceType: string): CpuArchitecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) && !/^g\d/.test(instanceType) ? "ARM64" : "X86_64";
}

function validate(name: string, args: Ec2CapacityArgs): void {
  const errors = new ArgumentErrors();
  errors.refuse("name", nameProblem(name, "capacityProvider"));
  errors.range("targetCapacityPercent", args.targetCapacityPercent, [1, 100], "percent");
  errors.range("rootVolumeGiB", args.rootVolumeGiB, [30, 16384], "GiB");
  if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(args.instanceType)) errors.refuse("instanceType", `"${args.instanceType}": expected family.size`);
  const architecture = architectureOfType(args.instanceType);
  if (architecture !== args.cpuArchitecture) {
    errors.refuse(
      "instanceType",
      `${args.instanceType} is ${architecture}, cpuArchitecture is ${args.cpuArchitecture}: the instance would not boot its image`,
    );
  }
  if (args.kmsKeyArn !== undefined && isClosedToAutoScaling(args.kmsKeyArn)) {
    const reason =
      "the key's policy does not let EC2 Auto Scaling use it, and no instance would start: give the EncryptionKey autoScaling: true";
    errors.refuse("kmsKeyArn", reason);
  }
  errors.throwIfAny(`Ec2Capacity ${name}`);
}
