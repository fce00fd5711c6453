import { isIP } from "node:net";

/** Addresses in a row, by their numbers. */
export interface AddressRange {
  family: 4 | 6;
  first: bigint;
  last: bigint;
}

export const bitsOf = (family: 4 | 6) => (family === 4 ? 32 : 128);

/** `10.0.0.0/8`, or one address; undefined for what is neither. */
export function addressRange(text: string): AddressRange | undefined {
  const [network = "", prefix, ...rest] = text.split("/");
  const family = isIP(network) as 0 | 4 | 6;
  if (family === 0 || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const length = prefix === undefined ? bitsOf(family) : Number(prefix);
  if (length > bitsOf(family)) return undefined;
  const size = 1n << BigInt(bitsOf(family) - length);
  const first = (toNumber(network, family) / size) * size;
  return { family, first, last: first + size - 1n };
}

/** The same addresses in as few rows as can be. */
export function mergedRanges(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1))) {
    const last = merged.at(-1);
    if (last && last.family === range.family && range.first <= last.last + 1n) {
      if (range.last > last.last) last.last = range.last;
    } else merged.push({ ...range });
  }
  return merged;
}

/** Whether some of the ranges together have all of one. */
export function coverAddresses(ranges: readonly AddressRange[], { family, first, last }: AddressRange): boolean {
  return mergedRanges(ranges).some((each) => each.family === family && each.first <= first && each.last >= last);
}

/** No public ones. @see https://www.iana.org/assignments/iana-ipv4-special-registry/ */
const privateRanges = [
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "224.0.0.0/3"],
  ...["fc00::/7", "fe80::/9", "ff00::/8"],
].map((text) => addressRange(text)!);

/** Whether nobody on the internet has one of them. */
export const isPrivate = (range: AddressRange): boolean => coverAddresses(privateRanges, range);

/** As many public addresses as nobody has alone: the first 8 bits of IPv4, the first 16 of IPv6. */
const many = { 4: 1n << 24n, 6: 1n << 112n };

/** Whether ranges together are so many public addresses that they are everybody's: `0.0.0.0/0`, its halves, `2000::/3`. */
export function isEverybody(ranges: readonly AddressRange[]): boolean {
  return ([4, 6] as const).some((family) => {
    const own = mergedRanges(ranges.filter((range) => range.family === family)).filter((range) => !isPrivate(range));
    return own.reduce((sum, { first, last }) => sum + last - first + 1n, 0n) >= many[family];
  });
}

function toNumber(address: string, family: number): bigint {
  if (family === 4) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  // The end of an IPv6 address may be written as one of IPv4.
  const text = address.replace(/%.*$/, "").replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = "", tail] = text.split("::");
  const groups = (part: string | undefined) => (part ? part.split(":").map((each) => BigInt(`0x${each}`)) : []);
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<bigint>(8 - left.length - right.length).fill(0n), ...right];
  return all.reduce((sum, part) => sum * 65_536n + part, 0n);
}
