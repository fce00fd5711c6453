import { type SubnetSpec, VpcArgumentError, type VpcArguments } from "./arguments";
import { formatRange, overlap, parseRange, sizeOf, startOf } from "./ipv4Range";
import type { PlacedSubnet } from "./subnetRanges";

/** What awsx calls a kind of subnet in the names of its resources. */
export function kindOf({ name, type }: SubnetSpec): string {
  return name ?? type.toLowerCase();
}

/** The kinds of subnets with their masks, after awsx's own checks of them. */
export function checkedSpecs(specs: SubnetSpec[], zones: number): SubnetSpec[] {
  for (const type of new Set(specs.map((spec) => spec.type))) refuseSameNames(specs.filter((spec) => spec.type === type));
  const haveRanges = specs.some(({ cidrBlocks }) => cidrBlocks);
  return specs.map((spec, index) => {
    const path = `subnetSpecs[${index}]`;
    const cidrMask = maskOf(spec, path);
    if (!haveRanges) return { ...spec, cidrMask };
    refuseWrongRanges(spec, cidrMask, zones, path);
    return spec;
  });
}

function maskOf({ cidrMask, size }: SubnetSpec, path: string): number | undefined {
  if (size === undefined) return cidrMask;
  const mask = 32 - Math.log2(size);
  if (!Number.isInteger(mask)) {
    const fix = `Write ${2 ** Math.round(Math.log2(size))}, or its cidrMask.`;
    throw new VpcArgumentError(`${path}.size`, size, "a subnet has a power of two of addresses", fix);
  }
  if (mask !== (cidrMask ?? mask)) {
    throw new VpcArgumentError(`${path}.size`, size, `a /${cidrMask} has ${sizeOf(cidrMask!)} addresses`, "Leave one of the two out.");
  }
  return mask;
}

function refuseWrongRanges({ cidrBlocks = [] }: SubnetSpec, cidrMask: number | undefined, zones: number, path: string): void {
  if (cidrBlocks.length !== zones) {
    const reason = `there are ${zones} zones, and where one kind has ranges all have`;
    throw new VpcArgumentError(`${path}.cidrBlocks`, cidrBlocks, reason, "List one range for each zone.");
  }
  for (const block of cidrBlocks) {
    const range = parseRange(block);
    if (range && range.mask === (cidrMask ?? range.mask)) continue;
    const reason = cidrMask === undefined ? "that is no range of IPv4 addresses" : `that is no range with the mask /${cidrMask}`;
    throw new VpcArgumentError(`${path}.cidrBlocks`, block, reason, "Write its first address and its mask, such as 10.0.0.0/24.");
  }
}

/** Refuses two kinds of subnets that would have resources of one name, as awsx or the engine does. */
export function refuseSameNames(specs: SubnetSpec[]): void {
  const second = specs.find((spec, index) => specs.findIndex((other) => kindOf(other) === kindOf(spec)) < index);
  if (!second) return;
  const reason = "another kind has that name as well, and the names of their resources come from it";
  throw new VpcArgumentError("the name of a kind of subnets", kindOf(second), reason, "Give it another `name` in subnetSpecs.");
}

/** Refuses subnets that have addresses in common, as awsx does, or fewer of them than AWS gives. */
export function refuseUnfitRanges(placed: PlacedSubnet[]): void {
  const fix = "Widen cidrBlock, narrow the subnets, or take fewer zones.";
  const inOrder = [...placed].sort((a, b) => startOf(a.range) - startOf(b.range));
  for (const [index, { spec, zone, range }] of inOrder.entries()) {
    const name = `the range of ${kindOf(spec)} in zone ${zone + 1}`;
    if (range.mask > 28) throw new VpcArgumentError(name, formatRange(range), "AWS has no subnets with less than a /28", fix);
    const before = inOrder[index - 1];
    if (!before || !overlap(before.range, range)) continue;
    const reason = `it overlaps ${formatRange(before.range)}, that of ${kindOf(before.spec)} in zone ${before.zone + 1}`;
    throw new VpcArgumentError(name, formatRange(range), reason, fix);
  }
}

/** Refuses NAT gateways without a place or with the wrong number of addresses, as awsx does. */
export function refuseUnplacedGateways(args: VpcArguments, strategy: string, placed: PlacedSubnet[], zones: number): void {
  const types = new Set(placed.map(({ spec }) => spec.type));
  if (strategy !== "None" && !(types.has("Public") && (types.has("Private") || types.has("Isolated")))) {
    const fix = 'List both in subnetSpecs, or choose "None".';
    throw new VpcArgumentError("natGateways.strategy", strategy, "a NAT gateway needs a public subnet to be in and another to serve", fix);
  }
  const addresses = args.natGateways?.elasticIpAllocationIds ?? [];
  const gateways = { None: 0, Single: 1, OnePerAz: zones }[strategy];
  if (addresses.length > 0 && addresses.length !== gateways) {
    const reason = `there are ${gateways} NAT gateways with the strategy ${strategy}`;
    const fix = "List one for each, or none: awsx then creates them.";
    throw new VpcArgumentError("natGateways.elasticIpAllocationIds", addresses, reason, fix);
  }
}
