/** What an ELF file's header says of where it runs. */
export interface Elf {
  class: 32 | 64;
  littleEndian: boolean;
  /** `e_machine`, such as 62 for x86-64. */
  machine: number;
  /** `e_type`: 2 and 3 are programs. */
  type: number;
  /** Path of the loader that a dynamic program names; undefined for a static one. */
  interpreter?: string;
}

/** A part of the file that is needed to know the loader. */
export interface ByteRange {
  offset: number;
  length: number;
}

const interpreterSegment = 3;
const longestPath = 4096;

/**
 * Reads the header of an ELF file from its beginning.
 *
 * @returns the header, and where the name of the loader lies; undefined if it ends within its header
 * @see https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */
export function readElf(head: Buffer): { elf: Elf; interpreterAt?: ByteRange } | undefined {
  if (head.length < 52) return undefined;
  const wide = head[4] === 2;
  const littleEndian = head[5] === 1;
  if (wide && head.length < 64) return undefined;
  const half = (offset: number) => (littleEndian ? head.readUInt16LE(offset) : head.readUInt16BE(offset));
  const word = (offset: number) => (littleEndian ? head.readUInt32LE(offset) : head.readUInt32BE(offset));
  const address = (offset: number) =>
    !wide ? word(offset) : Number(littleEndian ? head.readBigUInt64LE(offset) : head.readBigUInt64BE(offset));
  const elf: Elf = { class: wide ? 64 : 32, littleEndian, type: half(16), machine: half(18) };
  const table = address(wide ? 32 : 28);
  const entrySize = half(wide ? 54 : 42);
  const entries = half(wide ? 56 : 44);
  for (let entry = 0; entry < entries; entry++) {
    const start = table + entry * entrySize;
    if (start + (wide ? 56 : 32) > head.length) break;
    if (word(start) !== interpreterSegment) continue;
    const [offset, length] = wide ? [address(start + 8), address(start + 32)] : [word(start + 4), word(start + 16)];
    return { elf, interpreterAt: { offset, length: Math.min(length, longestPath) } };
  }
  return { elf };
}

const machines: Record<number, string> = {
  3: "x86",
  8: "MIPS",
  20: "PowerPC",
  21: "PowerPC 64",
  22: "s390x",
  40: "ARM (32 bits)",
  62: "x86-64",
  183: "ARM64",
  243: "RISC-V",
  258: "LoongArch",
};

/** `x86-64`, `ARM64`, and so on. */
export function machineName({ machine, class: bits }: Elf): string {
  return `${machines[machine] ?? `machine ${machine}`}${machine === 243 ? ` (${bits} bits)` : ""}`;
}

const machineOf: Record<string, number> = { amd64: 62, arm64: 183 };

/** Whether Linux on this architecture runs the file. */
export function runsOn(elf: Elf, architecture: string): boolean {
  return elf.machine === machineOf[architecture] && elf.class === 64 && elf.littleEndian;
}
