import { coded } from "@fairlead/model";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { NetworkSubnets } from "./networkSubnets";

/** A VPC that exists already. */
export interface AdoptedVpcArgs {
  vpcId: string;
  /** Subnets with a route to an internet gateway, one of each zone. By default those of the VPC that give public addresses at launch. */
  publicSubnetIds?: string[];
  /** Subnets for tasks. By default those of the VPC that give no public addresses at launch. */
  privateSubnetIds?: string[];
  /** Subnets for databases, with no way to the internet. The private ones by default. */
  isolatedSubnetIds?: string[];
  /**
   * How many zones its private and isolated subnets are in. 2 by default, the least that an environment works with. A file system has so many
   * mount targets, and is refused where tasks are in more zones.
   */
  availabilityZones?: number;
}

/** What a subnet is for. */
type SubnetKind = "public" | "private" | "isolated";

/** A subnet, and the zone that it is in. */
export interface ZonedSubnet {
  id: string;
  zone: string;
}

/** The subnets of an adopted VPC: those given, else those found by whether they hand out public addresses at launch. */
export function adoptedSubnets(args: AdoptedVpcArgs, options: pulumi.InvokeOptions): NetworkSubnets {
  const { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds, availabilityZones = 2 } = args;
  const subnets = (kind: SubnetKind, given: string[] | undefined, zones: number) =>
    withZones(given ? pulumi.output(given) : findSubnets(vpcId, kind, options), options).apply((each) =>
      inEnoughZones(each, kind, vpcId, zones),
    );
  const ids = (each: pulumi.Output<ZonedSubnet[]>) => each.apply((known) => known.map(({ id }) => id));
  const publicOnes = subnets("public", publicSubnetIds, 2);
  const privateOnes = subnets("private", privateSubnetIds, availabilityZones);
  const isolatedOnes = isolatedSubnetIds ? subnets("isolated", isolatedSubnetIds, availabilityZones) : privateOnes;
  return {
    publicSubnetIds: ids(publicOnes.apply(publicSubnetIds ? inDifferentZones : onePerZone)),
    privateSubnetIds: ids(privateOnes),
    isolatedSubnetIds: ids(isolatedOnes),
    zonalPrivateSubnetIds: ids(privateOnes.apply(onePerZone)),
    mountTargetSubnetIds: () =>
      ids(pulumi.all([isolatedOnes, privateOnes]).apply(([isolated, tasks]) => forMountTargets(isolated, tasks, vpcId, availabilityZones))),
  };
}

/** In an order that stays. */
function findSubnets(vpcId: string, kind: SubnetKind, options: pulumi.InvokeOptions): pulumi.Output<string[]> {
  const filters = [
    { name: "vpc-id", values: [vpcId] },
    { name: "map-public-ip-on-launch", values: [String(kind === "public")] },
  ];
  return ec2.getSubnetsOutput({ filters }, options).ids.apply((ids) => [...ids].sort());
}

function withZones(ids: pulumi.Output<string[]>, options: pulumi.InvokeOptions): pulumi.Output<ZonedSubnet[]> {
  return ids.apply((known) =>
    pulumi.all(known.map((id) => ec2.getSubnetOutput({ id }, options).availabilityZone.apply((zone) => ({ id, zone })))),
  );
}

/** @throws pulumi.RunError with FL2301 for subnets in fewer zones */
export function inEnoughZones(subnets: ZonedSubnet[], kind: SubnetKind, vpcId: string, zones: number): ZonedSubnet[] {
  const found = [...new Set(subnets.map(({ zone }) => zone))];
  if (found.length >= zones) return subnets;
  throw new pulumi.RunError(
    coded(
      "FL2301",
      `${vpcId} has ${kind} subnets in ${found.join(", ") || "no zone"}: ${zones} zones are needed. ` +
        `Name them as ${kind}SubnetIds, or add them to the VPC.`,
    ),
  );
}

/**
 * The first subnet of each zone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer one a zone
 */
export function onePerZone(subnets: ZonedSubnet[]): ZonedSubnet[] {
  return subnets.filter(({ zone }, index) => subnets.findIndex((other) => other.zone === zone) === index);
}

/** As AWS names zones and local zones; in a plan without AWS it is not known which subnets share one. */
const zoneName = /^[a-z]+(-[a-z]+)+-\d+(-[a-z]+-\d+)?[a-z]$/;

/**
 * The first isolated subnets of different zones, as many as zones are counted on: how many mount targets there are is said before AWS is asked.
 *
 * @throws pulumi.RunError with FL2306 for tasks in other zones, which could mount nothing
 * @see https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html
 */
export function forMountTargets(isolated: ZonedSubnet[], tasks: ZonedSubnet[], vpcId: string, zones: number): ZonedSubnet[] {
  const zonal = onePerZone(isolated);
  const chosen = zonal.slice(0, zones);
  const left = onePerZone(tasks).flatMap(({ zone }) => (zoneName.test(zone) && chosen.every((other) => other.zone !== zone) ? zone : []));
  if (left.length === 0) return chosen;
  const places = left.map((zone) => zonal.findIndex((subnet) => subnet.zone === zone));
  const fix = places.includes(-1)
    ? `Name an isolated subnet in ${left.join(", ")}, and set availabilityZones to the number of zones`
    : `Set availabilityZones to ${Math.max(...places) + 1}`;
  throw new pulumi.RunError(
    coded(
      "FL2306",
      `${vpcId} has private subnets in ${left.join(", ")}, and mount targets in ${chosen.map(({ zone }) => zone).join(", ")}: ` +
        `tasks would be started where they can't mount a file system. ${fix}, or name privateSubnetIds without them.`,
    ),
  );
}

/** @throws Error with FL2303 for two that were named and are in one zone */
export function inDifferentZones(subnets: ZonedSubnet[]): ZonedSubnet[] {
  const first = onePerZone(subnets);
  const second = subnets.find((subnet) => !first.includes(subnet));
  if (!second) return subnets;
  const { id } = first.find(({ zone }) => zone === second.zone)!;
  throw new Error(
    coded(
      "FL2303",
      `publicSubnetIds has ${id} and ${second.id}, both in ${second.zone}: a load balancer takes one of each zone. Leave one out.`,
    ),
  );
}
