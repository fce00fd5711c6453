/** The setting of an environment's range of addresses, without the project's name. */
export const rangeKey = "cidrBlock";

/** Of a network whose configuration names none. */
const defaultRange = "10.0.0.0/16";

/**
 * The first /16 of 10.0.0.0/8 that overlaps no other environment's: networks that are to be connected some day may have no address in common.
 * Undefined where none is left.
 */
export function freeRange(taken: readonly string[]): string | undefined {
  const ranges = [...taken, defaultRange].flatMap((text) => boundsOf(text) ?? []);
  const candidates = Array.from({ length: 256 }, (_, second) => `10.${second}.0.0/16`);
  return candidates.find((candidate) => {
    const { first, last } = boundsOf(candidate)!;
    return ranges.every((range) => range.last < first || last < range.first);
  });
}

function boundsOf(text: string): { first: number; last: number } | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const size = 2 ** (32 - parts[4]!);
  const address = parts.slice(0, 4).reduce((sum, part) => sum * 256 + part, 0);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}
