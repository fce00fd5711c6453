import { furtherParts } from "../elf/readElf";
import type { Kept } from "../elf/elfBytes";
import { isLoaderCache, longestCache } from "../elf/loaderCache";
import { ArchiveMarks } from "./archive";
import { contentOf, headLength, isElf, type FileContent } from "./fileContent";
import type { ProbeMemory } from "./probeMemory";
import { isArchive } from "./signatures";
import { Window } from "./window";

/** As many bytes as tell whether more are needed. */
const magicLength = 20;

/** Tells what a file is from the parts of it that say so, as it passes. */
export class FileProbe {
  private size = 0;
  private headLength = 0;
  private archiveMarks?: ArchiveMarks;
  /** Parts of an ELF file beyond its head; set once the head is whole. */
  private parts?: { from: number; window: Window }[];

  constructor(private readonly memory: ProbeMemory) {}

  add(chunk: Buffer): void {
    this.size += chunk.length;
    const rest = this.keep(this.keep(chunk, magicLength), this.wanted());
    if (isArchive(this.head)) (this.archiveMarks ??= new ArchiveMarks(() => this.memory.admitArchive())).add(chunk);
    if (rest.length === 0 || !isElf(this.head)) return;
    this.parts ??= furtherParts(this.head).map(({ offset, length }) => {
      const from = Math.max(offset, this.headLength);
      return { from, window: new Window(from - this.headLength, offset + length - from) };
    });
    for (const { window } of this.parts) window.add(rest);
  }

  /** Undefined where too much was found already in the same image. */
  content(): FileContent | undefined {
    return contentOf(this.kept(), this.memory, this.archiveMarks);
  }

  private get head(): Buffer {
    return this.memory.head(this.headLength);
  }

  /** As much as its kind of file is told by. */
  private wanted(): number {
    if (isElf(this.head)) return Infinity;
    return isLoaderCache(this.head) ? longestCache : headLength;
  }

  /** Returns what is beyond the head. */
  private keep(chunk: Buffer, longest: number): Buffer {
    const kept = this.memory.append(chunk, this.headLength, longest);
    this.headLength += kept;
    return chunk.subarray(kept);
  }

  private kept(): Kept {
    const head = this.head;
    const parts = (this.parts ?? []).filter(({ window }) => window.full).map(({ from, window }) => ({ from, bytes: window.bytes }));
    return {
      head,
      size: this.size,
      read: (offset, length) => {
        const within = offset + length <= head.length ? { from: 0, bytes: head } : undefined;
        const part = within ?? parts.find(({ from, bytes }) => offset >= from && offset + length <= from + bytes.length);
        return part?.bytes.subarray(offset - part.from, offset - part.from + length);
      },
    };
  }
}
