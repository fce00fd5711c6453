import type { Dynamic, VersionNeed } from "./elf";
import { cString, ElfBytes, type Kept } from "./elfBytes";
import { offsetOf, segmentType, type Header, type Segment } from "./segments";
import { systemFolders } from "./systemFolders";

/** No file that anybody links comes near these; one that goes beyond is not judged. */
const most = { tags: 4096, libraries: 2048, versions: 4096, nameLength: 512, pathLength: 64 * 1024 };

const tag = {
  needed: 1,
  strings: 5,
  stringsSize: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
  versions: 0x6ffffffc,
  versionsCount: 0x6ffffffd,
  versionNeeds: 0x6ffffffe,
  versionNeedsCount: 0x6fffffff,
};
const noDefaultFolders = 0x800;
const isProgram = 0x8000000;
/** The name of the file itself stands among its versions. */
const ofFileItself = 1;
const canDoWithout = 2;

/** Keeps one of texts that are equal; undefined once there are too many. */
export type Keep = (text: string) => string | undefined;

/** Stands for a table that is not as it should be, or was not kept. */
class Unreadable extends Error {}

/**
 * Reads the dynamic section.
 *
 * @returns undefined where there is none, or where a part of it was not kept, or contradicts itself
 * @see https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html
 */
export function readDynamic(header: Header, segments: readonly Segment[], kept: Kept, keep: Keep): Dynamic | undefined {
  const segment = segments.find(({ type }) => type === segmentType.dynamic);
  if (!segment || !header.littleEndian) return undefined;
  try {
    return new DynamicReader(header, segments, kept, keep).read(segment);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return undefined;
    throw error;
  }
}

class DynamicReader {
  private readonly values = new Map<number, number[]>();
  private strings?: number;

  constructor(
    private readonly header: Header,
    private readonly segments: readonly Segment[],
    private readonly kept: Kept,
    private readonly keep: Keep,
  ) {}

  read(segment: Segment): Dynamic {
    this.readTags(segment);
    const flags = this.value(tag.flags1) ?? 0;
    const soname = this.text(this.value(tag.soname), most.nameLength);
    return {
      needed: (this.values.get(tag.needed) ?? []).map((at) => this.text(at, most.nameLength)!),
      rpath: this.text(this.value(tag.rpath), most.pathLength),
      runpath: this.text(this.value(tag.runpath), most.pathLength),
      soname,
      versionNeeds: this.versionNeeds(),
      versions: this.versions(),
      isProgram: (flags & isProgram) !== 0,
      noDefaultFolders: (flags & noDefaultFolders) !== 0,
      systemFolders: soname?.startsWith("ld-linux") ? systemFolders(this.kept.head) : undefined,
    };
  }

  private readTags({ offset, length }: Segment): void {
    const size = this.header.class === 64 ? 16 : 8;
    if (length > most.tags * size) throw new Unreadable();
    const bytes = this.bytesAt(offset, length);
    for (let at = 0; at + size <= length; at += size) {
      const name = bytes.address(at);
      if (name === 0) return;
      const values = this.values.get(name);
      if (values === undefined) this.values.set(name, [bytes.address(at + size / 2)]);
      else if (values.push(bytes.address(at + size / 2)) > most.libraries) throw new Unreadable();
    }
  }

  /** The last of several counts, as for the loader. */
  private value(name: number): number | undefined {
    return this.values.get(name)?.at(-1);
  }

  private text(at: number | undefined, longest: number): string | undefined {
    if (at === undefined) return undefined;
    const start = (this.strings ??= this.offset(this.value(tag.strings)));
    const size = this.value(tag.stringsSize) ?? 0;
    if (at >= size) throw new Unreadable();
    const text = cString(this.bytesAt(start + at, Math.min(size - at, longest + 1)).bytes, 0, longest);
    const kept = text === undefined ? undefined : this.keep(text);
    if (kept === undefined) throw new Unreadable();
    return kept;
  }

  private versionNeeds(): VersionNeed[] {
    const needs: VersionNeed[] = [];
    let left = most.versions;
    this.chain(tag.versionNeeds, tag.versionNeedsCount, (at) => {
      const entry = this.bytesAt(at, 16);
      const versions: string[] = [];
      let next = at + entry.word(8);
      for (let count = entry.half(2); count > 0; count--) {
        if (left-- === 0) throw new Unreadable();
        const version = this.bytesAt(next, 16);
        if ((version.half(4) & canDoWithout) === 0) versions.push(this.text(version.word(8), most.nameLength)!);
        if (version.word(12) === 0) break;
        next += version.word(12);
      }
      needs.push({ library: this.text(entry.word(4), most.nameLength)!, versions });
      return entry.word(12);
    });
    return needs;
  }

  private versions(): string[] | undefined {
    if (this.value(tag.versions) === undefined) return undefined;
    const versions: string[] = [];
    this.chain(tag.versions, tag.versionsCount, (at) => {
      const entry = this.bytesAt(at, 20);
      if ((entry.half(2) & ofFileItself) === 0) versions.push(this.text(this.bytesAt(at + entry.word(12), 8).word(0), most.nameLength)!);
      return entry.word(16);
    });
    return versions;
  }

  /** Walks entries that each say how far the next one is. */
  private chain(table: number, count: number, visit: (at: number) => number): void {
    const address = this.value(table);
    if (address === undefined) return;
    let at = this.offset(address);
    const entries = this.value(count) ?? 0;
    if (entries > most.versions) throw new Unreadable();
    for (let entry = 0; entry < entries; entry++) {
      const step = visit(at);
      if (step === 0) return;
      at += step;
    }
  }

  private offset(address: number | undefined): number {
    const offset = address === undefined ? undefined : offsetOf(address, this.segments);
    if (offset === undefined) throw new Unreadable();
    return offset;
  }

  private bytesAt(offset: number, length: number): ElfBytes {
    const bytes = this.kept.read(offset, length);
    if (!bytes) throw new Unreadable();
    return new ElfBytes(bytes, this.header.class === 64, true);
  }
}
