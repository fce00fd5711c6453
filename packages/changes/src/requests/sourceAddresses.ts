import { addressRange, bitsOf } from "../addresses";

/** An address that is in no usual range, from those that are kept for documents. */
export const anyAddress = "198.51.100.7";

/** Addresses that stand for all, as far as these ranges tell them apart: of each range the first and the last, and those beside it. */
export function sourceAddresses(ranges: readonly string[]): string[] {
  const edges = ranges.flatMap((text) => {
    const range = addressRange(text);
    if (!range) return [];
    const { family, first, last } = range;
    const limit = 1n << BigInt(bitsOf(family));
    return [first, last, first - 1n, last + 1n].filter((each) => each >= 0n && each < limit).map((each) => toText(each, family));
  });
  return [...new Set([anyAddress, ...edges])];
}

function toText(value: bigint, family: number): string {
  const [count, base, radix, separator] = family === 4 ? [4, 256n, 10, "."] : [8, 65_536n, 16, ":"];
  const parts = Array.from(
    { length: count as number },
    (_, index) => (value / (base as bigint) ** BigInt((count as number) - 1 - index)) % (base as bigint),
  );
  return parts.map((part) => part.toString(radix as number)).join(separator as string);
}
