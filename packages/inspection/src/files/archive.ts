import { inflateRawSync } from "node:zlib";

/** What is known of a zip or jar archive. */
export interface Archive {
  /** Whether it has the end that tells what is in it; without it nobody can open it. */
  isWhole: boolean;
  /** Whether its manifest names a class to begin with; undefined where there is none at its beginning, where tools put it. */
  hasMainClass?: boolean;
  hasManifest: boolean;
  /** Whether it has the module that Python begins with. */
  hasMainModule: boolean;
}

const endMarker = Buffer.from("PK\x05\x06", "latin1");
/** The end, and the longest comment that may follow it. */
const longestEnd = 22 + 0xffff;
/** Entries that precede the manifest: folders. */
const mostEntries = 4;
const longestManifest = 64 * 1024;

/** Names of entries stand in an archive as they are. */
const names = { manifest: Buffer.from("META-INF/MANIFEST.MF"), mainModule: Buffer.from("__main__.py") };
const longestMark = 20;

/** Finds in what passes of an archive its end, and the names of entries that tell whether it can be run. */
export class ArchiveMarks {
  readonly seen = { manifest: false, mainModule: false };
  private position = 0;
  private end = -1;
  private before = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const seam = Buffer.concat([this.before, chunk.subarray(0, longestMark - 1)]);
    const from = this.position - this.before.length;
    for (const [bytes, at] of [
      [seam, from],
      [chunk, this.position],
    ] as const) {
      const found = bytes.lastIndexOf(endMarker);
      if (found >= 0) this.end = at + found;
      this.seen.manifest ||= bytes.includes(names.manifest);
      this.seen.mainModule ||= bytes.includes(names.mainModule);
    }
    this.position += chunk.length;
    this.before = Buffer.from(Buffer.concat([this.before, chunk.subarray(1 - longestMark)]).subarray(1 - longestMark));
  }

  get isWhole(): boolean {
    return this.end >= 0 && this.position - this.end <= longestEnd;
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
