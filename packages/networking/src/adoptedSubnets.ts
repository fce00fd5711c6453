import { coded } from "@fairlead/model";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

/** A VPC that exists already. */
export interface AdoptedVpcArgs {
  vpcId: string;
  /** Subnets with a route to an internet gateway. By default those of the VPC that give public addresses at launch. */
  publicSubnetIds?: string[];
  /** Subnets for tasks. By default those of the VPC that give no public addresses at launch. */
  privateSubnetIds?: string[];
  /** Subnets for databases, with no way to the internet. The private ones by default. */
  isolatedSubnetIds?: string[];
  /** How many zones its private subnets are in. 2 by default, the least that an environment works with. */
  availabilityZones?: number;
}

/** The subnets of an adopted VPC: those given, else those found by whether they hand out public addresses at launch. */
export function adoptedSubnetIds(args: AdoptedVpcArgs, options: pulumi.InvokeOptions) {
  const find = (kind: "public" | "private") =>
    ec2
      .getSubnetsOutput(
        {
          filters: [
            { name: "vpc-id", values: [args.vpcId] },
            { name: "map-public-ip-on-launch", values: [String(kind === "public")] },
          ],
        },
        options,
      )
      .ids.apply((ids) => enoughSubnets(ids, kind, args.vpcId));
  return {
    publicSubnetIds: args.publicSubnetIds ? pulumi.output(args.publicSubnetIds) : find("public"),
    privateSubnetIds: args.privateSubnetIds ? pulumi.output(args.privateSubnetIds) : find("private"),
  };
}

/**
 * Subnets in an order that stays.
 *
 * @throws Error with FL2301 for fewer than two
 */
export function enoughSubnets(ids: readonly string[], kind: "public" | "private", vpcId: string): string[] {
  if (ids.length >= 2) return [...ids].sort();
  throw new Error(
    coded(
      "FL2301",
      `${vpcId} has ${ids.length} ${kind} subnets, at least 2 in different zones are needed. ` +
        `Name them as ${kind}SubnetIds, or add them to the VPC.`,
    ),
  );
}
