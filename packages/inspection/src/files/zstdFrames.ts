const magic = 0xfd2fb528;
const usualHeader = 5;

/**
 * Finds the headers of the frames that a layer in Zstandard consists of, as its bytes pass, and how much each frame wants to be kept.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1
 */
export class ZstdFrames {
  private head = Buffer.alloc(0);
  private wanted = usualHeader;
  /** Bytes of content before the next header. */
  private content = 0;
  private isInFrame = false;
  private hasChecksum = false;
  /** What is none is for the decoder to refuse. */
  private isOver = false;

  /** @param open called with the bytes that a frame's content may refer back to, before any of it is passed on */
  constructor(private readonly open: (window: number) => void) {}

  add(chunk: Buffer): void {
    for (let at = 0; at < chunk.length && !this.isOver;) {
      const passed = Math.min(this.content, chunk.length - at);
      this.content -= passed;
      at += passed;
      const part = chunk.subarray(at, at + this.wanted - this.head.length);
      at += part.length;
      this.head = Buffer.concat([this.head, part]);
      if (this.head.length === this.wanted) this.next();
    }
  }

  private next(): void {
    if (this.isInFrame) return this.block(this.head.readUIntLE(0, 3));
    const first = this.head.readUInt32LE(0);
    const isSkippable = (first & 0xfffffff0) >>> 0 === 0x184d2a50;
    const length = isSkippable ? 8 : headerLength(this.head[4]!);
    if (first !== magic && !isSkippable) this.isOver = true;
    else if (this.head.length < length) this.wanted = length;
    else if (isSkippable) this.expect(false, this.head.readUInt32LE(4));
    else {
      this.open(windowOf(this.head));
      this.hasChecksum = (this.head[4]! & 4) !== 0;
      this.expect(true, 0);
    }
  }

  private block(header: number): void {
    const [isLast, type, size] = [(header & 1) !== 0, (header >> 1) & 3, header >> 3];
    // One byte that is repeated.
    const stored = type === 1 ? 1 : size;
    this.expect(!isLast, stored + (isLast && this.hasChecksum ? 4 : 0));
  }

  private expect(isInFrame: boolean, content: number): void {
    this.isInFrame = isInFrame;
    this.content = content;
    this.wanted = isInFrame ? 3 : usualHeader;
    this.head = Buffer.alloc(0);
  }
}

function parts(descriptor: number) {
  const isSingle = (descriptor & 0x20) !== 0;
  return {
    isSingle,
    sizeAt: 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!,
    sizeLength: [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!,
  };
}

function headerLength(descriptor: number): number {
  const { sizeAt, sizeLength } = parts(descriptor);
  return sizeAt + sizeLength;
}

function windowOf(head: Buffer): number {
  const { isSingle, sizeAt, sizeLength } = parts(head[4]!);
  const size = sizeLength === 0 ? Infinity : sizeLength === 8 ? Number(head.readBigUInt64LE(sizeAt)) : head.readUIntLE(sizeAt, sizeLength);
  const content = sizeLength === 2 ? size + 256 : size;
  const base = 2 ** (10 + (head[5]! >> 3));
  return isSingle ? content : Math.min(base + (base / 8) * (head[5]! & 7), content);
}
