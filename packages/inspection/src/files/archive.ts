import { inflateRawSync } from "node:zlib";

/** What is known of a zip or jar archive. */
export interface Archive {
  /** Whether it has the end that tells what is in it; without it nobody can open it. */
  isWhole: boolean;
  /** Whether its manifest names a class to begin with; undefined where there is none at its beginning, where tools put it. */
  hasMainClass?: boolean;
}

const endMarker = Buffer.from("PK\x05\x06", "latin1");
/** The end, and the longest comment that may follow it. */
const longestEnd = 22 + 0xffff;
/** Entries that precede the manifest: folders. */
const mostEntries = 4;
const longestManifest = 64 * 1024;

/** Finds the last end of an archive in what passes. */
export class ArchiveEnd {
  private position = 0;
  private last = -1;
  private before = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const seam = Buffer.concat([this.before, chunk.subarray(0, endMarker.length - 1)]);
    const atSeam = seam.lastIndexOf(endMarker);
    if (atSeam >= 0) this.last = this.position - this.before.length + atSeam;
    const within = chunk.lastIndexOf(endMarker);
    if (within >= 0) this.last = this.position + within;
    this.position += chunk.length;
    this.before = Buffer.from(Buffer.concat([this.before, chunk.subarray(-3)]).subarray(-3));
  }

  get isThere(): boolean {
    return this.last >= 0 && this.position - this.last <= longestEnd;
  }
}

/** Whether a manifest at an archive's beginning names a class to begin with; undefined where none is there as a whole. */
export function hasMainClass(head: Buffer): boolean | undefined {
  for (let at = 0, entries = 0; entries < mostEntries && at + 30 <= head.length && head.readUInt32LE(at) === 0x04034b50; entries++) {
    const flags = head.readUInt16LE(at + 6);
    const method = head.readUInt16LE(at + 8);
    const stored = head.readUInt32LE(at + 18);
    const nameEnd = at + 30 + head.readUInt16LE(at + 26);
    const from = nameEnd + head.readUInt16LE(at + 28);
    if (head.toString("latin1", at + 30, nameEnd) === "META-INF/MANIFEST.MF") {
      const manifest = method === 8 ? inflated(head.subarray(from)) : undefined;
      return manifest === undefined ? undefined : /^main-class *:/im.test(manifest);
    }
    // Its length stands behind it.
    if (flags & 8) return undefined;
    at = from + stored;
  }
  return undefined;
}

/** Undefined for what is cut off, or no such thing. */
function inflated(bytes: Buffer): string | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: longestManifest }).toString("latin1");
  } catch {
    return undefined;
  }
}
