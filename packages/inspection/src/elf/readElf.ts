import type { CutOff, Elf } from "./elf";
import { readDynamic, type Keep } from "./dynamic";
import { cString, type ByteRange, type Kept } from "./elfBytes";
import { isExecutable, isWritable, partsWithNames, readHeader, readSegments, segmentType, type Header, type Segment } from "./segments";
import { x86Level } from "./x86Level";

/** Linux refuses longer ones. */
const longestPath = 4096;
/** A part of less than this, and all such together of less than the second, are kept wherever in the file they lie. */
const smallPart = 2 * 1024 ** 2;
const smallParts = 8 * 1024 ** 2;

/** Makes of an ELF file what is told of it; undefined if it ends within its header. */
export function readElf(kept: Kept, keep: Keep): Elf | undefined {
  const header = readHeader(kept.head);
  if (!header) return undefined;
  const { class: bits, littleEndian, machine, type } = header;
  const elf: Elf = { class: bits, littleEndian, machine, type };
  const segments = readSegments(header, kept);
  const { segmentTable } = header;
  const needed = segmentTable.offset + segmentTable.length;
  if (needed > kept.size) elf.cutOff = { size: kept.size, needed, touched: true };
  if (!segments || elf.cutOff) return elf;
  const interpreter = segments.find((segment) => segment.type === segmentType.interpreter);
  if (interpreter) elf.interpreter = interpreterPath(interpreter, kept, keep);
  elf.hasEntry = hasEntry(header, segments);
  elf.cutOff = cutOff(header, segments, kept.size);
  elf.dynamic = readDynamic(header, segments, kept, keep);
  if (machine === 62) elf.x86Level = x86Level(header, segments, kept);
  return elf;
}

/**
 * The parts of a file beyond its beginning that say something of it: patchelf, for one, moves names to the file's end, into a segment of their own.
 *
 * @param head as much of the beginning as is kept
 */
export function furtherParts(head: Buffer): ByteRange[] {
  const header = readHeader(head);
  const kept: Kept = {
    head,
    size: head.length,
    read: (offset, length) => (offset + length <= head.length ? head.subarray(offset, offset + length) : undefined),
  };
  if (!header) return [];
  let total = 0;
  return [...(readSegments(header, kept) ?? []), ...partsWithNames(header, kept)]
    .filter(({ offset, length }) => length > 0 && offset + length > head.length && Number.isSafeInteger(offset + length))
    .filter(({ length }) => length <= smallPart && (total += length) <= smallParts)
    .map(({ offset, length }) => ({ offset, length }));
}

function interpreterPath({ offset, length }: Segment, kept: Kept, keep: Keep): string | undefined {
  const bytes = kept.read(offset, Math.min(length, longestPath));
  return bytes && keep(cString(bytes, 0, longestPath) ?? bytes.toString("utf8"));
}

function hasEntry({ entry }: Header, segments: readonly Segment[]): boolean | undefined {
  const stack = segments.find(({ type }) => type === segmentType.stack);
  // Where a file doesn't say that its stack is not executable, older kernels let all of it be executed.
  if (!stack || stack.flags & isExecutable) return undefined;
  return segments.some((one) => one.type === segmentType.load && one.flags & isExecutable && contains(one, entry));
}

function contains({ address, memory }: Segment, at: number): boolean {
  return at >= address && at < address + memory;
}

function cutOff(header: Header, segments: readonly Segment[], size: number): CutOff | undefined {
  const loaded = segments.filter(({ type }) => type === segmentType.load);
  const needed = Math.max(0, ...loaded.map(({ offset, length }) => offset + length));
  // ARM64 has pages of up to 64 KiB. What is missing of the last page is zero.
  const page = header.machine === 62 || header.machine === 3 ? 4096 : 65_536;
  const end = Math.ceil(size / page) * page;
  if (needed <= end) return undefined;
  const isMissing = (offset: number) => offset >= end;
  const touched = segments.some(
    (one) =>
      (one.type === segmentType.dynamic && one.length > 0 && isMissing(one.offset)) ||
      (one.type === segmentType.load &&
        ((contains(one, header.entry) && isMissing(one.offset + header.entry - one.address)) ||
          (one.flags & isWritable &&
            one.memory > one.length &&
            (one.address + one.length) % 4096 !== 0 &&
            isMissing(one.offset + one.length - 1)))),
  );
  return { size, needed, touched };
}
