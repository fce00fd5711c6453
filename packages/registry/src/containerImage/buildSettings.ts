import { ArgumentErrors } from "@fairlead/foundation";
import type * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

import { builderOf } from "./builder";

/** Where layers are kept between builds. */
export type BuildCache =
  /** A repository of a registry. Its tags must be mutable: BuildKit overwrites them. */
  | { kind: "registry"; repositoryUrl: pulumi.Input<string> }
  /** The cache of GitHub Actions, inside a workflow only. */
  | { kind: "githubActions" }
  /** A folder of the machine that builds, relative to the Pulumi program's. */
  | { kind: "local"; folder: string };

/** Arguments of {@link BuildSettings}. */
export interface BuildSettingsArgs {
  /** Login for the registry that images and caches are pushed to. A changed password alone changes no image. */
  registry: pulumi.Input<{ address: pulumi.Input<string>; username: pulumi.Input<string>; password: pulumi.Input<string> }>;
  /** No cache by default. Each image and platform has its own part of it. */
  cache?: BuildCache;
  /** Name of the buildx builder. The one that `docker buildx use` selected by default. */
  builder?: string;
  /** Images that are built at a time. 4 by default: a builder has only so many cores, and twenty builds at once are slower than five times four. */
  concurrency?: number;
  /**
   * Whether an image gets BuildKit's attestation of how it was built (SLSA), in an index with it. False by default: docker-build 0.0.22 switches it off
   * where it speaks to BuildKit itself. True has it call `docker buildx build` (`exec`), which makes one by default; the machine needs that plugin. The
   * attestation has the time of the build in it, so that the index is another one for each build; the platform's image in it is the same.
   */
  provenance?: boolean;
}

/** How images are built and where their layers are cached: the same for all images of an environment. */
export class BuildSettings {
  readonly registry: BuildSettingsArgs["registry"];
  readonly builder: string | undefined;
  readonly provenance: boolean;
  private readonly cache: BuildCache | undefined;
  private readonly lanes: (pulumi.Resource | undefined)[];
  private builds = 0;

  /** @throws InputPropertiesError for a concurrency that is no whole number from 1 */
  constructor({ registry, cache, builder, concurrency = 4, provenance = false }: BuildSettingsArgs) {
    const errors = new ArgumentErrors();
    if (!Number.isInteger(concurrency) || concurrency < 1) errors.refuse("concurrency", `${concurrency}: expected a whole number from 1`);
    errors.throwIfAny("BuildSettings");
    this.registry = registry;
    this.provenance = provenance;
    this.cache = cache;
    this.builder = builder;
    this.lanes = Array.from({ length: concurrency });
  }

  /** Makes a build wait for the one before it in its lane: that is how few go on at a time. */
  inLane<T extends pulumi.Resource>(build: (dependsOn: pulumi.Resource[]) => T): T {
    const lane = this.builds++ % this.lanes.length;
    const before = this.lanes[lane];
    const image = build(before ? [before] : []);
    this.lanes[lane] = image;
    return image;
  }

  /**
   * The exporter that pushes an image, with the time of SOURCE_DATE_EPOCH for all files in it. Docker's own builder can't have that, since it
   * unpacks what it builds: its images have the right content, and files of the time at which they were made.
   *
   * @see https://docs.docker.com/build/exporters/image-registry/
   */
  exporter(): string {
    const unpacks = pulumi.runtime.hasEngine() && builderOf(this.builder)?.driver === "docker";
    return unpacks ? "type=registry" : "type=registry,rewrite-timestamp=true";
  }

  /** The cache of one image's platform. */
  cacheArgs(name: string): Pick<dockerBuild.ImageArgs, "cacheFrom" | "cacheTo"> {
    const { cache } = this;
    switch (cache?.kind) {
      case "registry": {
        const ref = pulumi.interpolate`${cache.repositoryUrl}:${name}`;
        // ECR stores a cache only as an image manifest with OCI media types.
        const to = { ref, mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true } as const;
        return { cacheFrom: [{ registry: { ref } }], cacheTo: [{ registry: to }] };
      }
      case "githubActions":
        return { cacheFrom: [{ gha: { scope: name } }], cacheTo: [{ gha: { scope: name, mode: "max", ignoreError: true } }] };
      case "local": {
        const folder = `${cache.folder}/${name}`;
        return { cacheFrom: [{ local: { src: folder } }], cacheTo: [{ local: { dest: folder, mode: "max", ignoreError: true } }] };
      }
      case undefined:
        return {};
    }
  }
}
