/** A range of IPv4 addresses: an address in it, as a number, and how many leading bits its addresses share (16 in `10.0.0.0/16`). */
export interface Ipv4Range {
  address: number;
  mask: number;
}

const notation = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Reads CIDR notation; undefined when it isn't that, or when the address is not the range's first, which AWS's provider refuses. */
export function parseRange(text: unknown): Ipv4Range | undefined {
  const parts = notation.exec(String(text))?.slice(1).map(Number);
  if (!parts || parts[4]! > 32 || parts.slice(0, 4).some((part) => part > 255)) return undefined;
  const range = { address: parts.slice(0, 4).reduce((sum, part) => sum * 256 + part, 0), mask: parts[4]! };
  return startOf(range) === range.address ? range : undefined;
}

/** CIDR notation. */
export function formatRange({ address, mask }: Ipv4Range): string {
  return `${[24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".")}/${mask}`;
}

/** How many addresses a range with this mask has. */
export function sizeOf(mask: number): number {
  return 2 ** (32 - mask);
}

/** A range's first address. */
export function startOf({ address, mask }: Ipv4Range): number {
  return Math.floor(address / sizeOf(mask)) * sizeOf(mask);
}

/** The first address after a range. */
export function endOf(range: Ipv4Range): number {
  return startOf(range) + sizeOf(range.mask);
}

/** The first range of a size that begins at an address or after it. */
export function firstRangeFrom(address: number, mask: number): Ipv4Range {
  return { address: Math.ceil(address / sizeOf(mask)) * sizeOf(mask), mask };
}

/** Whether two ranges have an address in common. */
export function overlap(a: Ipv4Range, b: Ipv4Range): boolean {
  return startOf(a) < endOf(b) && startOf(b) < endOf(a);
}
