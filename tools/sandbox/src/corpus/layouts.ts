import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { baseLayer, tarOf, type BuiltLayer } from "./baseLayers";
import type { BaseName } from "./baseName";
import { bases, chainOf } from "./bases";
import type { CorpusImage } from "./corpusImage";
import type { Layer } from "./layer";
import { writeLayer } from "./layerFolder";

/** The config of an image as Docker would have made it. */
export interface BuiltConfig {
  Entrypoint?: string[];
  Cmd?: string[];
  User?: string;
  WorkingDir?: string;
  Env: string[];
  Volumes?: Record<string, object>;
  StopSignal?: string;
  Healthcheck?: { Test?: string[] };
  Shell?: string[];
}

/** An image as it lies on disk. */
export interface BuiltImage {
  image: CorpusImage;
  /** An OCI layout. */
  layout: string;
  /** The lowest first. */
  layers: BuiltLayer[];
  config: BuiltConfig;
}

/** Assembles images as OCI layouts below a folder: the layers of bases are shared, their own are a few files. */
export class Assembly {
  private readonly blobs: string;
  private readonly bases = new Map<BaseName, BuiltLayer>();
  private readonly layers = new Map<string, BuiltLayer>();

  /** @param compresses whether layers that many images share are compressed, as registries have them */
  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly compresses = true,
  ) {
    this.blobs = join(folder, "blobs");
    rmSync(folder, { recursive: true, force: true });
    for (const path of [join(this.blobs, "sha256"), join(folder, "bases")]) mkdirSync(path, { recursive: true });
  }

  /** Small disks would be filled. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async build(image: CorpusImage): Promise<BuiltImage> {
    const layers = await this.baseLayers(image.base);
    for (const layer of image.layers) layers.push(await this.ownLayer(layer, layers));
    const config = configOf(image);
    return { image, layers, config, layout: this.layout(image, layers, config) };
  }

  /** A layer on top of others. Images that share their first layers share the files of these, which may be large. */
  private async ownLayer(layer: Layer, below: readonly BuiltLayer[]): Promise<BuiltLayer> {
    const key = JSON.stringify([below.map(({ digest }) => digest), layer]);
    const known = this.layers.get(key);
    if (known) return known;
    const folder = join(this.folder, "layers", String(this.layers.size));
    mkdirSync(folder, { recursive: true });
    writeLayer(
      layer,
      folder,
      below.map((lower) => lower.folder),
    );
    const built = await tarOf(folder, `${folder}.tar`);
    this.layers.set(key, built);
    return built;
  }

  /** All layers of a base, the lowest first. */
  private async baseLayers(name: BaseName): Promise<BuiltLayer[]> {
    const layers: BuiltLayer[] = [];
    for (const base of chainOf(name)) {
      if (base === "scratch") continue;
      const layer = this.bases.get(base) ?? (await baseLayer(base, join(this.folder, "bases", `${base}.tar`), this.env, this.compresses));
      this.bases.set(base, layer);
      layers.push(layer);
    }
    return layers;
  }

  private layout({ name, architecture = "amd64" }: CorpusImage, layers: BuiltLayer[], config: BuiltConfig): string {
    for (const { digest, tar } of layers) {
      const blob = this.path(digest);
      if (!existsSync(blob)) symlinkSync(tar, blob);
    }
    const rootfs = { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) };
    const manifest = this.put({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: { mediaType: "application/vnd.oci.image.config.v1+json", ...this.put({ os: "linux", architecture, config, rootfs }) },
      layers: layers.map(({ digest, diffId, size }) => ({
        mediaType: `application/vnd.oci.image.layer.v1.tar${digest === diffId ? "" : "+gzip"}`,
        digest,
        size,
      })),
    });
    const layout = join(this.folder, "images", name);
    mkdirSync(layout, { recursive: true });
    symlinkSync(this.blobs, join(layout, "blobs"));
    writeFileSync(join(layout, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
    const manifests = [{ mediaType: "application/vnd.oci.image.manifest.v1+json", ...manifest }];
    writeFileSync(join(layout, "index.json"), JSON.stringify({ schemaVersion: 2, manifests }));
    return layout;
  }

  private put(value: object): { digest: string; size: number } {
    const bytes = Buffer.from(JSON.stringify(value));
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    writeFileSync(this.path(digest), bytes);
    return { digest, size: bytes.length };
  }

  private path(digest: string): string {
    return join(this.blobs, ...digest.split(":"));
  }
}

/** As Docker builds it: what an image says takes the place of what its base says, and an ENTRYPOINT takes the base's CMD away. */
function configOf({ base, config: { Env, ...own } }: CorpusImage): BuiltConfig {
  let config: Record<string, unknown> = {};
  let variables: Record<string, string> = {};
  for (const { Env: more, ...next } of [...chainOf(base).map((name) => bases[name].config ?? {}), { Env, ...own }]) {
    if (next.Entrypoint && !next.Cmd) delete config.Cmd;
    config = { ...config, ...next };
    variables = { ...variables, ...more };
  }
  return { ...config, Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`) } as BuiltConfig;
}
