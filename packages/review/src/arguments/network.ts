import {
  asList,
  gains,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  turnedOff,
  turnedOn,
  unknown,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** Security groups, and their rules as resources, are compared as what they let through: `openings`. */
const toldAsOpening: Judge = harmless;

const trafficFlow: Judge = ({ before, after }) =>
  before !== undefined && before !== "REJECT" && after !== "ALL" ? lessProtected("Less of the traffic is logged.") : undefined;

/** The VPC, and the ways in, out and through it. */
export const network: Readonly<Record<string, Judges>> = {
  "aws:ec2/vpc:Vpc": {
    tags: harmless,
    enableDnsSupport: turnedOff(interrupts("No name is resolved in the VPC any more: neither services', nor databases', nor AWS's."), true),
    enableDnsHostnames: turnedOff(
      interrupts("Private names of endpoints are not resolved any more: AWS is reached over the internet, or not at all."),
    ),
    enableNetworkAddressUsageMetrics: harmless,
    assignGeneratedIpv6CidrBlock: turnedOff(interrupts("Its IPv6 addresses go.")),
  },
  "aws:ec2/subnet:Subnet": {
    tags: harmless,
    mapPublicIpOnLaunch: turnedOn(lessProtected("What starts in it gets a public address.")),
    assignIpv6AddressOnCreation: harmless,
    enableDns64: harmless,
    privateDnsHostnameTypeOnLaunch: harmless,
    mapCustomerOwnedIpOnLaunch: whenever(unknown("Addresses are given out otherwise.")),
  },
  "aws:ec2/internetGateway:InternetGateway": { tags: harmless, vpcId: whenever(interrupts("Another VPC has the way to the internet.")) },
  "aws:ec2/natGateway:NatGateway": {
    tags: harmless,
    secondaryAllocationIds: whenever(interrupts("Connections to the internet come from other addresses.")),
  },
  "aws:ec2/eip:Eip": {
    tags: harmless,
    instance: whenever(interrupts("The address leads elsewhere.")),
    networkInterface: whenever(interrupts("The address leads elsewhere.")),
  },
  "aws:ec2/routeTable:RouteTable": {
    tags: harmless,
    routes: whenever(interrupts("Packets take another way.")),
    propagatingVgws: whenever(interrupts("Packets take another way.")),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    routeTableId: whenever(interrupts("Its subnet follows other routes: what is in it may reach the internet, or be reached, or neither.")),
  },
  "aws:ec2/route:Route": {
    gatewayId: whenever(lessProtected("Packets take another way: through an internet gateway what has a public address can be reached.")),
    natGatewayId: whenever(interrupts("Packets take another way, and come from another address.")),
    transitGatewayId: whenever(interrupts("Packets take another way.")),
    vpcPeeringConnectionId: whenever(interrupts("Packets take another way.")),
    networkInterfaceId: whenever(interrupts("Packets take another way.")),
    vpcEndpointId: whenever(interrupts("Packets take another way.")),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    tags: harmless,
    policy: whenever(lessProtected("Other requests may pass it than before.")),
    privateDnsEnabled: turnedOff(
      interrupts("AWS's names no longer lead to it: requests take the way over the internet, and fail where there is none."),
    ),
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
    tags: harmless,
    ingress: gains(lessProtected("What names no security group of its own can be reached by it.")),
    egress: gains(lessProtected("What names no security group of its own reaches others by it.")),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(),
  "aws:ec2/securityGroupRule:SecurityGroupRule": { description: harmless },
};

function rule(): Judges {
  return {
    ...harmlessOnes("tags description"),
    // What it no longer lets through is told here, and what it lets through besides as an opening.
    ...Object.fromEntries(
      ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId", "ipProtocol", "fromPort", "toPort"].map((name) => [
        name,
        (({ was, is }) =>
          isWider(was.inputs, is.inputs) ? undefined : interrupts("Connections that it let through until now find no way.")) as Judge,
      ]),
    ),
  };
}

/** Whether a rule lets through all that another one did, as far as ports say it. */
function isWider(was: Record<string, unknown>, is: Record<string, unknown>): boolean {
  const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
  const isWorld = (inputs: Record<string, unknown>) => asList(inputs.cidrIpv4).includes("0.0.0.0/0");
  const sameSource = isWorld(is) || JSON.stringify(sources.map((key) => was[key])) === JSON.stringify(sources.map((key) => is[key]));
  const ports = ({ ipProtocol, fromPort, toPort }: Record<string, unknown>) =>
    ipProtocol === "-1" ? [0, 65535] : [Number(fromPort ?? 0), Number(toPort ?? 65535)];
  const [[oldFrom, oldTo], [from, to]] = [ports(was), ports(is)] as [number[], number[]];
  return sameSource && (is.ipProtocol === "-1" || was.ipProtocol === is.ipProtocol) && from! <= oldFrom! && to! >= oldTo!;
}
