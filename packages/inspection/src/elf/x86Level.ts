import { ElfBytes, type Kept } from "./elfBytes";
import { segmentType, type Header, type Segment } from "./segments";

const longestNotes = 64 * 1024;
const propertyNote = 5;
const isaNeeded = 0xc0008002;

/**
 * The level of the CPU that a file's property note asks for: glibc's loader refuses it on a lesser one.
 *
 * @returns 2, 3 or 4; undefined for what every x86-64 CPU has
 * @see https://gitlab.com/x86-psABIs/x86-64-ABI
 */
export function x86Level(header: Header, segments: readonly Segment[], kept: Kept): number | undefined {
  const notes =
    segments.find(({ type }) => type === segmentType.property) ?? segments.find((one) => one.type === segmentType.note && one.length > 0);
  const part = notes && notes.length <= longestNotes ? kept.read(notes.offset, notes.length) : undefined;
  if (!part) return undefined;
  const bytes = new ElfBytes(part, header.class === 64, true);
  const align = (length: number) => Math.ceil(length / 8) * 8;
  for (let at = 0; at + 16 <= part.length;) {
    const [nameLength, length, type] = [bytes.word(at), bytes.word(at + 4), bytes.word(at + 8)];
    const end = at + 16 + length;
    const isProperty = type === propertyNote && nameLength === 4 && part.toString("latin1", at + 12, at + 15) === "GNU";
    for (let property = at + 16; isProperty && property + 12 <= Math.min(end, part.length);) {
      if (bytes.word(property) === isaNeeded) return highest(bytes.word(property + 8));
      property += 8 + align(bytes.word(property + 4));
    }
    at = isProperty ? align(end) : at + 12 + Math.ceil(nameLength / 4) * 4 + Math.ceil(length / 4) * 4;
  }
  return undefined;
}

/** Bit 0 is what every CPU has. */
function highest(bits: number): number | undefined {
  return [4, 3, 2].find((level) => bits & (1 << (level - 1)));
}
