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

/** Networks by what is on them. */
export interface NetworkNames {
  /** Of one task with its load balancer, databases and AWS: seven containers have an address, and AWS. */
  own: readonly string[];
  /** Of two tasks. */
  edges: readonly string[];
}

/** Addresses of the network between two tasks, the smallest that there is. */
const unit = 8;
const prefixOf = (size: number) => 32 - Math.log2(size);

/**
 * A subnet for each network. Docker's own pools hold about thirty networks of a machine, and give another address at each start. A network keeps its
 * subnet when others come and go, mostly: its place follows from its name.
 *
 * @param block such as `198.18.4.0/22`
 * @throws UserError where there are more networks than the block has room for
 */
export function subnetsIn(block: string, { own, edges }: NetworkNames): Map<string, Subnet> {
  const [address = "", length = ""] = block.split("/");
  const units = 2 ** (32 - Number(length)) / unit;
  const needed = own.length * 2 + edges.length;
  if (needed > units) throw new UserError(tooSmall(block, needed, { own, edges }));
  const taken = new Set<number>();
  const place = (network: string, width: number): number => {
    const places = units / width;
    let found = createHash("sha256").update(network).digest().readUInt32BE() % places;
    // All of one width lie at multiples of it, and the wide ones come first.
    while (taken.has(found * width)) found = (found + 1) % places;
    for (let each = 0; each < width; each++) taken.add(found * width + each);
    return toNumber(address) + found * width * unit;
  };
  const placed = (networks: readonly string[], width: number) =>
    [...networks].sort().map((network) => [network, subnetAt(place(network, width), width * unit)] as const);
  return new Map([...placed(own, 2), ...placed(edges, 1)]);
}

function tooSmall(block: string, needed: number, { own, edges }: NetworkNames): string {
  const length = Math.floor(prefixOf(needed * unit));
  return (
    `The networks of ${own.length} tasks, and of ${edges.length} pairs of them that call each other, don't fit into ${block}: ` +
    `give a block of /${length} or larger, with --addresses.`
  );
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
