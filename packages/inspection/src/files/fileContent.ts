import type { Elf } from "../elf/elf";
import type { Kept } from "../elf/elfBytes";
import { isLoaderCache, readLoaderCache, type LoaderCache } from "../elf/loaderCache";
import { readElf } from "../elf/readElf";
import type { Archive, ArchiveMarks } from "./archive";
import type { ProbeMemory } from "./probeMemory";
import { isArchive, isBytecode, signatures, type Signature } from "./signatures";

/** What the first bytes of a file say about how Linux would start it. */
export type FileContent =
  | { kind: "elf"; elf: Elf }
  | { kind: "brokenElf" }
  /** `interpreter` as it stands after `#!`, with a carriage return if there is one; cut off where it ends beyond what Linux reads. */
  | { kind: "script"; interpreter: string; argument?: string; isCutOff?: boolean }
  | { kind: "scriptAfterByteOrderMark" }
  | { kind: "empty" }
  /** `classVersion` where it may be one of Java's classes. */
  | { kind: "foreign"; signature: Signature; archive?: Archive; classVersion?: number }
  /** Without `#!`: shells read it, Linux doesn't. */
  | { kind: "text" }
  | { kind: "binary"; loaderCache?: LoaderCache | "unreadable" };

/** As much as is read of a file that is no ELF file. Linux itself reads 256 bytes of a script's first line. */
export const headLength = 4096;
const firstLineLength = 256;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const elfMagic = Buffer.from("\x7fELF", "latin1");

// Most files are one of these, so there is one of each.
const empty: FileContent = { kind: "empty" };
const text: FileContent = { kind: "text" };
const binary: FileContent = { kind: "binary" };
const brokenElf: FileContent = { kind: "brokenElf" };
const scriptAfterByteOrderMark: FileContent = { kind: "scriptAfterByteOrderMark" };
const archives = new Map<string, FileContent>();
const bytecode = new Map<number, FileContent>();
const foreign = new Map<Signature, FileContent>(signatures.map((signature) => [signature, { kind: "foreign", signature }]));

export function isElf(head: Buffer): boolean {
  return head.subarray(0, 4).equals(elfMagic);
}

/** Tells from what was kept of a file what it is; undefined where the image has more programs than are remembered. */
export function contentOf(kept: Kept, memory: ProbeMemory, archive?: ArchiveMarks): FileContent | undefined {
  const head = kept.head.subarray(0, headLength);
  if (head.length === 0) return empty;
  if (isElf(head)) {
    if (!memory.admit()) return undefined;
    const elf = readElf(kept, memory.keep);
    return elf ? { kind: "elf", elf } : brokenElf;
  }
  if (isLoaderCache(head))
    return { kind: "binary", loaderCache: (memory.admit() && readLoaderCache(kept.head, memory.keep)) || "unreadable" };
  if (head[0] === 0x23 && head[1] === 0x21) return memory.admit() ? script(head) : undefined;
  const marked = head.subarray(0, 3).equals(byteOrderMark);
  if (marked && head[3] === 0x23 && head[4] === 0x21) return scriptAfterByteOrderMark;
  const signature = signatures.find(({ matches }) => matches(head));
  if (signature && archive && isArchive(head)) return archiveOf(signature, archive.found());
  if (signature && isBytecode(head)) return bytecodeOf(signature, head);
  if (signature) return foreign.get(signature);
  return head.includes(0) ? binary : text;
}

/** There is one of each version. */
function bytecodeOf(signature: Signature, head: Buffer): FileContent | undefined {
  const classVersion = head.length >= 8 ? head.readUInt16BE(6) : 0;
  // What is lower counts the parts of a program for macOS.
  if (classVersion < 45) return foreign.get(signature);
  const known = bytecode.get(classVersion) ?? { kind: "foreign", signature, classVersion };
  bytecode.set(classVersion, known);
  return known;
}

/** There is one of each kind, but for those that a name is known of. */
function archiveOf(signature: Signature, archive: Archive): FileContent {
  if (archive.missingClass !== undefined) return { kind: "foreign", signature, archive };
  const key = JSON.stringify(archive);
  const known = archives.get(key) ?? { kind: "foreign", signature, archive };
  archives.set(key, known);
  return known;
}

/** @see https://github.com/torvalds/linux/blob/master/fs/binfmt_script.c */
function script(head: Buffer): FileContent {
  const read = head.subarray(0, firstLineLength);
  const end = read.indexOf(0x0a);
  // The last byte of what is read counts for a line's end alone.
  const line = read.toString("utf8", 2, end < 0 ? Math.min(read.length, firstLineLength - 1) : end);
  // Blanks around it don't count; a carriage return is no blank to Linux, and a zero byte ends a text.
  const [, interpreter = "", rest = ""] = /^[ \t]*([^ \t\0]*)(.*)$/s.exec(line) ?? [];
  const isCutOff = end < 0 && head.length >= firstLineLength && rest === "";
  if (isCutOff) return { kind: "script", interpreter, isCutOff };
  const argument = rest.startsWith("\0")
    ? ""
    : rest
        .split("\0")[0]!
        .replace(/^[ \t]+/, "")
        .replace(/[ \t]+$/, "");
  return { kind: "script", interpreter, argument: argument === "" ? undefined : argument };
}
