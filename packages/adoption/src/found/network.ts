import type { RouteTable, Subnet } from "@aws-sdk/client-ec2";

import type { Asking } from "./asking";

/** Subnets of a VPC, told apart by where their routes lead. */
export interface FoundSubnets {
  /** With a route to an internet gateway. */
  publicSubnetIds: string[];
  /** With a route to a NAT gateway or somewhere else than the VPC. */
  privateSubnetIds: string[];
  /** With no route out of the VPC. */
  isolatedSubnetIds: string[];
}

/**
 * The subnets of a VPC; undefined where AWS didn't tell.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
 */
export async function subnetsOf({ clients, sight }: Asking, vpcId: string): Promise<FoundSubnets | undefined> {
  const { paginateDescribeRouteTables, paginateDescribeSubnets } = await import("@aws-sdk/client-ec2");
  const client = await clients.ec2();
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const [Subnets, RouteTables] = await Promise.all([
    sight.see(`subnets of ${vpcId}`, "ec2:DescribeSubnets", async () => {
      const found: Subnet[] = [];
      for await (const page of paginateDescribeSubnets({ client }, { Filters })) found.push(...(page.Subnets ?? []));
      return found;
    }),
    sight.see(`routes of the subnets of ${vpcId}`, "ec2:DescribeRouteTables", async () => {
      const found: RouteTable[] = [];
      for await (const page of paginateDescribeRouteTables({ client }, { Filters })) found.push(...(page.RouteTables ?? []));
      return found;
    }),
  ]);
  if (!Subnets || !RouteTables) return undefined;
  const main = RouteTables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
  const found: FoundSubnets = { publicSubnetIds: [], privateSubnetIds: [], isolatedSubnetIds: [] };
  for (const { SubnetId = "" } of [...Subnets].sort((a, b) => ((a.AvailabilityZone ?? "") < (b.AvailabilityZone ?? "") ? -1 : 1))) {
    const own = RouteTables.find(({ Associations = [] }) => Associations.some((association) => association.SubnetId === SubnetId));
    const routes = (own ?? main)?.Routes ?? [];
    const isPublic = routes.some(({ GatewayId }) => GatewayId?.startsWith("igw-"));
    const leadsOut = routes.some(({ DestinationCidrBlock, GatewayId }) => DestinationCidrBlock === "0.0.0.0/0" && GatewayId !== "local");
    found[isPublic ? "publicSubnetIds" : leadsOut ? "privateSubnetIds" : "isolatedSubnetIds"].push(SubnetId);
  }
  return found;
}
