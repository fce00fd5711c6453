import * as awsx from "@pulumi/awsx/ec2";

import { embeddedPlan, type PlanResource, referencesIn } from "../src";
import { expandAwsxVpc } from "../src/awsxVpc/expandAwsxVpc";
import { zoneNames } from "../src/invokes";
import recorded from "./awsxVpc.json";

/** The end of a URN, which names a resource among the children of one component: `aws:ec2/subnet:Subnet::main-public-1`. */
const short = (text: string) => text.replace(/urn:pulumi:[^#"]*?([^$:#"]+:[^$:#"]+:[^$:#"]+::[^#"]+)/g, "$1");
const shortened = <T>(value: T): T => JSON.parse(short(JSON.stringify(value))) as T;
const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program });

/** What a resource waits for besides what its inputs refer to. */
function dependsOn({ inputs, dependencies }: PlanResource): { dependsOn?: string[] } {
  const referred = new Set(referencesIn(inputs).map(({ urn }) => urn));
  const others = dependencies.filter((urn) => !referred.has(urn));
  return others.length > 0 ? { dependsOn: others } : {};
}

describe("awsx.ec2.Vpc registers in the plan what it registers by itself:", () => {
  test.each(recorded.cases)("$title", async ({ args, resources, outputs }) => {
    const result = await plan(() => {
      const { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds } = new awsx.Vpc("main", args as awsx.VpcArgs);
      return { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds };
    });
    const children = result.resources.filter(({ urn }) => urn.includes("awsx:ec2:Vpc$"));
    const entries = children.map((child) => [child.urn, { parent: child.parent, inputs: child.inputs, ...dependsOn(child) }]);
    expect(shortened(Object.fromEntries(entries))).toEqual(resources);
    expect(children.every(({ custom, options }) => custom && Object.keys(options).length === 0)).toBe(true);
    expect(shortened(result.outputs)).toEqual(outputs);
    const seen = new Set<string>();
    for (const { urn, parent, dependencies } of result.resources) {
      expect([...seen]).toEqual(expect.arrayContaining([...dependencies, ...(parent ? [parent] : [])]));
      seen.add(urn);
    }
  });

  test("in the zones of which the plan knows the names that it was recorded with", () => {
    expect(zoneNames("us-east-1")).toEqual(recorded.zones);
  });
});

const expand = (args: object) => {
  const urnOf = (parent: string, type: string, name: string) => `${parent}$${type}::${name}`;
  return expandAwsxVpc("main", "urn", args as Record<string, unknown>, { urnOf, zoneNames: (region = "us-east-1") => zoneNames(region) });
};
const auto = (...subnetSpecs: object[]) => ({ subnetStrategy: "Auto", natGateways: { strategy: "None" }, subnetSpecs });

test.each([
  [
    "an argument of a later awsx",
    { egressOnly: false },
    /^FL2302 egressOnly is false: the plan doesn't know what awsx makes of it\. Leave it out/,
  ],
  ["one of a subnet", auto({ type: "Public", outpost: "x" }), /^FL2302 subnetSpecs\[0\]\.outpost is "x"/],
  ["one of the NAT gateways", { natGateways: { strategy: "None", kind: "x" } }, /^FL2302 natGateways\.kind is "x"/],
  ["one of an endpoint", { vpcEndpointSpecs: [{ serviceName: "s3", mode: "x" }] }, /^FL2302 vpcEndpointSpecs\[0\]\.mode is "x"/],
  [
    "a type of subnet",
    auto({ type: "Shared" }),
    /^FL2302 subnetSpecs\[0\]\.type is "Shared".*Choose one of Public, Private, Isolated, Unused\.$/,
  ],
  ["a NAT strategy", { natGateways: { strategy: "Instance" } }, /^FL2302 natGateways\.strategy is "Instance"/],
  ["a subnet strategy", { subnetStrategy: "Ipam" }, /^FL2302 subnetStrategy is "Ipam"/],
  ["a naming strategy", { subnetNameTagStrategy: "ZoneId" }, /^FL2302 subnetNameTagStrategy is "ZoneId"/],
  [
    "IPv6 ranges, which AWS gives",
    { assignGeneratedIpv6CidrBlock: true },
    /^FL2302 assignGeneratedIpv6CidrBlock is true: AWS then decides on ranges/,
  ],
  ["IPAM's ranges", { ipv4IpamPoolId: "ipam-1", ipv4NetmaskLength: 16 }, /^FL2302 ipv4IpamPoolId is "ipam-1": AWS then decides on ranges/],
  [
    "more zones than it can name",
    { numberOfAvailabilityZones: 4 },
    /^FL2302 numberOfAvailabilityZones is 4.*availabilityZoneNames instead\.$/,
  ],
])("the plan refuses to guess about %s", (_, args, message) => {
  expect(() => expand(args)).toThrow(message);
});

test.each([
  ["zones by number and by name", { numberOfAvailabilityZones: 2, availabilityZoneNames: ["us-east-1a"] }, /the zones are named as well/],
  [
    "a range that doesn't begin with its first address",
    { cidrBlock: "10.0.0.1/16" },
    /^FL2302 cidrBlock is "10\.0\.0\.1\/16": .*\/16 to \/28/,
  ],
  ["a range wider than a VPC's", { cidrBlock: "10.0.0.0/8" }, /^FL2302 cidrBlock is "10\.0\.0\.0\/8"/],
  ["kinds of one name", auto({ type: "Public" }, { type: "Private", name: "public" }), /is "public": another kind has that name/],
  ["kinds of one type without names", auto({ type: "Public" }, { type: "Public" }), /is "public": another kind has that name/],
  ["a size that no subnet has", auto({ type: "Public", size: 300 }), /^FL2302 subnetSpecs\[0\]\.size is 300: .*Write 256/],
  ["a size that its mask contradicts", auto({ type: "Public", size: 256, cidrMask: 25 }), /size is 256: a \/25 has 128 addresses/],
  ["too few ranges", auto({ type: "Public", cidrBlocks: ["10.0.0.0/24"] }), /cidrBlocks is \["10\.0\.0\.0\/24"\]: there are 3 zones/],
  ["subnets wider than their zone", auto({ type: "Public", cidrMask: 17 }), /need 32768 addresses in each zone, which has 16384/],
  ["no subnets", auto(), /^FL2302 subnetSpecs is \[\]: there are none/],
  ["a range too small for awsx's own subnets", { cidrBlock: "10.0.0.0/25", subnetStrategy: "Auto" }, /has a \/27, and .* needs a \/26/],
  [
    "subnets that overlap",
    auto(...["a", "b"].map((name) => ({ type: "Public", name, cidrBlocks: Array(3).fill("10.0.0.0/24") }))),
    /overlaps/,
  ],
  [
    "subnets smaller than AWS has them",
    auto({ type: "Public", cidrMask: 29 }),
    /^FL2302 the range of public in zone 1 is "10\.0\.0\.0\/29": .*a \/28/,
  ],
  ["gaps in an exact layout", { ...auto({ type: "Public", cidrMask: 18 }), subnetStrategy: "Exact" }, /a gap at 10\.0\.192\.0/],
  ["an exact layout of nothing", { subnetStrategy: "Exact" }, /no subnetSpecs that fill the range/],
  [
    "ranges where it merges",
    { ...auto({ type: "Public", cidrBlocks: Array(3).fill("10.0.0.0/24") }), subnetStrategy: "AutoMerge" },
    /cidrBlocks/,
  ],
  [
    "NAT gateways without a public subnet",
    { ...auto({ type: "Private" }), natGateways: {} },
    /^FL2302 natGateways\.strategy is "OnePerAz": .*public/,
  ],
  ["addresses for no gateway", { natGateways: { strategy: "None", elasticIpAllocationIds: ["eipalloc-1"] } }, /there are 0 NAT gateways/],
  [
    "private names without DNS",
    { enableDnsSupport: false, vpcEndpointStrategy: "Auto", vpcEndpointSpecs: [{ serviceName: "sts", vpcEndpointType: "Interface" }] },
    /^FL2302 enableDnsSupport is false/,
  ],
])("what awsx or AWS refuses, the plan refuses: %s", (_, args, message) => {
  expect(() => expand(args)).toThrow(message);
});
