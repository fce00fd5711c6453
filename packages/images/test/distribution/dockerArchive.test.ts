import { createHash } from "node:crypto";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { ArchiveSource, bytesOf, dockerArchive, type ImageSource, type Manifest } from "../../src";

const folder = mkdtempSync(join(tmpdir(), "fairlead-archive-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const layers = [Buffer.from("first"), Buffer.alloc(3_000_000, 7)];
const config = Buffer.from(JSON.stringify({ os: "linux", architecture: "arm64", rootfs: { diff_ids: layers.map(digestOf) } }));
const blobs = new Map([config, ...layers].map((bytes) => [digestOf(bytes), bytes]));
const describe = (bytes: Buffer) => ({ digest: digestOf(bytes), size: bytes.length });
const manifest: Manifest = { digest: "", mediaType: "", bytes: config, config: describe(config), layers: layers.map(describe) };

const sourceOf = (blob: ImageSource["blob"]): ImageSource => ({
  name: "image",
  root: () => Promise.resolve(manifest),
  manifest: () => Promise.resolve(manifest),
  blob,
});
const source = sourceOf(({ digest }) => Promise.resolve(Readable.from([blobs.get(digest)!])));

test("an image as a tar for `docker load` has its parts and the name that it is given", async () => {
  const file = join(folder, "image.tar");
  await pipeline(dockerArchive(source, manifest, "localhost/fairlead-run:1"), createWriteStream(file));
  const read = new ArchiveSource(file);
  const root = await read.root();
  expect(root.config).toMatchObject(describe(config));
  expect(root.layers).toMatchObject(layers.map(describe));
  expect(digestOf((await bytesOf(await read.blob(root.layers![1]!), 4_000_000))!)).toBe(digestOf(layers[1]!));
});

test.each<[string, ImageSource["blob"]]>([
  ["can't be read", () => Promise.reject(new Error("the registry hangs up"))],
  ["ends early", ({ digest }) => Promise.resolve(Readable.from([blobs.get(digest)!.subarray(1)]))],
])("a layer that %s ends the tar with an error", async (_, blob) => {
  await expect(pipeline(dockerArchive(sourceOf(blob), manifest, "a:1"), createWriteStream(join(folder, "bad.tar")))).rejects.toThrow(
    /hangs up|Size mismatch/i,
  );
});
