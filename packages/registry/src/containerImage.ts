import * as pulumi from "@pulumi/pulumi";
import * as dockerBuild from "@pulumi/docker-build";

import { pinnedReference } from "./pinnedReference";
import { architectureOf, type Platform } from "./platform";
import type { Repository } from "./repository";

/** How images are built and where their layers are cached: the same for all images of an environment. */
export interface BuildSettings {
  /** Login for the registry that images and caches are pushed to. A changed password alone changes no image. */
  registry: pulumi.Input<{ address: pulumi.Input<string>; username: pulumi.Input<string>; password: pulumi.Input<string> }>;
  /** URL of the repository for layer caches. Its tags must be mutable. No cache by default. */
  cacheRepositoryUrl?: pulumi.Input<string>;
  /** Name of the buildx builder. The one that `docker buildx use` selected by default. */
  builder?: string;
}

/** Arguments of {@link ContainerImage}. */
export interface ContainerImageArgs<P extends Platform> {
  repository: Repository;
  /** Tag of the pushed image, `<version>-<commit>`; at most 128 characters. It is never read back: tasks get the digest. */
  tag: string;
  /** Build context, relative to the Pulumi program's folder, so that the same sources give the same state in every clone. */
  context: string;
  /** Dockerfile, relative to the Pulumi program's folder. `<context>/Dockerfile` by default. */
  dockerfile?: string;
  /** Platforms to build. A task definition accepts the image only if they cover its own. */
  platforms: readonly P[];
  /** Values for the Dockerfile's `ARG`s. They end up in the image's history: no secrets. */
  buildArgs?: Record<string, string>;
  /** Stage to build. The last one by default. */
  target?: string;
  build: BuildSettings;
  /** Changes the arguments of each platform's docker-build image just before it is created. */
  transform?: (args: dockerBuild.ImageArgs, platform: P) => dockerBuild.ImageArgs;
}

/** An image that runs on the platforms `P`. An image for more platforms is accepted where one for fewer is asked for. */
export interface RunnableOn<in P extends Platform> {
  /** `repository@sha256:…` */
  readonly reference: pulumi.Output<string>;
  readonly platforms: readonly Platform[];
  /** Looks up what a tag means now, for good. An image that is known by its digest has nothing to look up. */
  pin?(name: string, options: pulumi.CustomResourceOptions): pulumi.Output<string>;
  /** The private repository to pull from; undefined for an image that everybody may pull. */
  readonly repositoryArn: pulumi.Output<string> | undefined;
  /** Exists for the type checker only: a parameter position makes `P` contravariant. */
  readonly __runsOn?: (platform: P) => void;
}

/**
 * An image built from a Dockerfile by docker-build and pushed. Several platforms: one `Image` each, with its own cache, joined by an
 * `Index`. One platform: a plain `Image`.
 *
 * Images are `retainOnDelete`: the digest that a rollback needs must outlive the resource. The lifecycle policy expires them.
 *
 * @example
 * ```ts
 * const image = new ContainerImage("api", {
 *   repository, build, tag: "1.0.0-3f2a1bc", context: "../apps/api", platforms: ["linux/arm64"],
 * });
 * ```
 */
export class ContainerImage<P extends Platform> extends pulumi.ComponentResource implements RunnableOn<P> {
  readonly reference: pulumi.Output<string>;
  readonly platforms: readonly P[];
  readonly repository: Repository;
  readonly repositoryArn: pulumi.Output<string>;
  readonly tag: string;
  declare readonly __runsOn?: (platform: P) => void;

  constructor(name: string, args: ContainerImageArgs<P>, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:ContainerImage", name, {}, options);
    this.platforms = args.platforms;
    this.repository = args.repository;
    this.repositoryArn = args.repository.arn;
    this.tag = args.tag;
    const url = args.repository.url;
    const several = args.platforms.length > 1;
    const images = args.platforms.map((platform) => {
      const tag = several ? `${args.tag}-${architectureOf(platform)}` : args.tag;
      const imageName = `${name}-${architectureOf(platform)}`;
      const base = this.imageArgs(args, platform, pulumi.interpolate`${url}:${tag}`, imageName);
      return new dockerBuild.Image(imageName, args.transform?.(base, platform) ?? base, { parent: this, retainOnDelete: true });
    });
    if (several) {
      const index = new dockerBuild.Index(
        name,
        {
          tag: pulumi.interpolate`${url}:${args.tag}`,
          sources: images.map((image) => image.ref),
          registry: args.build.registry,
          push: true,
        },
        { parent: this, retainOnDelete: true },
      );
      this.reference = index.ref.apply(pinnedReference);
    } else {
      this.reference = pulumi.interpolate`${url}@${images[0]!.digest}`;
    }
    this.registerOutputs({ reference: this.reference, platforms: args.platforms });
  }

  private imageArgs(args: ContainerImageArgs<P>, platform: P, tag: pulumi.Output<string>, cacheTag: string): dockerBuild.ImageArgs {
    const cacheReference = args.build.cacheRepositoryUrl && pulumi.interpolate`${args.build.cacheRepositoryUrl}:${cacheTag}`;
    return {
      context: { location: args.context },
      dockerfile: { location: args.dockerfile ?? `${args.context}/Dockerfile` },
      platforms: [platform],
      tags: [tag],
      buildArgs: args.buildArgs,
      target: args.target,
      // Not `push: true`: with it, a preview that can't know the tag skips checks silently.
      exports: [{ registry: {} }],
      push: false,
      // A preview must not build: a build exports its cache to the shared registry even when nothing is applied.
      buildOnPreview: false,
      registries: [args.build.registry],
      builder: args.build.builder ? { name: args.build.builder } : undefined,
      ...(cacheReference && {
        cacheFrom: [{ registry: { ref: cacheReference } }],
        // ECR stores a cache only as an image manifest with OCI media types.
        cacheTo: [{ registry: { ref: cacheReference, mode: "max", imageManifest: true, ociMediaTypes: true, ignoreError: true } }],
      }),
    };
  }
}
