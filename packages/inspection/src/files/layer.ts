import { createHash } from "node:crypto";
import { Writable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ImageError, type Descriptor } from "@fairlead/images";
import { shortDigest } from "@fairlead/model";

import { finding, may, type Finding } from "../finding";
import { TarReader } from "../tar/tarReader";
import { chunkSize, decompressor } from "./decompression";
import type { LayerContext } from "./layerContext";
import { LayerEntries } from "./layerEntries";
import { SentLayer } from "./sentLayer";

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
  const sent = new SentLayer(content, layer, share, what);
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
  try {
    const head = await sent.next();
    async function* pieces() {
      for (let piece = head; piece; piece = await sent.next()) yield piece;
    }
    const unpack = decompressor(layer, head ?? Buffer.alloc(0), share, what);
    await (unpack ? pipeline(pieces, unpack, unpacked) : pipeline(pieces, unpacked));
    await sent.verify(true);
    if (unpack && "bytesWritten" in unpack && unpack.bytesWritten < sent.bytes)
      entries.told.push(garbage(what, sent.bytes - unpack.bytesWritten));
  } catch (error) {
    if (error instanceof ImageError) throw error;
    await sent.verify(false);
    const { message } = error as Error;
    // Of a gzip's second part: it is none. Go's reader ends with an error there, and unpigz, which runtimes take where it is installed, passes over it.
    if (message === "incorrect header check")
      throw new ImageError(
        "FL2126",
        `${what} goes on with something else behind its gzip, and container runtimes differ in what they make of that`,
      );
    throw new ImageError("FL2122", `${what} can't be unpacked: ${message}`);
  } finally {
    content.destroy();
  }
  const diffId = `sha256:${hash.digest("hex")}`;
  if (context.diffId && context.diffId !== diffId)
    throw new ImageError("FL2114", `${what} unpacks to ${diffId}, the config says ${context.diffId}`);
  total.end();
  return entries.told;
}

function garbage(what: string, bytes: number): Finding {
  const problem = `${what} goes on for ${bytes} bytes behind its gzip, and container runtimes differ in what they make of that`;
  return may(finding("FL2122", problem, "Push it again with docker or BuildKit."));
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
