import { constants, inflateRawSync } from "node:zlib";

const headerLength = 30;
const localHeader = 0x04034b50;
/** As much of an entry as surely unpacks to a class's first bytes. */
const longestEntry = 2048;
/** Entries that are looked at. */
const mostEntries = 8;
/** More than {@link longestEntry} can unpack to. */
const longestOutput = 4 * 1024 ** 2;

/** An entry whose first bytes are kept. */
interface Entry {
  name: number;
  isDeflated: boolean;
  /** Bytes before its content that have not passed yet. */
  skip: number;
  content: Buffer;
}

/** Finds classes in what passes of an archive, and reads for which Java they are compiled. */
export class ClassSearch {
  private before = Buffer.alloc(0);
  private readonly entries: Entry[] = [];
  private isNamed = false;
  private readonly names: readonly Buffer[];
  private readonly seam: number;

  /** @param names of the entries: `com/acme/Main.class` */
  constructor(names: readonly string[]) {
    this.names = names.map((name) => Buffer.from(name));
    this.seam = headerLength + Math.max(...this.names.map(({ length }) => length)) - 1;
  }

  add(chunk: Buffer): void {
    for (const entry of this.entries) keep(entry, chunk);
    const text = Buffer.concat([this.before, chunk]);
    this.isNamed ||= text.includes(this.names[0]!);
    for (const [number, name] of this.names.entries())
      for (let at = text.indexOf(name); at >= 0 && this.entries.length < mostEntries; at = text.indexOf(name, at + 1))
        this.found(number, at, text);
    this.before = Buffer.from(text.subarray(-this.seam));
  }

  /** Whether the archive has the first name, in its list or before an entry: of a class that is not in it, nothing tells. */
  get hasFirst(): boolean {
    return this.isNamed;
  }

  /**
   * The newest of the classes' versions; of entries of the same name the older counts.
   *
   * @see https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.1
   */
  version(): number | undefined {
    const versions = this.names.flatMap((_, number) => {
      const own = this.entries.filter(({ name }) => name === number).map(versionOf);
      return own.length === 0 || own.includes(undefined) ? [] : Math.min(...(own as number[]));
    });
    return versions.length === 0 ? undefined : Math.max(...versions);
  }

  private found(name: number, at: number, text: Buffer): void {
    const start = at - headerLength;
    const { length } = this.names[name]!;
    if (start < 0 || text.readUInt32LE(start) !== localHeader || text.readUInt16LE(start + 26) !== length) return;
    const method = text.readUInt16LE(start + 8);
    if (method !== 0 && method !== 8) return;
    const entry: Entry = { name, isDeflated: method === 8, skip: length + text.readUInt16LE(start + 28), content: Buffer.alloc(0) };
    keep(entry, text.subarray(at));
    this.entries.push(entry);
  }
}

function keep(entry: Entry, bytes: Buffer): void {
  const content = bytes.subarray(entry.skip, entry.skip + longestEntry - entry.content.length);
  entry.skip = Math.max(0, entry.skip - bytes.length);
  if (content.length > 0) entry.content = Buffer.concat([entry.content, content]);
}

function versionOf({ content, isDeflated }: Entry): number | undefined {
  const bytes = isDeflated ? beginning(content) : content;
  return bytes && bytes.length >= 8 && bytes.readUInt32BE(0) === 0xcafebabe ? bytes.readUInt16BE(6) : undefined;
}

/** What a text that is cut off unpacks to; undefined for what is no such thing. */
function beginning(bytes: Buffer): Buffer | undefined {
  try {
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: longestOutput });
  } catch {
    return undefined;
  }
}
