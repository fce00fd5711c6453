import { contentOf, headLength, interpreterPath, type FileContent } from "./fileContent";

/** Keeps one part of what passes. */
export class Window {
  private readonly chunks: Buffer[] = [];
  private position = 0;
  private kept = 0;

  constructor(
    readonly offset: number,
    readonly length: number,
  ) {}

  get full(): boolean {
    return this.kept === this.length;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(
      Math.max(0, this.offset + this.kept - this.position),
      Math.max(0, this.offset + this.length - this.position),
    );
    this.position += chunk.length;
    if (part.length === 0) return;
    // A copy: the chunk is part of a larger one that must not be kept.
    this.chunks.push(Buffer.from(part));
    this.kept += part.length;
  }
}

/** Tells what a file is from the parts of it that say so. */
export class FileProbe {
  private readonly head = new Window(0, headLength);
  /** Set once the head is whole. */
  private found?: FileContent;
  private interpreter?: Window;
  private position = 0;

  add(chunk: Buffer): void {
    this.interpreter?.add(chunk);
    if (!this.found) {
      this.head.add(chunk);
      if (this.head.full) this.readHead(chunk);
    }
    this.position += chunk.length;
  }

  content(): FileContent {
    const content = this.found ?? contentOf(this.head.bytes).content;
    if (this.interpreter?.full && content.kind === "elf") content.elf.interpreter = interpreterPath(this.interpreter.bytes);
    return content;
  }

  private readHead(chunk: Buffer): void {
    const { content, more } = contentOf(this.head.bytes);
    this.found = content;
    // What lies before this chunk has gone by: linkers write the name behind the header, at any distance.
    if (!more || more.offset < this.position) return;
    this.interpreter = new Window(more.offset - this.position, more.length);
    this.interpreter.add(chunk);
  }
}
