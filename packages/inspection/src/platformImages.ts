import { bytesOf, ImageError, json, object, sha256, type Descriptor, type ImageSource, type Manifest } from "@fairlead/images";

import type { ImageConfig } from "./start/containerSettings";
import { limits } from "./limits";

/** An image's config, as far as it is needed. */
export interface Config {
  platform: string;
  config: ImageConfig;
  diffIds: string[];
}

/** One platform's image in an index. */
export interface PlatformImage {
  /** What the index says; undefined where it says nothing. */
  stated?: string;
  manifest: Manifest;
}

/** The images that a reference leads to, through indexes in indexes; what only describes another image (attestations) is left out. */
export async function platformImages(source: ImageSource, root: Manifest): Promise<{ stated?: string; descriptor: Descriptor }[]> {
  if (!root.manifests) return [{ descriptor: { digest: root.digest, size: root.bytes.length } }];
  const images: { stated?: string; descriptor: Descriptor }[] = [];
  const walk = async (index: Manifest, depth: number): Promise<void> => {
    if (depth > limits.indexDepth)
      throw new ImageError("FL2115", `${source.name} has indexes in indexes, more than ${limits.indexDepth} deep`);
    for (const descriptor of index.manifests ?? []) {
      const stated = platformText(descriptor.platform);
      if (stated?.startsWith("unknown/") || descriptor.annotations?.["vnd.docker.reference.type"]) continue;
      const isIndex = /index|list/.test(descriptor.mediaType ?? "");
      if (isIndex) await walk(await source.manifest(descriptor), depth + 1);
      else images.push({ stated, descriptor });
      if (images.length > 100) throw new ImageError("FL2115", `${source.name} has more than 100 platforms`);
    }
  };
  await walk(root, 1);
  return images;
}

/** `linux/arm64`: variants that every machine of the architecture runs are left out. */
export function platformText(platform: Descriptor["platform"]): string | undefined {
  const { os, architecture, variant } = platform ?? {};
  if (!os || !architecture) return undefined;
  const usual =
    variant === undefined ||
    variant === "" ||
    (architecture === "arm64" && variant === "v8") ||
    (architecture === "amd64" && variant === "v1");
  return usual ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/** Reads an image's config. */
export async function readConfig(source: ImageSource, descriptor: Descriptor): Promise<Config> {
  const what = `the config of ${source.name}`;
  const bytes = await bytesOf(await source.blob(descriptor), limits.smallFileBytes);
  if (!bytes) throw new ImageError("FL2115", `${what} has more than ${limits.smallFileBytes} bytes`);
  if (descriptor.digest.startsWith("sha256:") && sha256(bytes) !== descriptor.digest)
    throw new ImageError("FL2114", `${what} is ${sha256(bytes)}, not ${descriptor.digest}`);
  const value = object(json(bytes, what), what) as Descriptor["platform"] & { config?: ImageConfig; rootfs?: { diff_ids?: string[] } };
  return {
    platform: platformText(value) ?? "unknown",
    config: (value.config ?? {}) as ImageConfig,
    diffIds: value.rootfs?.diff_ids ?? [],
  };
}
