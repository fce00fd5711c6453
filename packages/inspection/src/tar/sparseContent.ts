import type { Sparse } from "./paxRecords";
import type { EntryContent } from "./tarEntry";
import { TarError } from "./tarError";

const blockSize = 512;
const longestMap = 1024 ** 2;
const hole = Buffer.alloc(64 * 1024);
/** What tells a program lies at its beginning: who reads on would read zeros for ever. */
const longestContent = 64 * 1024 ** 2;

/** Puts the holes back into a file that is stored without them. */
export class SparseContent implements EntryContent {
  private position = 0;
  /** Blocks of a map that is not whole yet. */
  private head: Buffer | undefined;
  private map: number[];
  private piece = 0;

  constructor(
    private readonly content: EntryContent,
    private readonly sparse: Sparse,
  ) {
    this.map = sparse.map ?? [];
    if (!sparse.map) this.head = Buffer.alloc(0);
  }

  add(chunk: Buffer): void {
    if (this.head === undefined) return this.addPieces(chunk);
    this.head = Buffer.concat([this.head, chunk]);
    const read = readMap(this.head);
    if (!read) return;
    const rest = this.head.subarray(read.length);
    this.map = read.map;
    this.head = undefined;
    this.addPieces(rest);
  }

  end(): void {
    if (this.head !== undefined) throw new TarError("the map of a sparse file is cut off");
    this.fillTo(this.sparse.size ?? this.position);
    this.content.end();
  }

  private addPieces(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0 && this.piece < this.map.length;) {
      const [offset, length] = [this.map[this.piece]!, this.map[this.piece + 1] ?? 0];
      this.fillTo(offset);
      const part = rest.subarray(0, Math.max(0, offset + length - this.position));
      this.give(part);
      rest = rest.subarray(part.length);
      if (this.position >= offset + length) this.piece += 2;
    }
  }

  private fillTo(position: number): void {
    while (this.position < position && this.position < longestContent) this.give(hole.subarray(0, position - this.position));
    this.position = Math.max(this.position, position);
  }

  private give(part: Buffer): void {
    if (part.length > 0 && this.position < longestContent) this.content.add(part);
    this.position += part.length;
  }
}

/** Lines of numbers: how many pieces, then offset and length of each; filled up to a whole block. */
function readMap(head: Buffer): { map: number[]; length: number } | undefined {
  if (head.length > longestMap) throw new TarError("the map of a sparse file has no end");
  const lines = head.toString("latin1").split("\n");
  const wanted = 1 + 2 * Number(lines[0]);
  if (lines.length > 1 && !Number.isSafeInteger(wanted)) throw new TarError("a sparse file begins with something else than its map");
  if (lines.length <= wanted || lines.length === 1) return undefined;
  const used = lines.slice(0, wanted);
  const length = Math.ceil((used.join("\n").length + 1) / blockSize) * blockSize;
  if (head.length < length) return undefined;
  const map = used.slice(1).map(Number);
  if (!map.every((number) => Number.isSafeInteger(number) && number >= 0))
    throw new TarError("a sparse file begins with something else than its map");
  return { map, length };
}
