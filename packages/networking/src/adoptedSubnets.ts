import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { AdoptedVpcArgs } from "./network";

/** The subnets of an adopted VPC: those given, else those found by whether they hand out public addresses at launch. */
export function adoptedSubnetIds(args: AdoptedVpcArgs, options: pulumi.InvokeOptions) {
  const find = (publicAddresses: boolean) =>
    ec2
      .getSubnetsOutput(
        {
          filters: [
            { name: "vpc-id", values: [args.vpcId] },
            { name: "map-public-ip-on-launch", values: [String(publicAddresses)] },
          ],
        },
        options,
      )
      .ids.apply((ids) => {
        if (ids.length >= 2) return [...ids].sort();
        const kind = publicAddresses ? "public" : "private";
        throw new Error(
          `FL2101 ${args.vpcId} has ${ids.length} ${kind} subnets, at least 2 in different zones are needed. ` +
            `Name them as ${kind}SubnetIds, or add them to the VPC.`,
        );
      });
  return {
    publicSubnetIds: args.publicSubnetIds ? pulumi.output(args.publicSubnetIds) : find(true),
    privateSubnetIds: args.privateSubnetIds ? pulumi.output(args.privateSubnetIds) : find(false),
  };
}
