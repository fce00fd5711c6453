import { ImageError } from "@fairlead/images";
import type { ZSTDDecoder } from "zstddec/stream";

import type { Share } from "../budget";

const mebi = 1024 ** 2;
/** What the decoder takes, as the `zstd` command does by itself. */
const largestWindow = 128 * mebi;
/** What containerd's decoder takes: https://pkg.go.dev/github.com/klauspost/compress/zstd#WithDecoderMaxWindow */
const largestAnywhere = 512 * mebi;
/** Of a skippable frame, which is no content: so are those of zstd:chunked layers. */
const usualWindow = 8 * mebi;

/** As much as has a frame's header. */
export const zstdHeaderLength = 18;
const pieceLength = 16 * 1024;
/** Frames without content that fit into a piece; if nothing came after as many steps, nothing will. */
const mostIdle = pieceLength / 8;

let decoder: Promise<ZSTDDecoder> | undefined;

/** Node's own decoder ends with the first of several frames, and says nothing (22.23): WebAssembly, on all versions of Node. */
async function load(): Promise<ZSTDDecoder> {
  const made = new (await import("zstddec/stream")).ZSTDDecoder();
  await made.init();
  return made;
}

/**
 * Decompresses Zstandard, any number of frames.
 *
 * @throws Error for what is none, ImageError for what needs more memory than there is
 */
export async function* unzstd(head: Buffer, chunks: AsyncIterable<Buffer>, share: Share, what: string): AsyncGenerator<Buffer> {
  const window = windowOf(head);
  if (window > largestAnywhere) throw new Error(`its Zstandard window has ${Math.ceil(window / mebi)} MiB`);
  if (window > largestWindow)
    throw new ImageError(
      "FL2126",
      `${what} needs ${Math.ceil(window / mebi)} MiB to be unpacked (zstd --long); ${largestWindow / mebi} are given`,
    );
  share.take(window);
  const frames = new Frames(await (decoder ??= load()));
  try {
    for await (const chunk of chunks) yield* frames.add(chunk);
    yield* frames.end();
  } finally {
    frames.release();
    share.give(window);
  }
}

/** Drives the decoder, which asks for its input, piece by piece. */
class Frames {
  private readonly waiting: Buffer[] = [];
  private readonly output: Iterator<Uint8Array>;
  private taken = 0;

  constructor(decoder: ZSTDDecoder) {
    this.output = decoder.decodeStreaming(this.pieces());
  }

  *add(chunk: Buffer): Generator<Buffer> {
    for (let position = 0; position < chunk.length; position += pieceLength)
      this.waiting.push(chunk.subarray(position, position + pieceLength));
    // A step takes one piece at most, so that it never asks for one that is not there yet.
    while (this.waiting.length > 0) yield* this.step();
  }

  *end(): Generator<Buffer> {
    while (!this.isOver) yield* this.step();
  }

  /** The decoder's memory, which no garbage collector sees. */
  release(): void {
    this.waiting.length = 0;
    try {
      while (!this.isOver) this.step().next();
    } catch {
      // It says that there should be more.
    }
  }

  private isOver = false;
  private idle = 0;

  private *step(): Generator<Buffer> {
    const before = this.taken;
    const { value, done } = this.output.next();
    if (done) {
      this.isOver = true;
      return;
    }
    this.idle = value.length === 0 && this.taken === before ? this.idle + 1 : 0;
    if (this.idle > mostIdle) {
      this.isOver = true;
      throw new Error("it is not Zstandard, or damaged");
    }
    if (value.length > 0) yield Buffer.from(value.buffer, value.byteOffset, value.length);
  }

  private *pieces(): Generator<Buffer> {
    for (let piece = this.waiting.shift(); piece; piece = this.waiting.shift()) {
      this.taken++;
      yield piece;
    }
  }
}

/**
 * Bytes that a frame wants to be kept, from its header.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1.1
 */
function windowOf(head: Buffer): number {
  if (head.length < 6 || head.readUInt32LE(0) !== 0xfd2fb528) return usualWindow;
  const descriptor = head[4]!;
  const isSingle = (descriptor & 0x20) !== 0;
  const exponent = head[5]! >> 3;
  const base = 2 ** (10 + exponent);
  const stated = base + (base / 8) * (head[5]! & 7);
  const size = contentSize(head, descriptor, isSingle);
  return isSingle ? (size ?? usualWindow) : Math.min(stated, size ?? Infinity);
}

/** Size of the frame's content; undefined where it is not told. */
function contentSize(head: Buffer, descriptor: number, isSingle: boolean): number | undefined {
  const offset = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]!;
  const kind = descriptor >> 6;
  if (offset + 8 > head.length) return undefined;
  if (kind === 3) return Number(head.readBigUInt64LE(offset));
  if (kind === 2) return head.readUInt32LE(offset);
  if (kind === 1) return head.readUInt16LE(offset) + 256;
  return isSingle ? head[offset]! : undefined;
}
