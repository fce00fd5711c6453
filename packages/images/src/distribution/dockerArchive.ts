import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Pack } from "tar-stream";

import type { Descriptor, Manifest } from "./manifest";
import type { ImageSource } from "./source";

/**
 * An image of one platform as the tar that `docker load` reads, in Docker's own layout: every engine knows it, and it gets the name that it is given here
 * alone, whatever the image was called. Layers stay compressed as they are. Streamed: a layer is read as the tar is.
 *
 * @param name `repository:tag`
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export function dockerArchive(source: ImageSource, { config, layers = [] }: Manifest, name: string): Readable {
  const tar = pack();
  const parts = layers.map((descriptor, position) => ({ path: `${position}/layer.tar`, descriptor }));
  const listed = [{ Config: "config.json", RepoTags: [name], Layers: parts.map(({ path }) => path) }];
  const write = async () => {
    tar.entry({ name: "manifest.json" }, JSON.stringify(listed));
    for (const { path, descriptor } of [{ path: "config.json", descriptor: config! }, ...parts]) await copy(source, descriptor, path, tar);
    tar.finalize();
  };
  write().catch((error: Error) => tar.destroy(error));
  return Readable.from(tar, { objectMode: false });
}

async function copy(source: ImageSource, descriptor: Descriptor, name: string, tar: Pack): Promise<void> {
  const content = await source.blob(descriptor);
  await pipeline(content, tar.entry({ name, size: descriptor.size }));
}
