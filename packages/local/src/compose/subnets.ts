import { createHash } from "node:crypto";
import { UserError } from "@fairlead/model";

/** A network's addresses. Below those that Docker hands out, one is kept for AWS's emulator. */
export interface Subnet {
  /** `198.18.4.32/28` */
  subnet: string;
  /** The upper half, from which Docker hands out. */
  ipRange: string;
  /** Of the machine. Docker would take one of those that it hands out. */
  gateway: string;
  /** Of AWS's emulator. */
  endpoint: string;
}

/** Addresses of the smallest network. */
const unit = 8;
const prefixOf = (size: number) => 32 - Math.log2(size);

/** Half of a network's addresses are handed out, and the last of them is everybody's. */
const unitsFor = (members: number) => Math.max(1, 2 ** Math.ceil(Math.log2(2 * (members + 1))) / unit);

/**
 * A subnet for each network. Docker's own pools hold about thirty networks of a machine, and give another address at each start. A network that is there
 * already keeps its subnet when others come and go: Compose makes all at once, and an engine refuses a subnet that another network has until then.
 *
 * @param block such as `198.18.4.0/22`
 * @param networks how many containers each has, beside AWS's emulator
 * @param there subnets that networks have already, those as well that are no more to be
 * @throws UserError where there are more networks than the block has room for
 */
export function subnetsIn(
  block: string,
  networks: ReadonlyMap<string, number>,
  there: Readonly<Record<string, string>> = {},
): Map<string, Subnet> {
  const [address = "", length = ""] = block.split("/");
  const units = 2 ** (32 - Number(length)) / unit;
  const first = toNumber(address);
  const all = [...networks].map(([name, members]) => ({ name, width: unitsFor(members) }));
  const needed = all.reduce((sum, { width }) => sum + width, 0);
  if (needed > units) throw new UserError(tooSmall(block, needed, all.length));
  all.sort((a, b) => b.width - a.width || (a.name < b.name ? -1 : 1));
  const known = new Map(
    Object.entries(there).flatMap(([name, subnet]) => {
      const place = placeIn(first, units, subnet);
      return place ? [[name, place] as const] : [];
    }),
  );
  // Where there is no more room beside all that is there, what is no more to be counts for nothing, and then nothing does.
  const present = new Map([...known].filter(([name]) => networks.has(name)));
  const places = placed(all, units, known) ?? placed(all, units, present) ?? placed(all, units, new Map())!;
  return new Map([...places].map(([name, { at, width }]) => [name, subnetAt(first + at * unit, width * unit)]));
}

/** Where a network lies in a block, in units of it. */
interface Place {
  at: number;
  width: number;
}

/** @returns undefined where there is no room for one of them */
function placed(
  all: readonly { name: string; width: number }[],
  units: number,
  known: ReadonlyMap<string, Place>,
): Map<string, Place> | undefined {
  const taken = new Set([...known.values()].flatMap(covered));
  const found = new Map<string, Place>();
  for (const { name, width } of all) {
    const own = known.get(name);
    const place = own && own.width >= width ? own : freePlace(name, width, units, taken);
    if (!place) return undefined;
    for (const each of covered(place)) taken.add(each);
    found.set(name, place);
  }
  return found;
}

/** From where its name leads on. Networks lie at multiples of their width: as long as wide ones come first, nothing is left between them. */
function freePlace(name: string, width: number, units: number, taken: ReadonlySet<number>): Place | undefined {
  const places = units / width;
  const begin = createHash("sha256").update(name).digest().readUInt32BE() % places;
  return Array.from({ length: places }, (_, index) => ({ at: ((begin + index) % places) * width, width })).find((place) =>
    covered(place).every((each) => !taken.has(each)),
  );
}

const covered = ({ at, width }: Place): number[] => Array.from({ length: width }, (_, index) => at + index);

function placeIn(first: number, units: number, subnet: string): Place | undefined {
  const [address = "", length = ""] = subnet.split("/");
  const width = 2 ** (32 - Number(length)) / unit;
  const at = (toNumber(address) - first) / unit;
  return Number.isInteger(width) && at % width === 0 && at >= 0 && at + width <= units ? { at, width } : undefined;
}

function tooSmall(block: string, needed: number, count: number): string {
  const length = Math.floor(prefixOf(needed * unit));
  return `${count} networks of this environment don't fit into ${block}: give a block of /${length} or larger, with --addresses.`;
}

function subnetAt(first: number, size: number): Subnet {
  return {
    subnet: `${toText(first)}/${prefixOf(size)}`,
    ipRange: `${toText(first + size / 2)}/${prefixOf(size / 2)}`,
    gateway: toText(first + 1),
    endpoint: toText(first + 2),
  };
}

const toNumber = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toText = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
