import { ImageError, indexTypes, imageTypes, type Descriptor, type ImageSource, type Manifest } from "@fairlead/images";

import { readConfig } from "./imageConfig";
import { limits } from "./limits";
import { platformText } from "./platformText";

/** One platform's image. */
export interface PlatformImage {
  /** What the index says, else the image's config. */
  platform: string;
  descriptor: Descriptor;
}

const configTypes = ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];

/**
 * The images that a reference leads to, through indexes in indexes. What only describes an image is left out (attestations, SBOMs, signatures), and so
 * are images that a file does not hold, though its index names them.
 *
 * @throws ImageError if there is no end of them
 */
export async function platformImages(source: ImageSource, root: Manifest): Promise<PlatformImage[]> {
  if (!root.manifests) {
    if (isArtifact(root)) throw new ImageError("FL2117", `${source.name} is ${artifactText(root)}, not an image`);
    return [{ platform: (await readConfig(source, root.config!)).platform, descriptor: { digest: root.digest, size: root.bytes.length } }];
  }
  const walk = new Walk(source);
  await walk.through(root, 1);
  return walk.images;
}

/** Counts what it reads: indexes that name each other can have as many entries as there are atoms. */
class Walk {
  readonly images: PlatformImage[] = [];
  private entries = 0;
  private reads = 0;
  private bytes = 0;

  constructor(private readonly source: ImageSource) {}

  async through(index: Manifest, depth: number): Promise<void> {
    this.entries += index.manifests!.length;
    if (depth > limits.indexDepth) throw this.tooLarge(`indexes in indexes, more than ${limits.indexDepth} deep`);
    if (this.entries > limits.indexEntries) throw this.tooLarge(`more than ${limits.indexEntries} images in its indexes`);
    for (const descriptor of index.manifests!) {
      if (!isImage(descriptor) || this.source.holds?.(descriptor) === false) continue;
      const platform = platformText(descriptor.platform);
      if ((indexTypes as readonly unknown[]).includes(descriptor.mediaType)) await this.through(await this.read(descriptor), depth + 1);
      else if (platform) this.add(platform, descriptor);
      else await this.addUnnamed(descriptor);
    }
  }

  /** An image of which the index doesn't say what for. */
  private async addUnnamed(descriptor: Descriptor): Promise<void> {
    const manifest = await this.read(descriptor);
    if (!manifest.config || isArtifact(manifest)) return;
    const { platform, size } = await readConfig(this.source, manifest.config);
    this.bytes += size;
    this.add(platform, descriptor);
  }

  /** Without what an index may say of it besides, by the mebibyte. */
  private add(platform: string, { mediaType, digest, size }: Descriptor): void {
    this.images.push({ platform, descriptor: { mediaType, digest, size } });
  }

  private async read(descriptor: Descriptor): Promise<Manifest> {
    const unnamed = "entries that don't say what they are for";
    if (++this.reads > limits.indexReads) throw this.tooLarge(`more than ${limits.indexReads} ${unnamed}`);
    if (this.bytes > limits.indexBytes) throw this.tooLarge(`more than ${limits.indexBytes / 1024 ** 2} MiB of ${unnamed}`);
    const manifest = await this.source.manifest(descriptor);
    this.bytes += manifest.bytes.length;
    return manifest;
  }

  private tooLarge(problem: string): ImageError {
    return new ImageError("FL2115", `${this.source.name} has ${problem}`);
  }
}

/** Whether an entry of an index may be an image: runtimes pass over others. */
function isImage({ mediaType, artifactType, annotations, platform }: Descriptor): boolean {
  const known = mediaType === undefined || [...indexTypes, ...imageTypes].some((type) => type === mediaType);
  return known && !artifactType && !annotations?.["vnd.docker.reference.type"] && !platformText(platform)?.startsWith("unknown/");
}

function isArtifact({ artifactType, config }: Manifest): boolean {
  return artifactType !== undefined || (config?.mediaType !== undefined && !configTypes.includes(config.mediaType));
}

function artifactText({ artifactType, config }: Manifest): string {
  return `a ${(artifactType ?? config?.mediaType ?? "").slice(0, 200)}`;
}
