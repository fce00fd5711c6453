import { ImageError } from "@fairlead/images";
import type { ZSTDDecoder } from "zstddec/stream";

import type { Share } from "../budget";
import { ZstdFrames } from "./zstdFrames";

const mebi = 1024 ** 2;
/** What the decoder takes, as the `zstd` command does by itself. */
const largestWindow = 128 * mebi;
/** What containerd's decoder takes: https://pkg.go.dev/github.com/klauspost/compress/zstd#WithDecoderMaxWindow */
const largestAnywhere = 512 * mebi;
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
export async function* unzstd(chunks: AsyncIterable<Buffer>, share: Share, what: string): AsyncGenerator<Buffer> {
  let window = 0;
  let giveBack = () => {};
  const headers = new ZstdFrames((wanted) => {
    if (wanted <= window) return;
    refuseLarge(wanted, what);
    giveBack();
    giveBack = share.budget.takeForDecoder(wanted);
    window = wanted;
  });
  const frames = new Frames(await (decoder ??= load()));
  try {
    for await (const chunk of chunks) {
      headers.add(chunk);
      yield* frames.add(chunk);
    }
    yield* frames.end();
  } finally {
    frames.release();
    giveBack();
  }
}

function refuseLarge(window: number, what: string): void {
  if (window > largestAnywhere) throw new Error(`its Zstandard window has ${Math.ceil(window / mebi)} MiB`);
  if (window > largestWindow)
    throw new ImageError(
      "FL2126",
      `${what} needs ${Math.ceil(window / mebi)} MiB to be unpacked (zstd --long); ${largestWindow / mebi} are given`,
    );
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
