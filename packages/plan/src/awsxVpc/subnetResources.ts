import { oneOf, subnetTypes, type VpcArguments } from "./arguments";
import { kindOf } from "./checks";
import type { Child, Children } from "./children";
import { formatRange } from "./ipv4Range";
import type { PlacedSubnet } from "./subnetRanges";

type Properties = Record<string, unknown>;

/** Which public subnets have a NAT gateway: none, the first, or one in each zone. */
export type NatStrategy = "None" | "Single" | "OnePerAz";

/** A subnet as others refer to it. */
export interface MadeSubnet {
  type: string;
  /** From 0. */
  zone: number;
  id: string;
  routeTableId: string;
}

/** What subnets are made of. */
export interface SubnetsArgs {
  /** Of the component. */
  name: string;
  args: VpcArguments;
  zones: string[];
  placed: PlacedSubnet[];
  natStrategy: NatStrategy;
  vpc: Child;
  gateway: Child;
  /** Of all the VPC's resources but the NAT gateways and their addresses. */
  tags: Properties;
  children: Children;
}

/** In the order in which awsx goes through them: a private subnet's route leads through the gateway in its zone's public one. */
const types = subnetTypes.filter((type) => type !== "Unused");

/** Adds subnets with their route tables, zone by zone, and the NAT gateways that are in them. */
export function addSubnets(surroundings: SubnetsArgs): MadeSubnet[] {
  const { name, args, zones, placed, natStrategy, vpc, gateway, tags, children } = surroundings;
  const made: MadeSubnet[] = [];
  const natGateways: Child[] = [];
  const vpcId = vpc.output("id");
  const wanted = (zone: number) => ({ None: 0, Single: 1, OnePerAz: zone + 1 })[natStrategy];
  const inOrder = zones.flatMap((_, zone) =>
    types.flatMap((type) => placed.filter((subnet) => subnet.zone === zone && subnet.spec.type === type)),
  );
  for (const { spec, zone, range } of inOrder) {
    const { type } = spec;
    const childName = `${name}-${kindOf(spec)}-${zone + 1}`;
    const ownTags = { Name: `${name}-${kindOf(spec)}-${suffix(args, zones, zone)}`, SubnetType: type };
    const inputs = {
      vpcId,
      availabilityZone: zones[zone],
      cidrBlock: formatRange(range),
      mapPublicIpOnLaunch: type === "Public",
      assignIpv6AddressOnCreation: false,
      tags: { ...tags, ...spec.tags, ...ownTags },
    };
    const subnet = children.add("aws:ec2/subnet:Subnet", childName, inputs, vpc);
    const subnetId = subnet.output("id");
    const routeTable = children.add("aws:ec2/routeTable:RouteTable", childName, { vpcId, tags: { ...tags, ...ownTags } }, subnet);
    const routeTableId = routeTable.output("id");
    children.add("aws:ec2/routeTableAssociation:RouteTableAssociation", childName, { subnetId, routeTableId }, routeTable);
    if (type === "Public" && natGateways.length < wanted(zone)) natGateways.push(addNatGateway(surroundings, subnet, zone));
    const natGateway = natGateways[natStrategy === "Single" ? 0 : zone];
    const way = { Public: { gatewayId: gateway.output("id") }, Private: natGateway && { natGatewayId: natGateway.output("id") } }[type];
    const route = { routeTableId, destinationCidrBlock: "0.0.0.0/0", ...way };
    if (way) children.add("aws:ec2/route:Route", childName, route, routeTable);
    made.push({ type, zone, id: subnetId, routeTableId });
  }
  return made;
}

/** In a public subnet, with an address of its own where none is given. */
function addNatGateway({ name, args, children }: SubnetsArgs, subnet: Child, zone: number): Child {
  const natName = `${name}-${zone + 1}`;
  const tags = { ...args.tags, Name: natName };
  const existing = args.natGateways?.elasticIpAllocationIds ?? [];
  const allocationId =
    existing.length > 0 ? existing[zone] : children.add("aws:ec2/eip:Eip", natName, { tags }, subnet).output("allocationId");
  return children.add("aws:ec2/natGateway:NatGateway", natName, { subnetId: subnet.output("id"), allocationId, tags }, subnet);
}

/** How subnets' `Name` tags end: with the zone's number, or with its name but for the region's (`1a` of us-east-1a). */
function suffix({ subnetNameTagStrategy }: VpcArguments, zones: string[], zone: number): string {
  const strategy = oneOf("subnetNameTagStrategy", subnetNameTagStrategy, "Legacy", ["Legacy", "AvailabilityZone"]);
  return strategy === "Legacy" ? String(zone + 1) : zones[zone]!.replace(/^[a-z-]+-/, "");
}
