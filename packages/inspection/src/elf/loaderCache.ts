import type { Keep } from "./dynamic";

/** A library that ldconfig found, as it stands in /etc/ld.so.cache. */
export interface CachedLibrary {
  path: string;
  /** For which machine, in ldconfig's own numbers. */
  flags: number;
  /** Whether it is taken on some CPUs only. */
  ofSomeCpus: boolean;
}

/** By the name that programs need. */
export type LoaderCache = ReadonlyMap<string, readonly CachedLibrary[]>;

const magic = "glibc-ld.so.cache1.1";
/** Stands before it until glibc 2.31. */
const elderMagic = "ld.so-1.7.0";
const headerLength = 48;
const entryLength = 24;
const mostEntries = 50_000;
const longestPath = 4096;

/** As much as is kept of such a file; a large image's has 200 KiB. */
export const longestCache = 4 * 1024 ** 2;

export function isLoaderCache(head: Buffer): boolean {
  return head.toString("latin1", 0, magic.length) === magic || head.toString("latin1", 0, elderMagic.length) === elderMagic;
}

/** Reads /etc/ld.so.cache; undefined where it is not as ldconfig writes it. */
export function readLoaderCache(bytes: Buffer, keep: Keep): LoaderCache | undefined {
  const start = startOf(bytes);
  if (bytes.toString("latin1", start, start + magic.length) !== magic || start + headerLength > bytes.length) return undefined;
  const entries = bytes.readUInt32LE(start + magic.length);
  const end = start + headerLength + entries * entryLength;
  if (entries > mostEntries || end > bytes.length) return undefined;
  const text = (offset: number) => {
    const stop = bytes.indexOf(0, start + offset);
    return stop < 0 || stop - start - offset > longestPath ? undefined : keep(bytes.toString("utf8", start + offset, stop));
  };
  const libraries = new Map<string, CachedLibrary[]>();
  for (let at = start + headerLength; at < end; at += entryLength) {
    const name = text(bytes.readUInt32LE(at + 4));
    const path = text(bytes.readUInt32LE(at + 8));
    if (name === undefined || path === undefined) return undefined;
    const library = { path, flags: bytes.readUInt32LE(at), ofSomeCpus: bytes.readBigUInt64LE(at + 16) !== 0n };
    const others = libraries.get(name);
    if (others) others.push(library);
    else libraries.set(name, [library]);
  }
  return libraries;
}

function startOf(bytes: Buffer): number {
  const isElder = bytes.length >= 16 && bytes.toString("latin1", 0, elderMagic.length) === elderMagic;
  return isElder ? Math.ceil((16 + bytes.readUInt32LE(12) * 12) / 8) * 8 : 0;
}
