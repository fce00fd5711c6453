import { oneOf, VpcArgumentError, type VpcArguments, type VpcEndpointSpec } from "./arguments";
import type { Child, Children } from "./children";
import type { MadeSubnet } from "./subnetResources";

type Properties = Record<string, unknown>;

/** What endpoints are put in. */
export interface VpcEndpointsArgs {
  args: VpcArguments;
  zones: string[];
  vpc: Child;
  tags: Properties;
  subnets: MadeSubnet[];
  children: Children;
}

const isAuto = (args: VpcArguments) => oneOf("vpcEndpointStrategy", args.vpcEndpointStrategy, "Legacy", ["Legacy", "Auto"]) === "Auto";
const typeOf = ({ vpcEndpointType = "Gateway" }: VpcEndpointSpec) => vpcEndpointType.toLowerCase();

/** The VPC's own DNS properties: with `Auto`, interface endpoints have private names, which need both. */
export function dnsOf(args: VpcArguments): Properties {
  const { enableDnsHostnames, enableDnsSupport, vpcEndpointSpecs = [] } = args;
  const hasNames = (spec: VpcEndpointSpec) => typeOf(spec) === "interface" && (spec.privateDnsEnabled ?? true);
  if (!isAuto(args) || !vpcEndpointSpecs.some(hasNames)) return { enableDnsHostnames, enableDnsSupport };
  for (const [name, value] of Object.entries({ enableDnsHostnames, enableDnsSupport })) {
    if (value !== false) continue;
    const fix = "Leave it out, or set the endpoints' privateDnsEnabled to false.";
    throw new VpcArgumentError(name, value, "interface endpoints have private names, which need it", fix);
  }
  return { enableDnsHostnames: enableDnsHostnames ?? true, enableDnsSupport: enableDnsSupport ?? true };
}

/** Adds the endpoints; with `Auto`, what they leave out comes from the VPC. */
export function addVpcEndpoints(surroundings: VpcEndpointsArgs): void {
  const { args, vpc, tags, subnets, children } = surroundings;
  for (const spec of args.vpcEndpointSpecs ?? []) {
    const region = spec.region ?? args.region;
    const derived: Properties = {};
    if (isAuto(args) && typeOf(spec) === "gateway") derived.routeTableIds = subnets.map(({ routeTableId }) => routeTableId);
    if (isAuto(args) && typeOf(spec) === "interface") {
      derived.privateDnsEnabled = true;
      if (spec.subnetConfigurations === undefined) derived.subnetIds = oneOfEachZone(surroundings);
      if (spec.securityGroupIds === undefined) derived.securityGroupIds = [addSecurityGroup(spec, region, surroundings)];
    }
    const inputs = { ...derived, ...spec, region, tags: { ...tags, ...spec.tags }, vpcId: vpc.output("id") };
    children.add("aws:ec2/vpcEndpoint:VpcEndpoint", spec.serviceName, inputs, vpc);
  }
}

const preferred = ["Private", "Isolated", "Public"];

function oneOfEachZone({ zones, subnets }: VpcEndpointsArgs): string[] {
  return zones.flatMap((_, zone) => {
    const found = preferred.flatMap((type) => subnets.filter((subnet) => subnet.zone === zone && subnet.type === type));
    return found.slice(0, 1).map(({ id }) => id);
  });
}

/** One that admits HTTPS from the VPC. */
function addSecurityGroup(spec: VpcEndpointSpec, region: unknown, { vpc, tags, children }: VpcEndpointsArgs): string {
  if (/^(ipv6|dualstack)$/i.test(String(spec.ipAddressType))) {
    const reason = "awsx would admit the VPC's IPv6 range, and the plan knows no VPC with one";
    throw new VpcArgumentError(
      `ipAddressType of ${spec.serviceName}`,
      spec.ipAddressType,
      reason,
      "Leave it out, or list securityGroupIds.",
    );
  }
  // The description is @pulumi/aws's own where none is given.
  const groupInputs = { region, description: "Managed by Pulumi", vpcId: vpc.output("id"), tags: { ...tags, ...spec.tags } };
  const group = children.add("aws:ec2/securityGroup:SecurityGroup", `${spec.serviceName}-sg`, groupInputs, vpc);
  const from = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.output("cidrBlock")] };
  const ruleInputs = { region, type: "ingress", securityGroupId: group.output("id"), ...from };
  children.add("aws:ec2/securityGroupRule:SecurityGroupRule", `${spec.serviceName}-ingress`, ruleInputs, vpc);
  return group.output("id");
}
