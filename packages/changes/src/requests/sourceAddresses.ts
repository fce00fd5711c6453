import { isIP } from "node:net";

/** An address that is in no usual range, from those that are kept for documents. */
export const anyAddress = "198.51.100.7";

/** Addresses that stand for all, as far as these ranges tell them apart: of each range the first and the last, and those beside it. */
export function sourceAddresses(ranges: readonly string[]): string[] {
  const edges = ranges.flatMap((range) => {
    const [network = "", prefix] = range.split("/");
    const family = isIP(network);
    if (family === 0) return [];
    const bits = family === 4 ? 32 : 128;
    const size = 1n << BigInt(bits - (prefix === undefined ? bits : Number(prefix)));
    const first = (toNumber(network, family) / size) * size;
    const limit = 1n << BigInt(bits);
    return [first, first + size - 1n, first - 1n, first + size]
      .filter((each) => each >= 0n && each < limit)
      .map((each) => toText(each, family));
  });
  return [...new Set([anyAddress, ...edges])];
}

function toNumber(address: string, family: number): bigint {
  if (family === 4) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = "", tail] = address.split("::");
  const groups = (text: string | undefined) => (text ? text.split(":").map((part) => BigInt(`0x${part}`)) : []);
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<bigint>(8 - left.length - right.length).fill(0n), ...right];
  return all.reduce((sum, part) => sum * 65_536n + part, 0n);
}

function toText(value: bigint, family: number): string {
  const [count, base, radix, separator] = family === 4 ? [4, 256n, 10, "."] : [8, 65_536n, 16, ":"];
  const parts = Array.from(
    { length: count as number },
    (_, index) => (value / (base as bigint) ** BigInt((count as number) - 1 - index)) % (base as bigint),
  );
  return parts.map((part) => part.toString(radix as number)).join(separator as string);
}
