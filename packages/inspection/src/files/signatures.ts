import type { ImageCode } from "@fairlead/model";

/** A kind of file that Linux can't start, told by its first bytes. */
export interface Signature {
  /** `app is …` */
  description: string;
  /** What to do about it. */
  fix: string;
  /** @default FL2110, which says that the file is no program */
  code?: ImageCode;
  matches: (head: Buffer) => boolean;
}

const program = "Copy a Linux program instead.";
const beginsWith =
  (...beginnings: (string | number[])[]) =>
  (head: Buffer) =>
    beginnings.map((bytes) => Buffer.from(bytes as string, "latin1")).some((bytes) => head.subarray(0, bytes.length).equals(bytes));

/** A zip archive, and what is one: jar, war, wheel. */
export const isArchive = beginsWith("PK\x03\x04");

/** Java's classes, and programs for macOS of several machines. */
export const isBytecode = beginsWith([0xca, 0xfe, 0xba, 0xbe]);

/** The first that matches counts. What matches none is binary data or, without a zero byte, a text. */
export const signatures: readonly Signature[] = [
  { description: "a Windows program", fix: program, matches: beginsWith("MZ") },
  {
    description: "a macOS program",
    fix: program,
    matches: beginsWith([0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf], [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe]),
  },
  { description: "a macOS program, or Java bytecode", fix: program, matches: isBytecode },
  { description: "WebAssembly", fix: program, matches: beginsWith("\0asm") },
  { description: "a zip or jar archive", fix: program, matches: isArchive },
  {
    description: "the pointer of a Git LFS file, not the file",
    fix: "Fetch it before the build: `git lfs pull`; for GitHub's actions/checkout, `lfs: true`.",
    matches: beginsWith("version https://git-lfs.github.com/spec/"),
  },
  {
    description: "an HTML page",
    fix: "A download that answered with a page: let it fail (`curl --fail --location`), and check what came.",
    matches: (head) => /^\s*<(!doctype html|html)\b/i.test(head.toString("latin1", 0, 256)),
  },
  {
    description: "the answer of a server that had no such file",
    fix: "Let a download fail that isn't there (`curl --fail --location`), and check what came.",
    matches: (head) => /^(404: Not Found|Not Found|\s*<\?xml [^>]*>\s*<Error>)/.test(head.toString("latin1", 0, 256)),
  },
  {
    description: "an archive that is still packed",
    fix: "Unpack it in the Dockerfile; only `ADD` of a local tar does so by itself.",
    matches: beginsWith([0x1f, 0x8b], [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], [0x28, 0xb5, 0x2f, 0xfd], "BZh", "7z\xbc\xaf", "!<arch>\n"),
  },
];
