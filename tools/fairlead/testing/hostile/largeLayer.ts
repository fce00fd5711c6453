import { createHash, type Hash } from "node:crypto";
import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { TestLayout } from "@fairlead/inspection/testing/testImage";

/** What is done to whoever reads it, and what is found in it. What it needs is made when it is. */
export type HostileImage = [title: string, verdicts: string[], make: () => Promise<{ path: string }>];

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

/** A PAX header before an entry. */
export function pax(records: Record<string, string>, entry: Buffer): Buffer[] {
  const text = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    const digits = String(rest.length + String(rest.length + 4).length).length;
    return `${rest.length + digits}${rest}`;
  });
  const bytes = Buffer.from(text.join(""), "latin1");
  return [header("x", { type: "x", size: bytes.length }), padded(bytes), entry];
}

/** Zstandard of nothing but zeros: four bytes for each 128 KiB. */
export function zeroFrame(bytes: number, windowExponent: number): Buffer {
  const blocks = Buffer.alloc((bytes / (128 * 1024)) * 4);
  for (let position = 0; position < blocks.length; position += 4)
    blocks.writeUIntLE((((128 * 1024) << 3) | 2 | (position + 4 === blocks.length ? 1 : 0)) >>> 0, position, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowExponent << 3]), blocks]);
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

/** An image of large layers that starts /app. */
export async function layoutOf(...layers: Iterable<Buffer>[]): Promise<TestLayout> {
  const layout = new TestLayout();
  const stored: LargeLayer[] = [];
  for (const layer of layers) stored.push(await storeLayer(layout, layer));
  return layout.index([storeImage(layout, stored, { Cmd: ["/app"] })]);
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
