import { ElfBytes, type ByteRange, type Kept } from "./elfBytes";

/** One entry of the program header table. */
export interface Segment {
  type: number;
  flags: number;
  offset: number;
  address: number;
  /** Bytes in the file. */
  length: number;
  /** Bytes in memory: what is more is zero. */
  memory: number;
}

export interface Header {
  class: 32 | 64;
  littleEndian: boolean;
  machine: number;
  type: number;
  entry: number;
  segmentTable: ByteRange;
  /** Bytes of one entry of the table. */
  segmentSize: number;
  sectionTable: ByteRange;
}

export const segmentType = { load: 1, dynamic: 2, interpreter: 3, note: 4, stack: 0x6474e551, property: 0x6474e553 };
export const isExecutable = 1;
export const isWritable = 2;

/** Linux takes no longer table. */
const longestTable = 65_536;

/**
 * The header at an ELF file's beginning; undefined if it ends within it.
 *
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export function readHeader(head: Buffer): Header | undefined {
  const wide = head[4] === 2;
  if (head.length < (wide ? 64 : 52)) return undefined;
  const bytes = new ElfBytes(head, wide, head[5] === 1);
  const segmentSize = bytes.half(wide ? 54 : 42);
  return {
    class: wide ? 64 : 32,
    littleEndian: bytes.littleEndian,
    type: bytes.half(16),
    machine: bytes.half(18),
    entry: bytes.address(24),
    segmentTable: { offset: bytes.address(wide ? 32 : 28), length: bytes.half(wide ? 56 : 44) * segmentSize },
    segmentSize,
    sectionTable: { offset: bytes.address(wide ? 40 : 32), length: bytes.half(wide ? 60 : 48) * bytes.half(wide ? 58 : 46) },
  };
}

/** The segments; undefined if their table was not kept. */
export function readSegments({ class: bits, littleEndian, segmentTable, segmentSize }: Header, kept: Kept): Segment[] | undefined {
  const wide = bits === 64;
  // Linux takes no other size.
  if (segmentTable.length === 0 || segmentTable.length > longestTable || segmentSize !== (wide ? 56 : 32)) return [];
  const table = kept.read(segmentTable.offset, segmentTable.length);
  if (!table) return undefined;
  const bytes = new ElfBytes(table, wide, littleEndian);
  const segments: Segment[] = [];
  for (let at = 0; at + segmentSize <= table.length; at += segmentSize) {
    segments.push({
      type: bytes.word(at),
      flags: bytes.word(at + (wide ? 4 : 24)),
      offset: bytes.address(at + (wide ? 8 : 4)),
      address: bytes.address(at + (wide ? 16 : 8)),
      length: bytes.address(at + (wide ? 32 : 16)),
      memory: bytes.address(at + (wide ? 40 : 20)),
    });
  }
  return segments;
}

/** Of a string table, of versions that are needed, and of versions that are there. */
const sectionsOfNames = new Set([3, 0x6ffffffe, 0x6ffffffd]);

/** Where a file of 64 bits that begins with its section table, as those of Go's linker do, has its names: far behind the code. */
export function partsWithNames({ class: bits, littleEndian, sectionTable }: Header, kept: Kept): ByteRange[] {
  const table = bits === 64 && sectionTable.length <= longestTable ? kept.read(sectionTable.offset, sectionTable.length) : undefined;
  if (!table) return [];
  const bytes = new ElfBytes(table, true, littleEndian);
  const parts: ByteRange[] = [];
  for (let at = 0; at + 64 <= table.length; at += 64) {
    const isLoaded = bytes.address(at + 8) & 2;
    if (isLoaded && sectionsOfNames.has(bytes.word(at + 4))) parts.push({ offset: bytes.address(at + 24), length: bytes.address(at + 32) });
  }
  return parts;
}

/** Where in the file an address lies. */
export function offsetOf(address: number, segments: readonly Segment[]): number | undefined {
  const segment = segments.find((one) => one.type === segmentType.load && address >= one.address && address < one.address + one.length);
  return segment && segment.offset + (address - segment.address);
}
