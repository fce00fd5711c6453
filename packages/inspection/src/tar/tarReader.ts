import { octalOrBinary, text } from "./headerFields";
import { readRecords, type PaxRecords } from "./paxRecords";
import { SparseContent } from "./sparseContent";
import type { EntryContent, EntryKind, TarEntry } from "./tarEntry";
import { TarError } from "./tarError";

const blockSize = 512;
/** Names and records of one entry; Go reads no more either. */
const longestMeta = 1024 ** 2;
const zeros = Buffer.alloc(blockSize);
const checksumAt = 148;

const kinds: Record<string, EntryKind> = {
  "0": "file",
  "1": "hardLink",
  "2": "symbolicLink",
  "3": "special",
  "4": "special",
  "5": "directory",
  "6": "special",
};

/**
 * Reads a tar as it passes, as Go's archive/tar does, which containerd and Docker unpack layers with: v7, ustar, PAX and GNU's headers, PAX's sparse
 * files; two blocks of zeros end it, whatever follows. Keeps one block, or one entry's names.
 *
 * @see https://pkg.go.dev/archive/tar
 */
export class TarReader {
  private state: "header" | "meta" | "content" | "padding" | "over" = "header";
  /** What is still to come of the state's part. */
  private missing = blockSize;
  private parts: Buffer[] = [];
  private zeroBlocks = 0;
  private padding = 0;
  private metaType = "";
  private pax: PaxRecords | undefined;
  private longName: string | undefined;
  private longTarget: string | undefined;
  private content: EntryContent | undefined;

  /** @param open called with each entry, and gives what takes in its content; undefined where nothing is wanted of it */
  constructor(private readonly open: (entry: TarEntry) => EntryContent | undefined) {}

  /** @throws TarError, and what `open` throws */
  add(chunk: Buffer): void {
    for (let position = 0; position < chunk.length && this.state !== "over";) {
      const part = chunk.subarray(position, position + this.missing);
      position += part.length;
      this.missing -= part.length;
      if (this.state === "content") this.content?.add(part);
      else if (this.state !== "padding") this.parts.push(part);
      if (this.missing === 0) this.next();
    }
    // What waits for its rest must not keep the whole chunk.
    const rest = this.parts.pop();
    if (rest) this.parts.push(Buffer.from(rest));
  }

  /** @throws TarError where an entry is cut off */
  end(): void {
    if (this.state === "over" || (this.state === "header" && this.missing === blockSize)) return;
    throw new TarError("it ends in the middle of an entry");
  }

  private next(): void {
    switch (this.state) {
      case "header":
        return this.readHeader(this.takeParts());
      case "meta":
        this.readMeta(this.takeParts());
        return this.expect("padding", this.padding);
      case "content":
        this.content?.end();
        return this.expect("padding", this.padding);
      default:
        return this.expect("header", blockSize);
    }
  }

  private expect(state: typeof this.state, bytes: number): void {
    this.state = state;
    this.missing = bytes;
    if (bytes === 0) this.next();
  }

  private takeParts(): Buffer {
    const bytes = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = [];
    return bytes;
  }

  private readHeader(header: Buffer): void {
    if (header.equals(zeros)) {
      this.zeroBlocks++;
      return this.expect(this.zeroBlocks === 2 ? "over" : "header", blockSize);
    }
    if (this.zeroBlocks > 0) throw new TarError("a block of zeros is followed by something else");
    verifyChecksum(header);
    const type = String.fromCharCode(header[156]!);
    const size = numberAt(header, 124, 12);
    if ("xgLK".includes(type)) {
      if (size < 0 || size > longestMeta) throw new TarError(`the names of an entry have ${size} bytes`);
      this.metaType = type;
      this.padding = paddingOf(size);
      return this.expect("meta", size);
    }
    this.readEntry(header, type, size);
  }

  private readMeta(bytes: Buffer): void {
    if (this.metaType === "L") this.longName = text(bytes, 0, bytes.length);
    if (this.metaType === "K") this.longTarget = text(bytes, 0, bytes.length);
    // Global records change nothing for Go.
    const records = "xg".includes(this.metaType) ? readRecords(bytes) : undefined;
    if (this.metaType === "x") this.pax = records;
    if (this.metaType === "g") this.pax = this.longName = this.longTarget = undefined;
  }

  private readEntry(header: Buffer, type: string, headerSize: number): void {
    const { pax = {}, longName, longTarget } = this;
    this.pax = this.longName = this.longTarget = undefined;
    const name = longName || pax.path || nameAt(header);
    const kind = type === "\0" ? (name.endsWith("/") ? "directory" : "file") : kinds[type];
    if (!kind)
      throw new TarError(`${JSON.stringify(name.slice(0, 200))} is of type ${JSON.stringify(type)}, which no container runtime makes`);
    const stored = kind === "file" ? (pax.size ?? headerSize) : 0;
    if (stored < 0 || !Number.isSafeInteger(stored)) throw new TarError(`${JSON.stringify(name.slice(0, 200))} has ${stored} bytes`);
    const entry: TarEntry = {
      kind,
      name: pax.sparse?.name || name,
      target: longTarget || pax.linkpath || text(header, 157, 100),
      mode: numberAt(header, 100, 8),
      uid: pax.uid ?? numberAt(header, 108, 8),
      gid: pax.gid ?? numberAt(header, 116, 8),
      size: pax.sparse?.size ?? stored,
      stored,
      capabilities: pax.capabilities,
    };
    const content = this.open(entry);
    this.content = content && pax.sparse ? new SparseContent(content, pax.sparse) : content;
    this.padding = paddingOf(stored);
    this.expect("content", stored);
  }
}

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** Old writers added up signed bytes. */
function verifyChecksum(header: Buffer): void {
  let sum = 0;
  let high = 0;
  for (let position = 0; position < blockSize; position++) {
    const byte = position >= checksumAt && position < checksumAt + 8 ? 32 : header[position]!;
    sum += byte;
    if (byte > 127) high++;
  }
  const stated = numberAt(header, checksumAt, 8);
  if (stated !== sum && stated !== sum - high * 256) throw new TarError("a header's checksum is wrong");
}

function numberAt(header: Buffer, offset: number, length: number): number {
  const number = octalOrBinary(header, offset, length);
  if (number === undefined) throw new TarError("a header holds no number where one belongs");
  return number;
}

function nameAt(header: Buffer): string {
  const name = text(header, 0, 100);
  // GNU's own headers have times where ustar has the first part of long names.
  const prefix = header.toString("latin1", 257, 263) === "ustar\0" ? text(header, 345, 155) : "";
  return prefix ? `${prefix}/${name}` : name;
}
