import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { ArgumentErrors } from "@fairlead/foundation";
import { architectureOf, type Platform } from "@fairlead/model";
import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

import type { Repository } from "../repository";
import { contextFiles, type BuildSources } from "./buildContext";
import type { BuildSettings } from "./buildSettings";
import { contextWarnings } from "./contextWarnings";
import { commitTime, ExistingImages, unlessThere } from "./existingImages";
import { pinnedReference } from "./pinnedReference";
import { stageContext } from "./stagedContext";

/** Arguments of {@link ContainerImage}. */
export interface ContainerImageArgs<P extends Platform> {
  repository: Repository;
  /**
   * Tag of the pushed image, `<version>-<commit>`; at most 122 characters, for the architecture is added to the tag of each platform's image.
   * It is never read back: tasks get the digest.
   */
  tag: string;
  /** Folder of the build context. `.dockerignore` is honoured. */
  context: string;
  /** `<context>/Dockerfile` by default. */
  dockerfile?: string;
  /**
   * When the sources were committed: the time of the image and of all files in it, so that the same sources give the same image. When it was
   * built, and what the files have, by default.
   * @see https://docs.docker.com/build/ci/github-actions/reproducible-builds/
   */
  committedAt?: Date;
  /** Platforms to build. A task definition accepts the image only if they cover its own. */
  platforms: readonly P[];
  /** Values for the Dockerfile's `ARG`s. They end up in the image's history: no secrets. */
  buildArgs?: Record<string, string>;
  /** Stage to build. The last one by default. */
  target?: string;
  /**
   * Values for `RUN --mount=type=secret,id=…`, by id. They are in no layer and no log, and encrypted in the state; another value alone changes
   * no image.
   */
  secrets?: Record<string, pulumi.Input<string>>;
  /** Ids for `RUN --mount=type=ssh`, of the agent of whoever runs `up`. */
  ssh?: string[];
  build: BuildSettings;
  /** Changes the arguments of each platform's docker-build image just before it is created. */
  transform?: (args: dockerBuild.ImageArgs, platform: P) => dockerBuild.ImageArgs;
}

/** An image that runs on the platforms `P`. An image for more platforms is accepted where one for fewer is asked for. */
export interface RunnableOn<in P extends Platform> {
  /** How it is called, where that is known before apply: an image that others build. */
  readonly name?: string;
  /** `repository@sha256:…` */
  readonly reference: pulumi.Output<string>;
  readonly platforms: readonly Platform[];
  /** Looks up what a tag means now, for good. An image that is known by its digest has nothing to look up. */
  pin?(name: string, options: pulumi.CustomResourceOptions): pulumi.Output<string>;
  /** The private repository to pull from; undefined for an image that everybody may pull. */
  readonly repositoryArn: pulumi.Output<string> | undefined;
  /** Whether the repository may be a cache, into which a pull fetches what others have. False by default. */
  readonly mayBeCached?: boolean;
  /** Exists for the type checker only: a parameter position makes `P` contravariant. */
  readonly __runsOn?: (platform: P) => void;
}

/**
 * An image built from a Dockerfile by docker-build and pushed. What is built is a copy of the sources below `.fairlead/contexts` in the
 * program's folder: with the modes and times of the commit, so that every clone gives the same image. Several platforms: one `Image` each,
 * with its own cache, joined by an `Index`. One platform: a plain `Image`. A tag that the repository has already is not built again: an older
 * commit gets the image that was built for it then.
 *
 * Images are `retainOnDelete`: the digest that a rollback needs must outlive the resource. The lifecycle policy expires them.
 *
 * @example
 * ```ts
 * const image = new ContainerImage("api", {
 *   repository, build, tag: "1.0.0-3f2a1bc", context: `${__dirname}/../apps/api`, platforms: ["linux/arm64"],
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
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
    const sources = { context: resolve(args.context), dockerfile: resolve(args.dockerfile ?? `${args.context}/Dockerfile`) };
    validate(name, args, sources);
    this.platforms = args.platforms;
    this.repository = args.repository;
    this.repositoryArn = args.repository.arn;
    const url = args.repository.url;
    const several = args.platforms.length > 1;
    const tagOf = (platform: P) => `${args.tag}-${architectureOf(platform)}`;
    this.tag = several ? args.tag : tagOf(args.platforms[0]!);
    const staged = this.stage(name, sources, args.committedAt);
    const builds = args.platforms.map((platform) => {
      const imageName = `${name}-${architectureOf(platform)}`;
      const base = imageArgs(args, staged, platform, pulumi.interpolate`${url}:${tagOf(platform)}`, imageName);
      return { imageName, tag: tagOf(platform), args: args.transform?.(base, platform) ?? base };
    });
    const existing = new ExistingImages(
      name,
      { repository: url, tags: [...new Set([this.tag, ...builds.map(({ tag }) => tag)])], builds: builds.map((build) => build.args) },
      { parent: this },
    );
    const whole = existing.digestOf(this.tag);
    const images = builds.map(({ imageName, tag, args: final }) => {
      const there = pulumi.all([whole, existing.digestOf(tag)]).apply(([all, one]) => all ?? one);
      const make = (dependsOn: pulumi.Resource[]) =>
        new dockerBuild.Image(imageName, unlessThere(final, there), { parent: this, retainOnDelete: true, dependsOn });
      return { image: args.build.inLane(make), own: existing.digestOf(tag) };
    });
    if (several) {
      // A list of as many as there are platforms, also where a preview knows none of them: docker-build refuses a list that it can't count.
      const sources = images.map(({ image, own }) =>
        pulumi.all([url, own, whole, image.ref]).apply(([to, one, all, ref]) => (one || all ? `${to}@${one ?? all}` : ref)),
      );
      const index = new dockerBuild.Index(
        name,
        {
          tag: pulumi.interpolate`${url}:${args.tag}`,
          sources,
          registry: args.build.registry,
          push: whole.apply((there) => !there),
        },
        { parent: this, retainOnDelete: true },
      );
      this.reference = pulumi.all([url, whole, index.ref]).apply(([to, there, ref]) => (there ? `${to}@${there}` : pinnedReference(ref)));
    } else {
      this.reference = pulumi.all([url, whole, images[0]!.image.digest]).apply(([to, there, built]) => `${to}@${there ?? built}`);
    }
    this.registerOutputs({ reference: this.reference, platforms: args.platforms });
  }

  /** A copy of the sources with the modes and times of every clone. Only an engine builds: without one nothing is copied. */
  private stage(name: string, sources: BuildSources, committedAt: Date | undefined): BuildSources {
    const folder = `.fairlead/contexts/${pulumi.getStack()}`;
    const staged = { context: `${folder}/${name}`, dockerfile: `${folder}/${name}.Dockerfile` };
    const files = contextFiles(sources);
    for (const warning of contextWarnings(name, files)) void pulumi.log.warn(warning, this);
    if (pulumi.runtime.hasEngine()) {
      mkdirSync(folder, { recursive: true });
      stageContext(sources, files, staged, committedAt);
    }
    return staged;
  }
}

function validate<P extends Platform>(name: string, { platforms, tag }: ContainerImageArgs<P>, { context }: BuildSources): void {
  const errors = new ArgumentErrors();
  if (!existsSync(context)) errors.refuse("context", `there is no folder ${context}`);
  if (platforms.length === 0) errors.refuse("platforms", "none: a task needs one of linux/amd64 and linux/arm64");
  if (!/^\w[\w.-]{0,121}$/.test(tag)) errors.refuse("tag", `"${tag}": at most 122 letters, digits, ".", "_" and "-"`);
  errors.throwIfAny(`ContainerImage ${name}`);
}

function imageArgs<P extends Platform>(
  args: ContainerImageArgs<P>,
  { context, dockerfile }: BuildSources,
  platform: P,
  tag: pulumi.Output<string>,
  cacheName: string,
): dockerBuild.ImageArgs {
  const { build, secrets = {}, ssh } = args;
  const secretIds = Object.keys(secrets);
  return {
    context: { location: context },
    dockerfile: { location: dockerfile },
    platforms: [platform],
    tags: [tag],
    buildArgs: args.committedAt ? { [commitTime]: String(args.committedAt.getTime() / 1000), ...args.buildArgs } : args.buildArgs,
    target: args.target,
    secrets: secretIds.length > 0 ? pulumi.secret(secrets) : undefined,
    ignoreSecretsInDiffCalculation: secretIds.length > 0 ? secretIds : undefined,
    ssh: ssh?.map((id) => ({ id })),
    // Not `push: true`: with it, a preview that can't know the tag skips checks silently.
    exports: [{ raw: build.exporter() }],
    push: false,
    // A preview must not build: a build exports its cache to the shared registry even when nothing is applied.
    buildOnPreview: false,
    registries: [build.registry],
    builder: build.builder ? { name: build.builder } : undefined,
    exec: build.provenance ? true : undefined,
    ...build.cacheArgs(cacheName),
  };
}
