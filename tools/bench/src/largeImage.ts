import { createHash, randomBytes, randomInt } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { imageTypes, indexTypes, sha256, type RegistryClient } from "@fairlead/images";
import { pack } from "tar-stream";

const layerBytes = 190e6;
const machines = { amd64: 62, arm64: 183 };
const layerType = "application/vnd.oci.image.layer.v1.tar+gzip";
const [imageType] = imageTypes;
const [indexType] = indexTypes;

/** Half of it compresses like source code, half not at all, as with images of programs and their packages. */
const words = Array.from({ length: 4000 }, () => randomBytes(4).toString("hex"));
const text = Buffer.from(Array.from({ length: 900_000 }, () => words[randomInt(words.length)]).join(" "));
const noise = randomBytes(8e6);

/** Pushes an image of about 1 GB, 3 layers for each of 2 platforms, and some ten thousand files. */
export async function pushLargeImage(
  client: RegistryClient,
  repository: string,
  scratch: string,
): Promise<{ digest: string; megabytes: number }> {
  mkdirSync(scratch, { recursive: true });
  let bytes = 0;
  const jsonOf = (value: object) => {
    const content = Buffer.from(JSON.stringify(value));
    return { content, digest: sha256(content), size: content.length };
  };
  const manifests = [];
  for (const [architecture, machine] of Object.entries(machines)) {
    const layers = [];
    for (let number = 0; number < 3; number++) {
      const file = join(scratch, "layer");
      const { digest, diffId } = await writeLayer(file, number === 0 ? machine : undefined);
      const layer = { mediaType: layerType, digest, size: statSync(file).size, diffId };
      await client.putBlob(repository, layer, () => createReadStream(file));
      bytes += layer.size;
      layers.push(layer);
    }
    rmSync(join(scratch, "layer"));
    const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
    const config = jsonOf({ os: "linux", architecture, config: { Cmd: ["/app"] }, rootfs });
    await client.putBlob(repository, config, () => Readable.from([config.content]));
    const descriptors = layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size }));
    const configDescriptor = { mediaType: "application/vnd.oci.image.config.v1+json", digest: config.digest, size: config.size };
    const manifest = jsonOf({ schemaVersion: 2, mediaType: imageType, config: configDescriptor, layers: descriptors });
    await client.putManifest(repository, manifest.digest, { digest: manifest.digest, mediaType: imageType, bytes: manifest.content });
    manifests.push({ mediaType: imageType, digest: manifest.digest, size: manifest.size, platform: { os: "linux", architecture } });
  }
  const index = jsonOf({ schemaVersion: 2, mediaType: indexType, manifests });
  await client.putManifest(repository, "1", { digest: index.digest, mediaType: indexType, bytes: index.content });
  return { digest: index.digest, megabytes: bytes / 1e6 };
}

async function writeLayer(file: string, machine: number | undefined): Promise<{ digest: string; diffId: string }> {
  const tar = pack();
  const gzip = createGzip({ level: 1 });
  const [digest, diffId] = [createHash("sha256"), createHash("sha256")];
  tar.on("data", (chunk) => diffId.update(chunk as Buffer));
  gzip.on("data", (chunk: Buffer) => digest.update(chunk));
  const written = pipeline(tar as unknown as NodeJS.ReadableStream, gzip, createWriteStream(file));
  const add = (name: string, mode: number, content: Buffer) =>
    new Promise<void>((resolve) => tar.entry({ name, mode }, content, () => resolve()));
  if (machine) await add("app", 0o755, program(machine));
  for (let total = 0, number = 0; total < layerBytes; number++) {
    const size = number % 50 === 0 ? 2e6 : 40e3;
    const pool = number % 2 === 0 ? noise : text;
    const start = randomInt(pool.length - size);
    await add(`usr/lib/folder-${number % 100}/file-${number}`, number % 20 === 0 ? 0o755 : 0o644, pool.subarray(start, start + size));
    total += size;
  }
  tar.finalize();
  await written;
  return { digest: `sha256:${digest.digest("hex")}`, diffId: `sha256:${diffId.digest("hex")}` };
}

/** The header of a static program. */
function program(machine: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write("\x7fELF", 0, "latin1");
  bytes.set([2, 1, 1], 4);
  bytes.writeUInt16LE(2, 16);
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}
