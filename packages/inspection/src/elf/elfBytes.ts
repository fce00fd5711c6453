/** A part of a file. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** What was kept of a file. */
export interface Kept {
  /** From its beginning on. */
  head: Buffer;
  /** Undefined for what was not kept, or lies beyond the end. */
  read(offset: number, length: number): Buffer | undefined;
  /** Of the whole file. */
  size: number;
}

/** Numbers of an ELF file, in its own width and order. */
export class ElfBytes {
  constructor(
    readonly bytes: Buffer,
    readonly wide: boolean,
    readonly littleEndian: boolean,
  ) {}

  half(offset: number): number {
    return this.littleEndian ? this.bytes.readUInt16LE(offset) : this.bytes.readUInt16BE(offset);
  }

  word(offset: number): number {
    return this.littleEndian ? this.bytes.readUInt32LE(offset) : this.bytes.readUInt32BE(offset);
  }

  /** An address, an offset or a size. Beyond 2⁵³ it is not exact, and beyond every file. */
  address(offset: number): number {
    if (!this.wide) return this.word(offset);
    return Number(this.littleEndian ? this.bytes.readBigUInt64LE(offset) : this.bytes.readBigUInt64BE(offset));
  }
}

/** A C string; undefined if it is longer than it should be. */
export function cString(bytes: Buffer, offset: number, longest: number): string | undefined {
  if (offset >= bytes.length) return undefined;
  const part = bytes.subarray(offset, offset + longest + 1);
  const end = part.indexOf(0);
  return end < 0 ? undefined : part.toString("utf8", 0, end);
}
