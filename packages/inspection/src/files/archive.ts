import { inflateRawSync } from "node:zlib";

import { ClassSearch } from "./classSearch";

/** What is known of a zip or jar archive. */
export interface Archive {
  /** Whether it has the end that tells what is in it; without it nobody can open it. */
  isWhole: boolean;
  /** Whether its manifest names a class to begin with; undefined where there is none at its beginning, where tools put it. */
  hasMainClass?: boolean;
  /** Version of the class files that it begins with, which is 44 more than Java's: the newest where one starts another, as Spring Boot's does. */
  classVersion?: number;
  hasManifest: boolean;
  /** The class to begin with, where the archive has it not, and names no other archive that may have it. */
  missingClass?: string;
  /** Whether it has the module that Python begins with. */
  hasMainModule: boolean;
}

const entryMarker = Buffer.from("PK\x03\x04", "latin1");
const endMarker = Buffer.from("PK\x05\x06", "latin1");
/** The end, and the longest comment that may follow it. */
const longestEnd = 22 + 0xffff;
/** Entries that precede the manifest: folders. */
const mostEntries = 4;
const longestManifest = 64 * 1024;

/** Names of entries stand in an archive as they are. */
const names = { manifest: Buffer.from("META-INF/MANIFEST.MF"), mainModule: Buffer.from("__main__.py") };
const longestMark = 20;
/** Of a class that is looked for. */
const longestName = 250;

/** As much as the manifest is looked for in. */
const headLength = 4096;

/** Finds in what passes of an archive its end, the names of entries that tell whether it can be run, and the class that it begins with. */
export class ArchiveMarks {
  readonly seen = { manifest: false, mainModule: false };
  private position = 0;
  private end = -1;
  private before = Buffer.alloc(0);
  /** What was not yet looked for classes in, as their names are not known; undefined once the manifest was read. */
  private head?: Buffer = Buffer.alloc(0);
  private mainClasses?: readonly string[];
  private namesOthers = false;
  private classes?: ClassSearch;

  /** @param admit whether one more manifest may be read */
  constructor(private readonly admit: () => boolean) {}

  add(chunk: Buffer): void {
    const seam = Buffer.concat([this.before, chunk.subarray(0, longestMark - 1)]);
    const from = this.position - this.before.length;
    for (const [bytes, at] of [
      [seam, from],
      [chunk, this.position],
    ] as const) {
      const found = bytes.lastIndexOf(endMarker);
      if (found >= 0) this.end = at + found;
      this.seen.manifest ||= bytes.includes(names.manifest);
      this.seen.mainModule ||= bytes.includes(names.mainModule);
    }
    this.position += chunk.length;
    this.before = Buffer.from(Buffer.concat([this.before, chunk.subarray(1 - longestMark)]).subarray(1 - longestMark));
    this.searchClasses(chunk);
  }

  /** What was found, once all has passed. */
  found(): Archive {
    this.readManifest();
    const isWhole = this.end >= 0 && this.position - this.end <= longestEnd;
    const { manifest: hasManifest, mainModule: hasMainModule } = this.seen;
    const hasMainClass = this.mainClasses && this.mainClasses.length > 0;
    const isMissing = this.classes?.hasFirst === false && !this.namesOthers;
    const missingClass = isMissing ? nameOf(this.mainClasses![0]!) : undefined;
    return { isWhole, hasManifest, hasMainModule, hasMainClass, classVersion: this.classes?.version(), missingClass };
  }

  private searchClasses(chunk: Buffer): void {
    if (!this.head) return this.classes?.add(chunk);
    const rest = headLength - this.head.length;
    this.head = Buffer.concat([this.head, chunk.subarray(0, rest)]);
    if (this.head.length < headLength) return;
    this.readManifest();
    this.classes?.add(chunk.subarray(rest));
  }

  private readManifest(): void {
    const { head } = this;
    if (!head) return;
    this.head = undefined;
    const manifest = this.admit() ? manifestOf(head) : undefined;
    this.mainClasses = manifest === undefined ? undefined : mainClassesOf(manifest);
    this.namesOthers = /^(class-path|launcher-agent-class) *:/im.test(manifest ?? "");
    if (!this.mainClasses?.length || this.mainClasses.some(({ length }) => length > longestName)) return;
    this.classes = new ClassSearch(this.mainClasses);
    this.classes.add(head);
  }
}

/** Starts the class that `Start-Class` names. */
const springLauncher = /^org\/springframework\/boot\/loader\/(launch\/)?(Jar|War)Launcher\.class$/;

/** Entries of the classes that an archive begins with; none where its manifest names none. */
function mainClassesOf(manifest: string): string[] {
  // Lines go on behind a blank.
  const lines = manifest.replace(/\r\n? |\n /g, "").split(/\r\n?|\n/);
  const value = (name: string) => lines.find((line) => line.toLowerCase().replace(/ *:/, ":").startsWith(`${name}:`));
  const entryOf = (line: string) =>
    `${line
      .slice(line.indexOf(":") + 1)
      .trim()
      .replaceAll(".", "/")}.class`;
  const main = value("main-class");
  if (main === undefined) return [];
  const started = springLauncher.test(entryOf(main)) ? value("start-class") : undefined;
  return [
    entryOf(main),
    ...(started === undefined ? [] : ["BOOT-INF", "WEB-INF"].map((folder) => `${folder}/classes/${entryOf(started)}`)),
  ];
}

/** The name of a class, where an entry can be of one. */
function nameOf(entry: string): string | undefined {
  return /^[\w$]+(\/[\w$]+)*\.class$/.test(entry) ? entry.slice(0, -".class".length).replaceAll("/", ".") : undefined;
}

/** The manifest at an archive's beginning; undefined where none is there as a whole. */
function manifestOf(head: Buffer): string | undefined {
  for (let at = 0, entries = 0; entries < mostEntries && at + 30 <= head.length && head.readUInt32LE(at) === 0x04034b50; entries++) {
    const flags = head.readUInt16LE(at + 6);
    const method = head.readUInt16LE(at + 8);
    const stored = head.readUInt32LE(at + 18);
    const nameEnd = at + 30 + head.readUInt16LE(at + 26);
    const from = nameEnd + head.readUInt16LE(at + 28);
    const name = head.toString("latin1", at + 30, nameEnd);
    if (name === "META-INF/MANIFEST.MF") return method === 8 ? inflated(head.subarray(from)) : undefined;
    const hasLengthBehind = (flags & 8) !== 0;
    if (hasLengthBehind && !name.endsWith("/")) return undefined;
    at = hasLengthBehind ? head.indexOf(entryMarker, from) : from + stored;
    if (at < 0) return undefined;
  }
  return undefined;
}

/** Undefined for what is cut off, or no such thing. */
function inflated(bytes: Buffer): string | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: longestManifest }).toString("latin1");
  } catch {
    return undefined;
  }
}
