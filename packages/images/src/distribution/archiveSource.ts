import { createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { Readable } from "node:stream";

import { ImageError } from "./imageError";
import { singleImage } from "./layoutSource";
import { imageTypes, indexTypes, json, manifestLimit, parseManifest, sha256, type Descriptor, type Manifest } from "./manifest";
import type { ImageSource } from "./source";

interface Member {
  offset: number;
  size: number;
}

interface DockerManifest {
  Config: string;
  Layers: string[];
}

/** A file that `docker save` wrote: a tar of an OCI layout, or, from older versions, of Docker's own. */
export class ArchiveSource implements ImageSource {
  private readonly members: Map<string, Member>;
  /** Parts of Docker's own layout, which has no digests to find them by. */
  private readonly byDigest = new Map<string, Member>();
  /** The manifest that stands for Docker's own. */
  private made: Manifest | undefined;
  private readonly descriptor: number;

  constructor(readonly name: string) {
    this.descriptor = openSync(name, "r");
    this.members = membersOf(name, this.descriptor);
  }

  root(): Promise<Manifest> {
    const index = this.members.get("index.json");
    if (!index) return Promise.resolve(this.dockerManifest());
    const manifest = parseManifest(this.bytes(index), { mediaType: indexTypes[0], where: `${this.name}, index.json` });
    return Promise.resolve(singleImage(manifest, (entry) => this.read(entry)));
  }

  manifest(descriptor: Descriptor): Promise<Manifest> {
    return Promise.resolve(this.made?.digest === descriptor.digest ? this.made : this.read(descriptor));
  }

  blob({ digest }: Descriptor): Promise<Readable> {
    const { offset, size } = this.find(digest);
    return Promise.resolve(size === 0 ? Readable.from([]) : createReadStream(this.name, { start: offset, end: offset + size - 1 }));
  }

  private read({ digest, mediaType }: Descriptor): Manifest {
    return parseManifest(this.bytes(this.find(digest)), { digest, mediaType, where: `${this.name}, ${digest}` });
  }

  private find(digest: string): Member {
    const member = this.byDigest.get(digest) ?? this.members.get(`blobs/${digest.replace(":", "/")}`);
    if (!member) throw new ImageError("FL2118", `${this.name} has no blob ${digest}`);
    return member;
  }

  /** An image manifest made of Docker's manifest.json: its layers are not compressed, so their digests are the config's diff ids. */
  private dockerManifest(): Manifest {
    const listed = this.members.get("manifest.json");
    if (!listed)
      throw new ImageError("FL2117", `${this.name} holds neither index.json nor manifest.json: \`docker save\` did not write it`);
    const images = json(this.bytes(listed), `${this.name}, manifest.json`) as DockerManifest[];
    if (!Array.isArray(images) || images.length !== 1)
      throw new ImageError("FL2117", `${this.name} holds ${images.length} images; save one alone`);
    const { Config, Layers } = images[0]!;
    const config = this.member(Config);
    const bytes = this.bytes(config);
    const { rootfs } = json(bytes, `${this.name}, ${Config}`) as { rootfs?: { diff_ids?: string[] } };
    this.byDigest.set(sha256(bytes), config);
    const layers = Layers.map((path, position) => {
      const member = this.member(path);
      const digest = rootfs?.diff_ids?.[position] ?? "";
      this.byDigest.set(digest, member);
      return { mediaType: "application/vnd.oci.image.layer.v1.tar", digest, size: member.size };
    });
    const manifest = { schemaVersion: 2, mediaType: imageTypes[0], config: { digest: sha256(bytes), size: bytes.length }, layers };
    return (this.made = parseManifest(Buffer.from(JSON.stringify(manifest)), { where: this.name }));
  }

  private member(path: string): Member {
    const member = this.members.get(path);
    if (!member) throw new ImageError("FL2118", `${this.name} has no ${path}, which its manifest.json names`);
    return member;
  }

  private bytes({ offset, size }: Member): Buffer {
    if (size > manifestLimit) throw new ImageError("FL2115", `${this.name}: a manifest of ${size} bytes`);
    return readAt(this.descriptor, offset, size);
  }
}

const block = 512;

/** Where each file lies in a tar. `docker save` writes short names and plain headers, so that the rest of the format does not come up. */
function membersOf(file: string, descriptor: number): Map<string, Member> {
  const members = new Map<string, Member>();
  const end = fstatSync(descriptor).size;
  for (let position = 0; position + block <= end;) {
    const header = readAt(descriptor, position, block);
    if (header[0] === 0) break;
    if (header.toString("latin1", 257, 262) !== "ustar")
      throw new ImageError("FL2117", `${file} is not a tar: \`docker save\` did not write it`);
    const text = (from: number, length: number) => header.toString("utf8", from, from + length).replace(/\0.*$/s, "");
    const prefix = text(345, 155);
    const size = header[124]! & 0x80 ? Number(header.readBigUInt64BE(128)) : parseInt(text(124, 12).trim() || "0", 8);
    const name = `${prefix ? `${prefix}/` : ""}${text(0, 100)}`.replace(/^\.\//, "");
    if (["0", "\0"].includes(String.fromCharCode(header[156]!))) members.set(name, { offset: position + block, size });
    position += block + Math.ceil(size / block) * block;
  }
  return members;
}

function readAt(descriptor: number, offset: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  readSync(descriptor, bytes, 0, size, offset);
  return bytes;
}
