import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

export { elf, type ElfArgs } from "./testElf";

/** One entry of a layer: text or bytes is a file, an array a link, undefined a folder. */
export interface Entry {
  name: string;
  content?: string | Buffer;
  link?: string;
  hardLink?: string;
  directory?: boolean;
  mode?: number;
  uid?: number;
  gid?: number;
  /** Of a PAX header. */
  pax?: Record<string, string>;
}

export const file = (name: string, content: string | Buffer, mode = 0o755, uid = 0): Entry => ({ name, content, mode, uid });
export const link = (name: string, target: string): Entry => ({ name, link: target });
export const folder = (name: string, mode = 0o755, uid = 0): Entry => ({ name, directory: true, mode, uid });
export const hardLink = (name: string, target: string, mode?: number): Entry => ({ name, hardLink: target, mode });

/** A layer as a tar. */
export async function layerTar(entries: Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, content, link: target, hardLink, directory, mode, uid, gid, pax } of entries) {
    if (directory) tar.entry({ name, type: "directory", mode, uid, gid });
    else if (target !== undefined) tar.entry({ name, type: "symlink", linkname: target });
    else if (hardLink !== undefined) tar.entry({ name, type: "link", linkname: hardLink, mode: mode ?? 0o755, uid, gid });
    else tar.entry({ name, mode, uid, gid, ...(pax && { pax }) }, content!);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

export interface TestLayer {
  /** As the registry stores it. */
  bytes: Buffer;
  mediaType: string;
  diffId: string;
}

export async function gzipLayer(entries: Entry[]): Promise<TestLayer> {
  const tar = await layerTar(entries);
  return { bytes: gzipSync(tar), mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", diffId: digestOf(tar) };
}

/** An OCI layout in a temporary folder. */
export class TestLayout {
  readonly path = mkdtempSync(join(tmpdir(), "fairlead-layout-"));

  constructor() {
    mkdirSync(join(this.path, "blobs/sha256"), { recursive: true });
  }

  put(bytes: Buffer, digest = digestOf(bytes)) {
    writeFileSync(join(this.path, "blobs", ...digest.split(":")), bytes);
    return { digest, size: bytes.length };
  }

  putJson(value: unknown) {
    return this.put(Buffer.from(JSON.stringify(value)));
  }

  image(layers: TestLayer[], config: Record<string, unknown>, architecture = "amd64") {
    const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
    const stored = this.putJson({ os: "linux", architecture, config, rootfs });
    const manifest = {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: { mediaType: "application/vnd.oci.image.config.v1+json", ...stored },
      layers: layers.map(({ bytes, mediaType }) => ({ mediaType, ...this.put(bytes) })),
    };
    return { mediaType: manifest.mediaType, ...this.putJson(manifest) };
  }

  index(manifests: object[]): this {
    const index = { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests };
    writeFileSync(join(this.path, "index.json"), JSON.stringify(index));
    writeFileSync(join(this.path, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
    return this;
  }
}

/** One image of gzip layers, for linux/amd64 unless told. */
export async function layoutOf(layers: Entry[][], config: Record<string, unknown>, architecture?: string): Promise<string> {
  const layout = new TestLayout();
  return layout.index([layout.image(await Promise.all(layers.map(gzipLayer)), config, architecture)]).path;
}
