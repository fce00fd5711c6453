import type { VpcEndpoint } from "@aws-sdk/client-ec2";

import type { ScriptedAccount } from "../scriptedAccount";

/** Ids of the network in which scenes take place. */
export const network = {
  vpcId: "vpc-0a1",
  subnetIds: ["subnet-0a1", "subnet-0b1"],
  loadBalancerSecurityGroupId: "sg-0balancer",
  endpointSecurityGroupId: "sg-0endpoints",
  natGatewayId: "nat-0a1",
} as const;

/** As AWS answers it: the SDK's type has it in another case. */
const available = "available" as VpcEndpoint["State"];

/** A VPC with two private subnets in two zones, whose way out is a NAT gateway, and S3's gateway endpoint. */
export function buildNetwork({ state, region, accountId }: ScriptedAccount): void {
  const { vpcId, subnetIds, natGatewayId } = network;
  state.vpcs.push({ VpcId: vpcId, CidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
  state.natGateways.push({ NatGatewayId: natGatewayId, VpcId: vpcId, State: "available", SubnetId: "subnet-0public" });
  subnetIds.forEach((SubnetId, index) => {
    state.subnets.push({
      ...{ SubnetId, VpcId: vpcId, CidrBlock: `10.0.${index}.0/24`, AvailableIpAddressCount: 240, State: "available" },
      ...{ AvailabilityZone: `${region}${"ab"[index]}`, MapPublicIpOnLaunch: false, OwnerId: accountId },
    });
    state.routeTables.push({
      ...{ RouteTableId: `rtb-0${index}`, VpcId: vpcId },
      Associations: [{ RouteTableAssociationId: `rtbassoc-0${index}`, RouteTableId: `rtb-0${index}`, SubnetId, Main: false }],
      Routes: [
        { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
        { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: natGatewayId, State: "active" },
      ],
    });
  });
  state.vpcEndpoints.push({
    ...{ VpcEndpointId: "vpce-0s3", VpcEndpointType: "Gateway", VpcId: vpcId, State: available },
    ...{ ServiceName: `com.amazonaws.${region}.s3`, RouteTableIds: ["rtb-00", "rtb-01"] },
  });
  state.securityGroups.push({
    ...{ GroupId: network.loadBalancerSecurityGroupId, GroupName: "dev-load-balancer", VpcId: vpcId },
    IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    IpPermissionsEgress: [everything()],
  });
}

/** A rule that lets everything out, or in. */
export const everything = () => ({ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] });

/**
 * Takes the way to the internet away: the routes to the NAT gateway.
 */
export function withoutNat({ state }: ScriptedAccount): void {
  for (const table of state.routeTables) table.Routes = table.Routes!.filter(({ NatGatewayId }) => NatGatewayId === undefined);
  state.natGateways = [];
}

/** Adds interface endpoints, named as they stand after `com.amazonaws.<region>.`, whose security group admits HTTPS from the VPC. */
export function addEndpoints({ state, region }: ScriptedAccount, names: readonly string[]): void {
  const { endpointSecurityGroupId: GroupId, vpcId, subnetIds } = network;
  if (!state.securityGroups.some((group) => group.GroupId === GroupId)) {
    state.securityGroups.push({
      ...{ GroupId, GroupName: "dev-endpoints", VpcId: vpcId, IpPermissionsEgress: [everything()] },
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: "10.0.0.0/16" }] }],
    });
  }
  for (const name of names) {
    state.vpcEndpoints.push({
      ...{ VpcEndpointId: `vpce-0${name.replace(".", "")}`, VpcEndpointType: "Interface", VpcId: vpcId, State: available },
      ...{ ServiceName: `com.amazonaws.${region}.${name}`, SubnetIds: [...subnetIds], PrivateDnsEnabled: true },
      Groups: [{ GroupId, GroupName: "dev-endpoints" }],
    });
  }
}
