import { createHash, type Hash } from "node:crypto";
import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { TestLayout } from "@fairlead/inspection/testing/testImage";

/** A layer that is too large to be held in memory. */
export interface LargeLayer {
  mediaType: string;
  digest: string;
  size: number;
  diffId: string;
}

const block = 512;

/** A header of a tar, with nothing in it that isn't needed. */
export function header(name: string, { type = "0", size = 0, mode = 0o755, target = "" } = {}): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100, "latin1");
  bytes.write(mode.toString(8).padStart(7, "0"), 100, "latin1");
  for (const owner of [108, 116]) bytes.write("0000000", owner, "latin1");
  bytes.write(size.toString(8).padStart(11, "0"), 124, "latin1");
  bytes.write("00000000000", 136, "latin1");
  bytes.write(`        ${type}${target}`, 148, "latin1");
  bytes.write("ustar\u000000", 257, "latin1");
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return bytes;
}

/** Content, filled up to whole blocks. */
export function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block)]);
}

/** Stores a layer of what comes, in gzip. */
export async function storeLayer(layout: TestLayout, tar: Iterable<Buffer>): Promise<LargeLayer> {
  const unpacked = createHash("sha256");
  const packed = createHash("sha256");
  const folder = join(layout.path, "blobs/sha256");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "new");
  await pipeline(Readable.from(chunked(tar)), hashing(unpacked), createGzip({ level: 1 }), hashing(packed), createWriteStream(file));
  const hex = packed.digest("hex");
  renameSync(file, join(folder, hex));
  const diffId = `sha256:${unpacked.digest("hex")}`;
  const mediaType = "application/vnd.oci.image.layer.v1.tar+gzip";
  return { mediaType, digest: `sha256:${hex}`, size: statSync(join(folder, hex)).size, diffId };
}

/** An image of layers that are stored already. */
export function storeImage(layout: TestLayout, layers: LargeLayer[], config: object, architecture = "amd64") {
  const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
  const stored = layout.putJson({ os: "linux", architecture, config, rootfs });
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const described = layers.map(({ diffId: _, ...layer }) => layer);
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", ...stored },
    layers: described,
  };
  return { mediaType, ...layout.putJson(manifest), platform: { os: "linux", architecture } };
}

function* chunked(blocks: Iterable<Buffer>): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for (const bytes of blocks) {
    waiting.push(bytes);
    size += bytes.length;
    if (size < 256 * 1024) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat(waiting);
}

function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
