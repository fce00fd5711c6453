import { createHash } from "node:crypto";
import { UserError } from "@fairlead/model";

/** A network's addresses. Below those that Docker hands out, one is kept for AWS's emulator. */
export interface Subnet {
  /** `198.18.4.32/27` */
  subnet: string;
  /** The upper half, from which Docker hands out. */
  ipRange: string;
  /** Of AWS's emulator. */
  endpoint: string;
}

const prefix = 27;
const size = 2 ** (32 - prefix);

/**
 * A subnet for each network. Docker's own pools hold about thirty networks of a machine, and give another address at each start. A network keeps its
 * subnet when others come and go, mostly: its place follows from its name.
 *
 * @param block such as `198.18.4.0/22`
 * @throws UserError where there are more networks than the block has room for
 */
export function subnetsIn(block: string, networks: readonly string[]): Map<string, Subnet> {
  const [address = "", length = ""] = block.split("/");
  const first = toNumber(address);
  const places = 2 ** (prefix - Number(length));
  if (networks.length > places)
    throw new UserError(`${networks.length} networks, and ${block} has room for ${places}: take a larger block, with --addresses.`);
  const taken = new Map<number, string>();
  for (const network of [...networks].sort()) {
    let place = createHash("sha256").update(network).digest().readUInt32BE() % places;
    while (taken.has(place)) place = (place + 1) % places;
    taken.set(place, network);
  }
  return new Map([...taken].map(([place, network]) => [network, subnetAt(first + place * size)]));
}

function subnetAt(first: number): Subnet {
  return { subnet: `${toText(first)}/${prefix}`, ipRange: `${toText(first + size / 2)}/${prefix + 1}`, endpoint: toText(first + 2) };
}

const toNumber = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toText = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
