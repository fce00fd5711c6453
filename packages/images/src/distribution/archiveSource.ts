import { createHash } from "node:crypto";
import { createReadStream, openSync } from "node:fs";
import { Readable } from "node:stream";

import { memberIn, membersOf, readAt, type Member, type Members } from "./archiveMembers";
import { ImageError } from "./imageError";
import { singleImage } from "./layoutSource";
import {
  imageTypes,
  indexTypes,
  json,
  manifestLimit,
  object,
  parseManifest,
  sha256,
  shown,
  type Descriptor,
  type Manifest,
} from "./manifest";
import type { ImageSource } from "./source";

const pieceLength = 1024 ** 2;

/** A file that `docker save` wrote: a tar of an OCI layout, or, from older versions, of Docker's own. */
export class ArchiveSource implements ImageSource {
  private readonly members: Members;
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
    const index = memberIn(this.members, "index.json");
    if (!index) return Promise.resolve(this.dockerManifest());
    const manifest = parseManifest(this.bytes(index), { mediaType: indexTypes[0], where: `${this.name}, index.json` });
    return Promise.resolve(singleImage(manifest, (entry) => this.read(entry)));
  }

  manifest(descriptor: Descriptor): Promise<Manifest> {
    return Promise.resolve(this.made?.digest === descriptor.digest ? this.made : this.read(descriptor));
  }

  holds({ digest }: Descriptor): boolean {
    return this.made?.digest === digest || this.found(digest) !== undefined;
  }

  blob({ digest }: Descriptor): Promise<Readable> {
    const { offset, size } = this.find(digest);
    return Promise.resolve(size === 0 ? Readable.from([]) : createReadStream(this.name, { start: offset, end: offset + size - 1 }));
  }

  private read({ digest, mediaType }: Descriptor): Manifest {
    return parseManifest(this.bytes(this.find(digest)), { digest, mediaType, where: `${this.name}, ${digest}` });
  }

  private find(digest: string): Member {
    const member = this.found(digest);
    if (!member) throw new ImageError("FL2118", `${this.name} has no blob ${digest}`);
    return member;
  }

  private found(digest: string): Member | undefined {
    return this.byDigest.get(digest) ?? memberIn(this.members, `blobs/${digest.replace(":", "/")}`);
  }

  /** An image manifest made of Docker's manifest.json. */
  private dockerManifest(): Manifest {
    const listed = memberIn(this.members, "manifest.json");
    if (!listed)
      throw new ImageError("FL2117", `${this.name} holds neither index.json nor manifest.json: \`docker save\` did not write it`);
    const where = `${this.name}, manifest.json`;
    const images = json(this.bytes(listed), where);
    if (!Array.isArray(images) || images.length !== 1)
      throw new ImageError("FL2117", `${this.name} holds ${Array.isArray(images) ? images.length : "no list of"} images; save one alone`);
    const { Config, Layers } = object(images[0], where);
    if (typeof Config !== "string" || !Array.isArray(Layers)) throw new ImageError("FL2117", `${where} names no Config and no Layers`);
    const config = this.member(Config);
    const bytes = this.bytes(config);
    const { rootfs } = object(json(bytes, `${this.name}, ${Config}`), `${this.name}, ${Config}`) as { rootfs?: { diff_ids?: unknown } };
    const diffIds: unknown[] = Array.isArray(rootfs?.diff_ids) ? rootfs.diff_ids : [];
    this.byDigest.set(sha256(bytes), config);
    const layers = Layers.map((path: unknown, position) => {
      const member = this.member(path);
      const digest = this.layerDigest(member, diffIds[position]);
      this.byDigest.set(digest, member);
      return { mediaType: "application/vnd.docker.image.rootfs.diff.tar", digest, size: member.size };
    });
    const manifest = { schemaVersion: 2, mediaType: imageTypes[0], config: { digest: sha256(bytes), size: bytes.length }, layers };
    return (this.made = parseManifest(Buffer.from(JSON.stringify(manifest)), { where: this.name }));
  }

  /** A layer that is not compressed has the config's diff id as its digest; Docker's are not, those of other builders may be. */
  private layerDigest({ offset, size }: Member, diffId: unknown): string {
    const magic = readAt(this.descriptor, offset, Math.min(4, size)).toString("hex");
    if (typeof diffId === "string" && !magic.startsWith("1f8b08") && magic !== "28b52ffd") return diffId;
    const hash = createHash("sha256");
    for (let position = 0; position < size; position += pieceLength)
      hash.update(readAt(this.descriptor, offset + position, Math.min(pieceLength, size - position)));
    return `sha256:${hash.digest("hex")}`;
  }

  private member(path: unknown): Member {
    const member = typeof path === "string" ? memberIn(this.members, path) : undefined;
    if (!member) throw new ImageError("FL2118", `${this.name} has no ${shown(path)}, which its manifest.json names`);
    return member;
  }

  private bytes({ offset, size }: Member): Buffer {
    if (size > manifestLimit) throw new ImageError("FL2115", `${this.name}: a manifest of ${size} bytes`);
    return readAt(this.descriptor, offset, size);
  }
}
