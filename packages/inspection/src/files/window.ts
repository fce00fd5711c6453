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
