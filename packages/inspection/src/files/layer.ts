import { createHash, type Hash } from "node:crypto";
import { PassThrough, Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { ImageError, type Descriptor } from "@fairlead/images";
import { shortDigest } from "@fairlead/model";
import { Decompress } from "fzstd";
import { extract, type Extract, type Header } from "tar-stream";

import { FileProbe } from "./fileProbe";
import { directory, partsOf, type File, type FileTree, type Node } from "./fileTree";
import type { KeptTexts } from "./keptTexts";
import type { ProbeMemory } from "./probeMemory";
import { limits } from "../limits";

const chunkSize = 256 * 1024;

/** What reading a layer needs besides the layer. */
export interface LayerContext {
  tree: FileTree;
  texts: KeptTexts;
  probes: ProbeMemory;
  /** Counts from 0, from the bottom. */
  number: number;
  /** Digest of the unpacked layer that the config promises. */
  diffId?: string;
}

/**
 * Reads a layer to its end, adds its files to the tree, and checks that it is what the manifest and the config say. Holds only a few chunks in
 * memory, whatever the layer's size.
 *
 * @throws ImageError
 */
export async function readLayer(content: Readable, layer: Descriptor, context: LayerContext): Promise<void> {
  const what = `layer ${context.number + 1} (${shortDigest(layer.digest)}…)`;
  const sent = new Meter(layer.digest.split(":")[0]!);
  const unpacked = new Meter("sha256", (bytes) => refuseBombs(bytes, sent.bytes, what));
  const tar = extract();
  addFiles(tar, context, what);
  const unpack = decompressor(layer, what);
  // A pipeline destroys all streams with the error of one: the first to tell it is where it comes from.
  let failed: Readable | Transform | Extract | undefined;
  for (const stream of [content, unpack, unpacked, tar]) stream.once("error", () => (failed ??= stream));
  try {
    await pipeline(content, sent, unpack, unpacked, tar);
  } catch (error) {
    if (error instanceof ImageError) throw error;
    const isCutOff = failed === content || (sent.ended && sent.bytes < layer.size);
    if (isCutOff) throw new ImageError("FL2121", `${what} ends after ${sent.bytes} of ${layer.size} bytes`, true);
    if (sent.ended) refuseOther(sent, layer, what);
    throw new ImageError("FL2122", `${what} can't be unpacked: ${(error as Error).message}`);
  }
  refuseOther(sent, layer, what);
  const diffId = `sha256:${unpacked.digest()}`;
  if (context.diffId && context.diffId !== diffId)
    throw new ImageError("FL2114", `${what} unpacks to ${diffId}, the config says ${context.diffId}`);
}

/** What is not what its digest says is no image's fault. */
function refuseOther(sent: Meter, layer: Descriptor, what: string): void {
  if (sent.bytes !== layer.size) throw new ImageError("FL2114", `${what} has ${sent.bytes} bytes, the manifest says ${layer.size}`);
  const digest = `${layer.digest.split(":")[0]}:${sent.digest()}`;
  if (digest !== layer.digest) throw new ImageError("FL2114", `${what} is ${digest}, not what its digest says`);
}

/** Counts and hashes what passes. */
class Meter extends Transform {
  bytes = 0;
  /** Whether all came that was to come. */
  ended = false;
  private readonly hash: Hash;

  constructor(
    algorithm: string,
    private readonly watch?: (bytes: number) => void,
  ) {
    super({ highWaterMark: chunkSize });
    this.hash = createHash(algorithm);
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null, chunk?: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    try {
      this.watch?.(this.bytes);
      done(null, chunk);
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: () => void): void {
    this.ended = true;
    done();
  }

  digest(): string {
    return this.hash.digest("hex");
  }
}

function refuseBombs(unpacked: number, sent: number, what: string): void {
  if (unpacked > limits.unpackedBytes)
    throw new ImageError("FL2115", `${what} unpacks to more than ${limits.unpackedBytes / 1024 ** 3} GiB`);
  if (unpacked > limits.suspiciousBytes && unpacked > sent * limits.compressionRatio)
    throw new ImageError(
      "FL2115",
      `${what} unpacks to more than ${Math.floor(unpacked / sent)} times its size, beyond ${limits.suspiciousBytes / 1024 ** 3} GiB`,
    );
}

function decompressor({ mediaType = "" }: Descriptor, what: string): Transform {
  if (!/^application\/vnd\.(oci\.image|docker\.image\.rootfs)\./.test(mediaType) || !/tar(\+gzip|\.gzip|\+zstd|\.zstd)?$/.test(mediaType))
    throw new ImageError("FL2117", `${what} is a ${mediaType || "layer of no type"}, which no container runtime unpacks`);
  if (mediaType.endsWith("gzip")) return zlib.createGunzip({ chunkSize });
  return mediaType.endsWith("zstd") ? unzstd() : new PassThrough();
}

/** Node's own where it has one (22.15 and newer), else one in JavaScript. */
function unzstd(): Transform {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };
  if (createZstdDecompress) return createZstdDecompress({ chunkSize });
  const output = new Transform();
  const decompress = new Decompress((chunk) => void output.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)));
  const attempt = (work: () => void, done: (error?: Error | null) => void) => {
    try {
      work();
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  output._transform = (chunk: Buffer, _encoding, done) => attempt(() => decompress.push(chunk), done);
  output._flush = (done) => attempt(() => decompress.push(new Uint8Array(0), true), done);
  return output;
}

/** Adds a layer's files to the tree as they come. */
function addFiles(tar: Extract, context: LayerContext, what: string): void {
  const { tree, number: layer } = context;
  tar.on("entry", (header, stream, next) => {
    // An error of the layer reaches the entry too; the pipeline tells it.
    stream.on("error", () => undefined);
    try {
      const path = safePath(header.name, what);
      const name = path.at(-1) ?? "";
      if (name === ".wh..wh..opq") tree.hideAll(path.slice(0, -1), layer);
      else if (name.startsWith(".wh.")) tree.hide([...path.slice(0, -1), name.slice(4)], layer);
      else {
        const node = nodeOf(header, context, what);
        if (node) tree.add(path, node);
        if (node?.kind === "file" && header.type !== "link") readContent(stream, node, `/${path.join("/")}`, header.size ?? 0, context);
      }
      if (tree.size > limits.files) throw new ImageError("FL2115", `the image has more than ${limits.files} files`);
      stream.on("end", next);
      stream.resume();
    } catch (error) {
      tar.destroy(error as Error);
    }
  });
}

function nodeOf(header: Header, { tree, number: layer }: LayerContext, what: string): Node | undefined {
  const { type, mode = 0, uid = 0, gid = 0, linkname } = header;
  const owned = { mode: mode & 0o7777, uid, gid, layer };
  switch (type) {
    case "directory":
      return directory(layer, owned.mode, uid, gid);
    case "symlink":
      return { kind: "link", target: linkname ?? "", ...owned };
    case "link":
      return tree.at(safePath(linkname ?? "", what));
    case "file":
    case "contiguous-file":
      return { kind: "file", ...owned };
    case "character-device":
    case "block-device":
    case "fifo":
      return { kind: "special", ...owned };
    default:
      return undefined;
  }
}

/** Names in a layer are below its root, however they are written; `..` has no honest use. */
function safePath(name: string, what: string): string[] {
  const parts = partsOf(name);
  if (parts.includes(".."))
    throw new ImageError("FL2116", `${what} holds ${JSON.stringify(name.slice(0, 200))}, which leads out of the image`);
  return parts;
}

/** Reads of a file what tells how Linux would start or load it, who the users are, and texts that are wanted. Debian's libraries have no exec bit. */
function readContent(stream: NodeJS.EventEmitter, node: File, path: string, size: number, context: LayerContext): void {
  const probe = new FileProbe(context.probes);
  stream.on("data", (chunk: Buffer) => probe.add(chunk));
  stream.on("end", () => (node.content = probe.content()));
  const keeper = context.texts.keeperOf(path, size, node.mode);
  if (!keeper) return;
  stream.on("data", (chunk: Buffer) => keeper.add(chunk));
  stream.on("end", () => (node.text = keeper.text()));
}
