import {
  alsoNew,
  gains,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  noCapacity,
  turnedOff,
  turnedOn,
  unknown,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** Security groups, and their rules as resources, are compared as what they let through: `openings/connections`. */
const toldAsOpening: Judge = harmless;

const trafficFlow: Judge = ({ before, after }) =>
  before !== undefined && before !== "REJECT" && after !== "ALL" ? lessProtected("Less of the traffic is logged.") : undefined;

/** The VPC, and the ways in, out and through it. */
export const network: Readonly<Record<string, Judges>> = {
  "aws:ec2/vpc:Vpc": {
    tags: harmless,
    enableDnsSupport: turnedOff(noCapacity("No name is resolved in the VPC any more: neither services', nor databases', nor AWS's.")),
    enableDnsHostnames: turnedOff(
      interrupts("Private names of endpoints are not resolved any more: AWS is reached over the internet, or not at all."),
    ),
    enableNetworkAddressUsageMetrics: harmless,
    assignGeneratedIpv6CidrBlock: turnedOff(interrupts("Its IPv6 addresses go.")),
    ...Object.fromEntries(
      ["ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup", "ipv6IpamPoolId", "ipv6NetmaskLength"].map((name) => [
        name,
        whenever(interrupts("Its IPv6 addresses are other ones.")),
      ]),
    ),
  },
  "aws:ec2/subnet:Subnet": {
    tags: harmless,
    mapPublicIpOnLaunch: turnedOn(lessProtected("What starts in it gets a public address.")),
    assignIpv6AddressOnCreation: harmless,
    ...harmlessOnes("enableResourceNameDnsARecordOnLaunch enableResourceNameDnsAaaaRecordOnLaunch customerOwnedIpv4Pool"),
    enableDns64: harmless,
    privateDnsHostnameTypeOnLaunch: harmless,
    mapCustomerOwnedIpOnLaunch: whenever(unknown("Addresses are given out otherwise.")),
  },
  "aws:ec2/internetGateway:InternetGateway": { tags: harmless, vpcId: whenever(interrupts("Another VPC has the way to the internet.")) },
  "aws:ec2/natGateway:NatGateway": {
    tags: harmless,
    ...Object.fromEntries(
      ["secondaryAllocationIds", "secondaryPrivateIpAddresses", "secondaryPrivateIpAddressCount", "availabilityZoneAddresses"].map(
        (name) => [name, whenever(interrupts("Connections to the internet come from other addresses."))],
      ),
    ),
  },
  "aws:ec2/eip:Eip": {
    tags: harmless,
    instance: whenever(interrupts("The address leads elsewhere.")),
    networkInterface: whenever(interrupts("The address leads elsewhere.")),
    associateWithPrivateIp: whenever(interrupts("The address leads elsewhere.")),
  },
  "aws:ec2/routeTable:RouteTable": {
    tags: harmless,
    routes: whenever(interrupts("Packets take another way.")),
    propagatingVgws: whenever(interrupts("Packets take another way.")),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    routeTableId: alsoNew(interrupts("Its subnet follows other routes: what is in it may reach the internet, or be reached, or neither.")),
  },
  "aws:ec2/route:Route": {
    gatewayId: alsoNew(lessProtected("Packets take another way: through an internet gateway what has a public address can be reached.")),
    natGatewayId: whenever(interrupts("Packets take another way, and come from another address.")),
    transitGatewayId: whenever(interrupts("Packets take another way.")),
    vpcPeeringConnectionId: whenever(interrupts("Packets take another way.")),
    networkInterfaceId: whenever(interrupts("Packets take another way.")),
    ...Object.fromEntries(
      ["vpcEndpointId", "egressOnlyGatewayId", "carrierGatewayId", "localGatewayId", "coreNetworkArn", "odbNetworkArn"].map((name) => [
        name,
        whenever(interrupts("Packets take another way.")),
      ]),
    ),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    tags: harmless,
    policy: whenever(lessProtected("Other requests may pass it than before.")),
    privateDnsEnabled: (change) =>
      change.isNew && change.after === true
        ? interrupts(
            "All requests in the VPC for that service go to it from then on: whom its security group doesn't let in is not answered.",
          )
        : turnedOff(interrupts("AWS's names no longer lead to it: requests take the way over the internet, and fail where there is none."))(
            change,
          ),
    subnetConfigurations: whenever(interrupts("It has other addresses.")),
    routeTableIds: loses(
      interrupts("From subnets of a route table that is left, requests take the way over the internet, and fail where there is none."),
    ),
    subnetIds: loses(interrupts("It is gone from a zone.")),
    securityGroupIds: whenever(interrupts("Other security groups decide who reaches it.")),
    autoAccept: harmless,
    dnsOptions: whenever(unknown("Its names are resolved otherwise.")),
    ipAddressType: harmless,
  },
  "aws:ec2/flowLog:FlowLog": { tags: harmless, trafficType: trafficFlow },
  "aws:ec2/securityGroup:SecurityGroup": {
    tags: harmless,
    ingress: toldAsOpening,
    egress: toldAsOpening,
    revokeRulesOnDelete: harmless,
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    ...harmlessOnes("tags revokeRulesOnDelete"),
    ingress: gains(lessProtected("What names no security group of its own can be reached by it.")),
    egress: gains(lessProtected("What names no security group of its own reaches others by it.")),
  },
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": { tags: harmless },
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": {},
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(),
  "aws:ec2/securityGroupRule:SecurityGroupRule": harmlessOnes(
    "description type cidrBlocks ipv6CidrBlocks prefixListIds sourceSecurityGroupId self protocol fromPort toPort",
  ),
};

function rule(): Judges {
  return harmlessOnes("tags description cidrIpv4 cidrIpv6 prefixListId referencedSecurityGroupId ipProtocol fromPort toPort");
}
