import { coded, UserError } from "@fairlead/model";

type Properties = Record<string, unknown>;

/** The kinds of subnets: with a way to the internet, with one through NAT, with none; and ranges in which no subnet is. */
export const subnetTypes = ["Public", "Private", "Isolated", "Unused"];

/** One kind of subnet, of which there is one in each zone. */
export interface SubnetSpec {
  type: string;
  name?: string;
  cidrMask?: number;
  /** In addresses. */
  size?: number;
  /** One range for each zone. */
  cidrBlocks?: string[];
  tags?: Properties;
}

/** An endpoint: the arguments of `aws.ec2.VpcEndpoint`, of which only these decide anything. */
export interface VpcEndpointSpec extends Properties {
  serviceName: string;
  vpcEndpointType?: string;
  privateDnsEnabled?: boolean;
  tags?: Properties;
}

/** The arguments of `awsx.ec2.Vpc` that the plan expands; the VPC takes the others as they are. */
export interface VpcArguments extends Properties {
  availabilityZoneCidrMask?: number;
  availabilityZoneNames?: string[];
  cidrBlock?: string;
  natGateways?: { strategy?: string; elasticIpAllocationIds?: unknown[] };
  numberOfAvailabilityZones?: number;
  region?: string;
  subnetNameTagStrategy?: string;
  subnetSpecs?: SubnetSpec[];
  subnetStrategy?: string;
  tags?: Properties;
  vpcEndpointSpecs?: VpcEndpointSpec[];
  vpcEndpointStrategy?: string;
}

/** An argument that awsx refuses as well, or that the plan would have to guess about. */
export class VpcArgumentError extends UserError {
  constructor(argument: string, value: unknown, reason: string, fix: string) {
    super(coded("FL2302", `${argument} is ${JSON.stringify(value)}: ${reason}. ${fix}`));
  }
}

/** What the VPC itself takes, as it is given. */
export const vpcProperties = ["enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics", "instanceTenancy", "region"];

/** Every argument whose meaning is known here, by what it is part of. */
const known = {
  vpc: [
    ...vpcProperties,
    "availabilityZoneCidrMask",
    "availabilityZoneNames",
    "cidrBlock",
    "natGateways",
    "numberOfAvailabilityZones",
    "subnetNameTagStrategy",
    "subnetSpecs",
    "subnetStrategy",
    "tags",
    "vpcEndpointSpecs",
    "vpcEndpointStrategy",
  ],
  natGateways: ["strategy", "elasticIpAllocationIds"],
  subnetSpec: ["type", "name", "cidrMask", "size", "cidrBlocks", "tags"],
  vpcEndpointSpec: [
    "autoAccept",
    "dnsOptions",
    "ipAddressType",
    "policy",
    "privateDnsEnabled",
    "region",
    "resourceConfigurationArn",
    "routeTableIds",
    "securityGroupIds",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "subnetConfigurations",
    "subnetIds",
    "tags",
    "vpcEndpointType",
  ],
};

/** Reads the arguments, and refuses those that are not known here. */
export function vpcArguments(inputs: Properties): VpcArguments {
  refuseOthers(inputs, known.vpc, "");
  const args = inputs as VpcArguments;
  refuseOthers(args.natGateways ?? {}, known.natGateways, "natGateways.");
  args.subnetSpecs?.forEach((spec, index) => {
    refuseOthers(spec, known.subnetSpec, `subnetSpecs[${index}].`);
    oneOf(`subnetSpecs[${index}].type`, spec.type, "Private", subnetTypes);
  });
  args.vpcEndpointSpecs?.forEach((spec, index) => refuseOthers(spec, known.vpcEndpointSpec, `vpcEndpointSpecs[${index}].`));
  return args;
}

function refuseOthers(given: object, names: string[], path: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (names.includes(name) || value === undefined) continue;
    const reason = /ipam|ipv4|ipv6/i.test(name)
      ? "AWS then decides on ranges, and the plan can't say which the subnets will have"
      : "the plan doesn't know what awsx makes of it";
    throw new VpcArgumentError(
      `${path}${name}`,
      value,
      reason,
      "Leave it out, or create the VPC outside this stack and adopt it by its id.",
    );
  }
}

/** One of the values that an argument may have. */
export function oneOf<T extends string>(argument: string, value: string | undefined, standard: T, known: readonly T[]): T {
  if (value === undefined) return standard;
  if (known.includes(value as T)) return value as T;
  throw new VpcArgumentError(argument, value, "the plan doesn't know what awsx makes of it", `Choose one of ${known.join(", ")}.`);
}
