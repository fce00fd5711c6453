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
 * A subnet for each network. Docker's own pools hold about thirty networks of a machine, and give another address at each start. A network keeps its
 * subnet when others come and go, mostly: its place follows from its name.
 *
 * @param block such as `198.18.4.0/22`
 * @param networks how many containers each has, beside AWS's emulator
 * @throws UserError where there are more networks than the block has room for
 */
export function subnetsIn(block: string, networks: ReadonlyMap<string, number>): Map<string, Subnet> {
  const [address = "", length = ""] = block.split("/");
  const units = 2 ** (32 - Number(length)) / unit;
  const all = [...networks].map(([name, members]) => ({ name, width: unitsFor(members) }));
  const needed = all.reduce((sum, { width }) => sum + width, 0);
  if (needed > units) throw new UserError(tooSmall(block, needed, all.length));
  const taken = new Set<number>();
  const place = (network: string, width: number): number => {
    const places = units / width;
    let found = createHash("sha256").update(network).digest().readUInt32BE() % places;
    // All of one width lie at multiples of it, and the wide ones come first.
    while (taken.has(found * width)) found = (found + 1) % places;
    for (let each = 0; each < width; each++) taken.add(found * width + each);
    return toNumber(address) + found * width * unit;
  };
  all.sort((a, b) => b.width - a.width || (a.name < b.name ? -1 : 1));
  return new Map(all.map(({ name, width }) => [name, subnetAt(place(name, width), width * unit)]));
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
