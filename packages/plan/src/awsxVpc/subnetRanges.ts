import { oneOf, type SubnetSpec, VpcArgumentError, type VpcArguments } from "./arguments";
import { endOf, firstRangeFrom, formatRange, type Ipv4Range, overlap, parseRange, sizeOf, startOf } from "./ipv4Range";

/** A kind of subnet in one zone, with its range. */
export interface PlacedSubnet {
  spec: SubnetSpec;
  /** From 0. */
  zone: number;
  range: Ipv4Range;
}

/** What the strategies that divide a range begin with. */
interface Share {
  vpc: Ipv4Range;
  zones: number;
  /** Mask of each zone's part of the VPC's range. */
  zoneMask: number;
}

/**
 * The subnets that awsx makes, and the ranges that its strategies give them.
 *
 * @throws VpcArgumentError where awsx refuses the arguments as well
 */
export function placeSubnets(args: VpcArguments, specs: SubnetSpec[] | undefined, cidrBlock: string, zones: number): PlacedSubnet[] {
  const vpc = parseRange(cidrBlock);
  if (!vpc || vpc.mask < 16 || vpc.mask > 28) {
    const fix = "Write the range's first address and its mask, such as 10.0.0.0/16.";
    throw new VpcArgumentError("cidrBlock", cidrBlock, "a VPC has a range of IPv4 addresses from /16 to /28", fix);
  }
  const strategy = oneOf("subnetStrategy", args.subnetStrategy, "Legacy", ["Legacy", "Auto", "AutoMerge", "Exact"]);
  const equal = vpc.mask + Math.ceil(Math.log2(zones));
  const zoneMask = args.availabilityZoneCidrMask ?? equal;
  const given = specs?.some(({ cidrBlocks }) => cidrBlocks);
  if (strategy === "Legacy") return legacy({ vpc, zones, zoneMask: equal }, specs);
  if (strategy === "AutoMerge") {
    if (given) throw new VpcArgumentError("subnetStrategy", strategy, "awsx doesn't take cidrBlocks with it", 'Choose "Exact".');
    return oneAfterAnother({ vpc, zones, zoneMask }, merged(specs ?? [], standardSpecs(vpc, zoneMask)));
  }
  if (strategy === "Exact" && !specs) {
    throw new VpcArgumentError("subnetStrategy", strategy, "there are no subnetSpecs that fill the range", 'List them, or choose "Auto".');
  }
  const placed = given ? asGiven(specs!, zones) : oneAfterAnother({ vpc, zones, zoneMask }, specs ?? standardSpecs(vpc, zoneMask));
  if (strategy === "Exact") refuseGaps(vpc, placed);
  return placed;
}

/** What awsx makes where nothing is said of subnets: one with half of each zone's range, and one with half of the rest. */
function standardSpecs(vpc: Ipv4Range, zoneMask: number): SubnetSpec[] {
  if (zoneMask > 26) {
    const fix = "Take a wider range, fewer zones, or list subnetSpecs.";
    const reason = `each zone has a /${zoneMask}, and awsx's own choice of subnets needs a /26`;
    throw new VpcArgumentError("cidrBlock", formatRange(vpc), reason, fix);
  }
  return [
    { type: "Private", cidrMask: zoneMask + 1 },
    { type: "Public", cidrMask: zoneMask + 2 },
  ];
}

/** `AutoMerge`: awsx's own choice, in which a kind that is listed without a name takes the place of its own, and the others come after. */
function merged(specs: SubnetSpec[], standard: SubnetSpec[]): SubnetSpec[] {
  const replaces = (spec: SubnetSpec) => spec.name === undefined && standard.some(({ type }) => type === spec.type);
  return [
    ...standard.map((own) => specs.find((spec) => replaces(spec) && spec.type === own.type) ?? own),
    ...specs.filter((spec) => !replaces(spec)),
  ];
}

function asGiven(specs: SubnetSpec[], zones: number): PlacedSubnet[] {
  return inEachZone(zones, (zone) => specs.map((spec) => ({ spec, zone, range: parseRange(spec.cidrBlocks![zone])! })));
}

/** `Auto`, and `Exact` where it has masks: in each zone's part one subnet after the other, in the order of the list. */
function oneAfterAnother({ vpc, zones, zoneMask }: Share, specs: SubnetSpec[]): PlacedSubnet[] {
  const equal = zoneMask + Math.ceil(Math.log2(specs.length));
  const masks = specs.map(({ cidrMask }) => cidrMask ?? equal);
  const addresses = masks.reduce((sum, mask) => sum + sizeOf(mask), 0);
  if (specs.length === 0) throw new VpcArgumentError("subnetSpecs", specs, "there are none", "List some, or leave it out.");
  if (addresses > sizeOf(zoneMask)) {
    const reason = `they need ${addresses} addresses in each zone, which has ${sizeOf(zoneMask)}`;
    throw new VpcArgumentError("subnetSpecs", specs, reason, "Widen cidrBlock, narrow the subnets, or take fewer zones.");
  }
  return inEachZone(zones, (zone) => {
    let end = startOf({ ...vpc, mask: zoneMask }) + zone * sizeOf(zoneMask);
    return specs.map((spec, index) => {
      const range = firstRangeFrom(end, masks[index]!);
      end = endOf(range);
      return { spec, zone, range };
    });
  });
}

const legacyMasks = { Private: 19, Public: 20, Isolated: 24 };

/** `Legacy`: private subnets first, then public, then isolated ones, with masks of its own. */
function legacy({ vpc, zones, zoneMask }: Share, specs?: SubnetSpec[]): PlacedSubnet[] {
  const size = sizeOf(zoneMask);
  return inEachZone(zones, (zone) => {
    const start = vpc.address + zone * size;
    if (!specs) {
      return [
        { spec: { type: "Private" }, zone, range: { address: start, mask: zoneMask + 1 } },
        { spec: { type: "Public" }, zone, range: { address: start + size / 2, mask: zoneMask + 2 } },
      ];
    }
    const placed: PlacedSubnet[] = [];
    for (const [type, narrowest] of Object.entries(legacyMasks)) {
      // Subnets of a kind are counted from the end of the kind before, each by its own size; one that would overlap comes next instead.
      const last = placed.at(-1)?.range;
      const base = last ? last.address + sizeOf(last.mask) : start;
      for (const [index, spec] of specs.filter((other) => other.type === type).entries()) {
        const mask = spec.cidrMask ?? Math.max(zoneMask + (specs.length === 1 ? 0 : 1), narrowest);
        const counted = { address: base + index * sizeOf(mask), mask };
        const previous = placed.at(-1)?.range ?? { address: start - 1, mask: 32 };
        placed.push({ spec, zone, range: overlap(previous, counted) ? firstRangeFrom(endOf(previous), mask) : counted });
      }
    }
    return placed;
  });
}

function inEachZone(zones: number, subnetsOf: (zone: number) => PlacedSubnet[]): PlacedSubnet[] {
  return Array.from({ length: zones }, (_, zone) => subnetsOf(zone)).flat();
}

/** `Exact` promises that the subnets fill the VPC. */
function refuseGaps(vpc: Ipv4Range, placed: PlacedSubnet[]): void {
  let end = startOf(vpc);
  for (const { range } of placed) {
    if (startOf(range) !== end) refuseGap(end, range);
    end = endOf(range);
  }
  if (end !== endOf(vpc)) refuseGap(end, vpc);
}

function refuseGap(end: number, next: Ipv4Range): never {
  const reason = `the subnets leave a gap at ${formatRange({ address: end, mask: 32 })}, before ${formatRange(next)}`;
  throw new VpcArgumentError("subnetStrategy", "Exact", reason, 'Fill it, with a subnet of type "Unused" for instance, or choose "Auto".');
}
