import type * as ec2 from "@aws-sdk/client-ec2";

import { page, passes } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";

interface Paged {
  Filters?: ec2.Filter[];
  NextToken?: string;
  MaxResults?: number;
}

/** Those that were asked for, by page; an id that is unknown is refused as EC2 refuses it. */
function select<T>(
  { state: _, pageSize }: AnsweringAccount,
  input: Paged,
  all: readonly T[],
  by: {
    ids?: string[];
    idOf: (item: T) => string | undefined;
    error: string;
    noun: string;
    valuesOf: (item: T, filter: string) => (string | undefined)[];
  },
): { items: T[]; next: string | undefined } {
  const unknown = by.ids?.find((id) => !all.some((item) => by.idOf(item) === id));
  if (unknown !== undefined) throw new Refusal(by.error, `The ${by.noun} '${unknown}' does not exist`);
  const found = all
    .filter((item) => !by.ids?.length || by.ids.includes(by.idOf(item)!))
    .filter((item) => passes(input.Filters, (name) => by.valuesOf(item, name)));
  return page(found, input.NextToken, pageSize(input.MaxResults ?? 1000));
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export const ec2Answers = {
  DescribeSubnets(input: ec2.DescribeSubnetsRequest, account: AnsweringAccount): ec2.DescribeSubnetsResult {
    const { items, next } = select(account, input, account.state.subnets, {
      ...{ ids: input.SubnetIds, idOf: (each) => each.SubnetId, error: "InvalidSubnetID.NotFound", noun: "subnet ID" },
      valuesOf: ({ SubnetId, VpcId }, filter) => (filter === "subnet-id" ? [SubnetId] : filter === "vpc-id" ? [VpcId] : []),
    });
    return { Subnets: items, NextToken: next };
  },

  DescribeRouteTables(input: ec2.DescribeRouteTablesRequest, account: AnsweringAccount): ec2.DescribeRouteTablesResult {
    const { items, next } = select(account, input, account.state.routeTables, {
      ...{ ids: input.RouteTableIds, idOf: (each) => each.RouteTableId, error: "InvalidRouteTableID.NotFound", noun: "routeTable ID" },
      valuesOf: ({ VpcId, Associations = [] }, filter) =>
        filter === "vpc-id"
          ? [VpcId]
          : filter === "association.subnet-id"
            ? Associations.map(({ SubnetId }) => SubnetId)
            : filter === "association.main"
              ? Associations.map(({ Main }) => String(Main ?? false))
              : [],
    });
    return { RouteTables: items, NextToken: next };
  },

  DescribeSecurityGroups(input: ec2.DescribeSecurityGroupsRequest, account: AnsweringAccount): ec2.DescribeSecurityGroupsResult {
    const { items, next } = select(account, input, account.state.securityGroups, {
      ...{ ids: input.GroupIds, idOf: (each) => each.GroupId, error: "InvalidGroup.NotFound", noun: "security group" },
      valuesOf: ({ GroupId, VpcId, GroupName, Description }, filter) => {
        const values: Record<string, string | undefined> = {
          ...{ "group-id": GroupId, "vpc-id": VpcId },
          ...{ "group-name": GroupName, description: Description },
        };
        return [values[filter]];
      },
    });
    return { SecurityGroups: items, NextToken: next };
  },

  DescribeVpcEndpoints(input: ec2.DescribeVpcEndpointsRequest, account: AnsweringAccount): ec2.DescribeVpcEndpointsResult {
    const { items, next } = select(account, input, account.state.vpcEndpoints, {
      ...{ ids: input.VpcEndpointIds, idOf: (each) => each.VpcEndpointId, error: "InvalidVpcEndpointId.NotFound", noun: "Vpc Endpoint Id" },
      valuesOf: ({ VpcId, ServiceName }, filter) => (filter === "vpc-id" ? [VpcId] : filter === "service-name" ? [ServiceName] : []),
    });
    return { VpcEndpoints: items, NextToken: next };
  },

  DescribeNatGateways(input: ec2.DescribeNatGatewaysRequest, account: AnsweringAccount): ec2.DescribeNatGatewaysResult {
    const { items, next } = select(account, { ...input, Filters: input.Filter }, account.state.natGateways, {
      ...{ ids: input.NatGatewayIds, idOf: (each) => each.NatGatewayId, error: "NatGatewayNotFound", noun: "Nat Gateway" },
      valuesOf: ({ NatGatewayId, VpcId }, filter) => (filter === "nat-gateway-id" ? [NatGatewayId] : filter === "vpc-id" ? [VpcId] : []),
    });
    return { NatGateways: items, NextToken: next };
  },

  DescribeNetworkInterfaces(input: ec2.DescribeNetworkInterfacesRequest, account: AnsweringAccount): ec2.DescribeNetworkInterfacesResult {
    const { items, next } = select(account, input, account.state.networkInterfaces, {
      ...{ ids: input.NetworkInterfaceIds, idOf: (each) => each.NetworkInterfaceId, error: "InvalidNetworkInterfaceID.NotFound" },
      noun: "networkInterface ID",
      valuesOf: ({ SubnetId, VpcId }, filter) => (filter === "subnet-id" ? [SubnetId] : filter === "vpc-id" ? [VpcId] : []),
    });
    return { NetworkInterfaces: items, NextToken: next };
  },

  DescribeVpcAttribute({ VpcId, Attribute }: ec2.DescribeVpcAttributeRequest, { state }: AnsweringAccount): ec2.DescribeVpcAttributeResult {
    const vpc = state.vpcs.find((each) => each.VpcId === VpcId);
    if (!vpc) throw new Refusal("InvalidVpcID.NotFound", `The vpc ID '${VpcId}' does not exist`);
    return Attribute === "enableDnsSupport"
      ? { VpcId, EnableDnsSupport: { Value: vpc.enableDnsSupport ?? true } }
      : { VpcId, EnableDnsHostnames: { Value: vpc.enableDnsHostnames ?? true } };
  },
};
