import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { ImageError } from "./imageError";
import { indexTypes, manifestLimit, parseManifest, type Descriptor, type Manifest } from "./manifest";
import type { ImageSource } from "./source";

/**
 * An OCI image layout: a folder with `index.json` and `blobs/`.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export class LayoutSource implements ImageSource {
  constructor(readonly name: string) {}

  root(): Promise<Manifest> {
    return Promise.resolve(singleImage(this.parse(join(this.name, "index.json"), {}), (entry) => this.read(entry)));
  }

  manifest(descriptor: Descriptor): Promise<Manifest> {
    return Promise.resolve(this.read(descriptor));
  }

  blob(descriptor: Descriptor): Promise<Readable> {
    return Promise.resolve(createReadStream(this.path(descriptor)));
  }

  holds(descriptor: Descriptor): boolean {
    return existsSync(this.file(descriptor));
  }

  private read(descriptor: Descriptor): Manifest {
    return this.parse(this.path(descriptor), descriptor);
  }

  private parse(file: string, { digest, mediaType }: Partial<Descriptor>): Manifest {
    if (!existsSync(file))
      throw new ImageError("FL2117", `${this.name} has no ${file.slice(this.name.length + 1)}: it is not an OCI image layout`);
    if (statSync(file).size > manifestLimit) throw new ImageError("FL2115", `${file} has more than ${manifestLimit} bytes`);
    return parseManifest(readFileSync(file), { digest, mediaType: mediaType ?? (digest ? undefined : indexTypes[0]), where: file });
  }

  private path(descriptor: Descriptor): string {
    if (!this.holds(descriptor)) throw new ImageError("FL2118", `${this.name} has no blob ${descriptor.digest}`);
    return this.file(descriptor);
  }

  private file({ digest }: Descriptor): string {
    return join(this.name, "blobs", ...digest.split(":"));
  }
}

/** A layout's index.json lists images by name. Where it lists one, that is the image. */
export function singleImage(index: Manifest, read: (entry: Descriptor) => Manifest): Manifest {
  const [first, ...others] = index.manifests ?? [];
  return first && others.length === 0 && !first.platform ? read(first) : index;
}
