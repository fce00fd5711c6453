/** What `setcap` gave to a program. */
export interface FileCapabilities {
  /** A bit for each capability, by its number. */
  permitted: bigint;
}

const revisions: Record<number, { length: number; words: number }> = {
  0x01: { length: 12, words: 1 },
  0x02: { length: 20, words: 2 },
  0x03: { length: 24, words: 2 },
};

/**
 * Reads the extended attribute `security.capability`.
 *
 * @returns what Linux demands of whoever starts the program; undefined where it demands nothing: the flag that makes capabilities effective is not
 * set, or they are for another user namespace
 * @see https://man7.org/linux/man-pages/man7/capabilities.7.html
 */
export function fileCapabilities(value: Buffer): FileCapabilities | undefined {
  if (value.length < 4) return undefined;
  const magic = value.readUInt32LE(0);
  const revision = revisions[magic >>> 24];
  if (revision?.length !== value.length || (magic & 1) === 0) return undefined;
  if (value.length === 24 && value.readUInt32LE(20) !== 0) return undefined;
  const high = revision.words > 1 ? value.readUInt32LE(12) : 0;
  const permitted = BigInt(value.readUInt32LE(4)) | (BigInt(high) << 32n);
  return permitted === 0n ? undefined : { permitted };
}

/** Capabilities by which containers differ, by number. */
export const capability = { dacOverride: 1, netBindService: 10 };

/** Whether a capability is among those that have a bit each. */
export function includes(bits: bigint, number: number): boolean {
  return ((bits >> BigInt(number)) & 1n) === 1n;
}
