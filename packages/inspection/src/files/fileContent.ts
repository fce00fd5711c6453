import { readElf, type ByteRange, type Elf } from "../elf/elf";
import { signatures, type Signature } from "./signatures";

/** What the first bytes of a file say about how Linux would start it. */
export type FileContent =
  | { kind: "elf"; elf: Elf }
  | { kind: "brokenElf" }
  /** `interpreter` as it stands after `#!`, with a carriage return if there is one. */
  | { kind: "script"; interpreter: string; argument?: string }
  | { kind: "scriptAfterByteOrderMark" }
  | { kind: "empty" }
  | { kind: "foreign"; signature: Signature }
  /** Without `#!`: shells read it, Linux doesn't. */
  | { kind: "text" }
  | { kind: "binary" };

/** As much as is read of a file. Linux itself reads 256 bytes of a script's first line. */
export const headLength = 4096;
const firstLineLength = 256;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Tells from a file's first bytes what it is. A dynamic ELF file's loader may be named further on: `more` says where. */
export function contentOf(head: Buffer): { content: FileContent; more?: ByteRange } {
  if (head.length === 0) return { content: { kind: "empty" } };
  if (head.subarray(0, 4).equals(Buffer.from("\x7fELF", "latin1"))) {
    const read = readElf(head);
    if (!read) return { content: { kind: "brokenElf" } };
    const { elf, interpreterAt } = read;
    const content: FileContent = { kind: "elf", elf };
    if (!interpreterAt) return { content };
    if (interpreterAt.offset + interpreterAt.length > head.length) return { content, more: interpreterAt };
    elf.interpreter = interpreterPath(head.subarray(interpreterAt.offset, interpreterAt.offset + interpreterAt.length));
    return { content };
  }
  if (head[0] === 0x23 && head[1] === 0x21) return { content: script(head) };
  const marked = head.subarray(0, 3).equals(byteOrderMark);
  if (marked && head[3] === 0x23 && head[4] === 0x21) return { content: { kind: "scriptAfterByteOrderMark" } };
  const signature = signatures.find(({ matches }) => matches(head));
  if (signature) return { content: { kind: "foreign", signature } };
  return { content: { kind: head.includes(0) ? "binary" : "text" } };
}

/** A C string. */
export function interpreterPath(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

function script(head: Buffer): FileContent {
  const line = head.subarray(2, firstLineLength);
  const end = line.indexOf(0x0a);
  // Blanks around it don't count; a carriage return is no blank to Linux.
  const text = line.toString("utf8", 0, end < 0 ? line.length : end).replace(/^[ \t]+|[ \t]+$/g, "");
  const [, interpreter = "", argument] = /^([^ \t]*)(?:[ \t]+(.*))?$/s.exec(text) ?? [];
  return { kind: "script", interpreter, argument };
}
