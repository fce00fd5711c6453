import type * as awsx from "@pulumi/awsx/ec2";
import type * as pulumi from "@pulumi/pulumi";

/** Ids of a network's subnets. */
export interface NetworkSubnets {
  /** Of load balancers; one of each zone. */
  publicSubnetIds: pulumi.Output<string[]>;
  /** Of tasks. */
  privateSubnetIds: pulumi.Output<string[]>;
  /** Of databases. */
  isolatedSubnetIds: pulumi.Output<string[]>;
  /** A private subnet of each zone, for what takes no two of a zone: internal load balancers. */
  zonalPrivateSubnetIds: pulumi.Output<string[]>;
  /** An isolated subnet of each zone that tasks are in. A function, since it refuses an adopted VPC where file systems are used alone. */
  mountTargetSubnetIds: () => pulumi.Output<string[]>;
}

/** The subnets of a VPC of awsx's; tasks run in those of a kind. */
export function createdSubnets(vpc: awsx.Vpc, tasks: "private" | "isolated", zones: number): NetworkSubnets {
  const { publicSubnetIds, isolatedSubnetIds } = vpc;
  const privateSubnetIds = tasks === "isolated" ? isolatedSubnetIds : vpc.privateSubnetIds;
  return {
    publicSubnetIds: firstOfEachZone(publicSubnetIds, zones),
    privateSubnetIds,
    isolatedSubnetIds,
    zonalPrivateSubnetIds: firstOfEachZone(privateSubnetIds, zones),
    mountTargetSubnetIds: () => firstOfEachZone(isolatedSubnetIds, zones),
  };
}

/** awsx lists subnets zone by zone, and `transform` may ask for several of a kind in each. */
function firstOfEachZone(ids: pulumi.Output<string[]>, zones: number): pulumi.Output<string[]> {
  return ids.apply((all) => all.filter((_, index) => (index * zones) % all.length < zones));
}
