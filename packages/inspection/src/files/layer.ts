import { createHash, type Hash } from "node:crypto";
import { Transform, Writable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ImageError, type Descriptor } from "@fairlead/images";
import { shortDigest } from "@fairlead/model";

import { finding, may, type Finding } from "../finding";
import { TarReader } from "../tar/tarReader";
import { chunkSize, decompressor } from "./decompression";
import type { LayerContext } from "./layerContext";
import { LayerEntries } from "./layerEntries";
import { zstdHeaderLength } from "./zstd";

/**
 * Reads a layer to its end, adds its files to the tree, and checks that it is what the manifest and the config say. Holds only a few chunks in
 * memory, whatever the layer's size.
 *
 * @returns what is to be told of it, and stops nothing
 * @throws ImageError
 */
export async function readLayer(content: Readable, layer: Descriptor, context: LayerContext): Promise<Finding[]> {
  const { share, unpacked: total } = context;
  const what = `layer ${context.number + 1} (${shortDigest(layer.digest)}…)`;
  const sent = new Meter(layer.digest.split(":")[0]!);
  const entries = new LayerEntries(context, what);
  const hash = createHash("sha256");
  const tar = new TarReader((entry) => entries.open(entry));
  total.begin();
  const unpacked = new Writable({
    highWaterMark: chunkSize,
    write: attempt((chunk: Buffer) => {
      share.checkTime();
      total.add(chunk.length, sent.bytes);
      hash.update(chunk);
      tar.add(chunk);
    }),
    final: attempt(() => tar.end()),
  });
  let isCutOff = false;
  content.once("error", () => (isCutOff = true));
  try {
    const { head, all } = await beginning(share.chunks(content));
    const unpack = decompressor(layer, head, share, what);
    await (unpack ? pipeline(all, sent, unpack, unpacked) : pipeline(all, sent, unpacked));
    if (unpack && "bytesWritten" in unpack && unpack.bytesWritten < sent.bytes)
      entries.told.push(garbage(what, sent.bytes - unpack.bytesWritten));
  } catch (error) {
    if (error instanceof ImageError) throw error;
    isCutOff ||= sent.ended && sent.bytes < layer.size;
    if (isCutOff) throw new ImageError("FL2121", `${what} ends after ${sent.bytes} of ${layer.size} bytes`, true);
    if (sent.ended) refuseOther(sent, layer, what);
    throw new ImageError("FL2122", `${what} can't be unpacked: ${(error as Error).message}`);
  }
  refuseOther(sent, layer, what);
  const diffId = `sha256:${hash.digest("hex")}`;
  if (context.diffId && context.diffId !== diffId)
    throw new ImageError("FL2114", `${what} unpacks to ${diffId}, the config says ${context.diffId}`);
  total.end();
  return entries.told;
}

/** Reads as much as tells how a layer is compressed; `all` has it as well. */
async function beginning(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; all: AsyncIterable<Buffer> }> {
  let head = Buffer.alloc(0);
  while (head.length < zstdHeaderLength) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* all() {
    yield head;
    yield* chunks;
  }
  return { head, all: all() };
}

/** What is not what its digest says is no image's fault. */
function refuseOther(sent: Meter, layer: Descriptor, what: string): void {
  if (sent.bytes !== layer.size) throw new ImageError("FL2114", `${what} has ${sent.bytes} bytes, the manifest says ${layer.size}`);
  const digest = `${layer.digest.split(":")[0]}:${sent.digest()}`;
  if (digest !== layer.digest) throw new ImageError("FL2114", `${what} is ${digest}, not what its digest says`);
}

function garbage(what: string, bytes: number): Finding {
  const problem = `${what} goes on for ${bytes} bytes behind its gzip, and container runtimes differ in what they make of that`;
  return may(finding("FL2122", problem, "Push it again with docker or BuildKit."));
}

/** Counts and hashes what passes. */
class Meter extends Transform {
  bytes = 0;
  /** Whether all came that was to come. */
  ended = false;
  private readonly hash: Hash;

  constructor(algorithm: string) {
    super({ highWaterMark: chunkSize });
    this.hash = createHash(algorithm);
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: () => void): void {
    this.ended = true;
    done();
  }

  digest(): string {
    return this.hash.digest("hex");
  }
}

/** A stream's function of one that throws. */
function attempt<Args extends unknown[]>(work: (...args: Args) => void) {
  return (...args: unknown[]) => {
    const done = args.at(-1) as (error?: Error | null) => void;
    try {
      work(...(args as unknown as Args));
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
}
