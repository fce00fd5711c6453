import { oneOf, vpcArguments, vpcProperties, VpcArgumentError, type VpcArguments } from "./arguments";
import { checkedSpecs, refuseUnfitRanges, refuseSameNames, refuseUnplacedGateways } from "./checks";
import { Children, type RemoteChild } from "./children";
import { addSubnets } from "./subnetResources";
import { placeSubnets } from "./subnetRanges";
import { addVpcEndpoints, dnsOf } from "./vpcEndpoints";

type Properties = Record<string, unknown>;

/** What a remote component yields: its children, and outputs that refer to them. */
export interface RemoteExpansion {
  children: RemoteChild[];
  outputs: Properties;
}

/** What the expansion asks of the plan. */
export interface ExpansionContext {
  urnOf: (parent: string, type: string, name: string) => string;
  /** The names of a region's zones; of the stack's region without an argument. */
  zoneNames: (region?: string) => string[];
}

/**
 * `awsx.ec2.Vpc` is a component that runs inside awsx's own plugin, which the embedded plan doesn't start. This says what it registers:
 * test/awsxVpc.json holds what the component itself registered for the same arguments, and a test compares the two.
 *
 * @throws VpcArgumentError for arguments that awsx refuses, and for those of which the plan can't say what they lead to
 * @see https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/
 */
export function expandAwsxVpc(name: string, urn: string, inputs: Properties, context: ExpansionContext): RemoteExpansion {
  const args = vpcArguments(inputs);
  const zones = zonesOf(args, context);
  const natStrategy = oneOf("natGateways.strategy", args.natGateways?.strategy, "OnePerAz", ["None", "Single", "OnePerAz"]);
  const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
  const specs = args.subnetSpecs && checkedSpecs(args.subnetSpecs, zones.length);
  const placed = placeSubnets(args, specs, cidrBlock, zones.length);
  refuseSameNames(placed.filter(({ zone, spec }) => zone === 0 && spec.type !== "Unused").map(({ spec }) => spec));
  refuseUnfitRanges(placed);
  refuseUnplacedGateways(args, natStrategy, placed, zones.length);

  const children = new Children(urn, args.region, context.urnOf);
  const tags = { Name: name, ...args.tags };
  const given = Object.fromEntries(vpcProperties.map((property) => [property, args[property]]));
  const vpc = children.add("aws:ec2/vpc:Vpc", name, { ...given, ...dnsOf(args), cidrBlock, tags });
  const gateway = children.add("aws:ec2/internetGateway:InternetGateway", name, { vpcId: vpc.output("id"), tags }, vpc);
  const subnets = addSubnets({ name, args, zones, placed, natStrategy, vpc, gateway, tags, children });
  addVpcEndpoints({ args, zones, vpc, tags, subnets, children });

  const idsOf = (type: string) => subnets.filter((subnet) => subnet.type === type).map(({ id }) => id);
  return {
    children: children.all,
    outputs: {
      vpcId: vpc.output("id"),
      publicSubnetIds: idsOf("Public"),
      privateSubnetIds: idsOf("Private"),
      isolatedSubnetIds: idsOf("Isolated"),
    },
  };
}

function zonesOf({ availabilityZoneNames, numberOfAvailabilityZones, region }: VpcArguments, context: ExpansionContext): string[] {
  const refuse = (reason: string, fix: string) => new VpcArgumentError("numberOfAvailabilityZones", numberOfAvailabilityZones, reason, fix);
  if (availabilityZoneNames && numberOfAvailabilityZones) throw refuse("the zones are named as well", "Leave one of the two out.");
  if (availabilityZoneNames) return availabilityZoneNames;
  const known = context.zoneNames(region);
  const wanted = numberOfAvailabilityZones ?? 3;
  if (wanted > known.length) {
    throw refuse(`without an account the plan knows ${known.length} zones of a region`, "Name them in availabilityZoneNames instead.");
  }
  return known.slice(0, wanted);
}
