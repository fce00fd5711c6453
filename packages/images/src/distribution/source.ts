import type { Readable } from "node:stream";
import { parseReference } from "@fairlead/model";

import { ImageError } from "./imageError";
import type { Descriptor, Manifest } from "./manifest";
import { RegistryClient, type RegistryClientOptions } from "./registryClient";

/** Where an image is read from: a registry, a folder or a file. */
export interface ImageSource {
  /** The reference or path, as the user named it. */
  readonly name: string;
  /** What the name leads to: an index, or an image. */
  root(): Promise<Manifest>;
  manifest(descriptor: Descriptor): Promise<Manifest>;
  /** A config or layer, as it is stored; nothing about it is verified. */
  blob(descriptor: Descriptor): Promise<Readable>;
  /** Whether a manifest is there. A file or a folder may hold some images alone of an index; left out where all is there. */
  holds?(descriptor: Descriptor): boolean;
}

/** An image of a registry. */
export class RegistrySource implements ImageSource {
  private readonly client: RegistryClient;
  private readonly repository: string;
  private readonly tagOrDigest: string;

  /** @throws ImageError if it is no reference */
  constructor(
    readonly name: string,
    options?: RegistryClientOptions,
  ) {
    const reference = parseReference(name);
    if (!reference)
      throw new ImageError("FL2123", `"${name}" is not an image reference (registry/repository:tag or registry/repository@sha256:…)`);
    this.client = new RegistryClient(reference.registry, options);
    this.repository = reference.repository;
    this.tagOrDigest = reference.digest ?? reference.tag ?? "latest";
  }

  root(): Promise<Manifest> {
    return this.read(this.tagOrDigest);
  }

  manifest({ digest }: Descriptor): Promise<Manifest> {
    return this.read(digest);
  }

  blob(descriptor: Descriptor): Promise<Readable> {
    return this.client.blob(this.repository, descriptor);
  }

  private async read(tagOrDigest: string): Promise<Manifest> {
    const manifest = await this.client.manifest(this.repository, tagOrDigest);
    if (manifest) return manifest;
    throw new ImageError("FL2118", `${this.client.host}/${this.repository} has no ${tagOrDigest}`);
  }
}
