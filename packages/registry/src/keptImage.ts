import type { Platform } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { RunnableOn } from "./containerImage/containerImage";
import type { Repository } from "./repository";

/** Arguments of {@link KeptImage}. */
export interface KeptImageArgs {
  repository: Repository;
  /** Tag that it was built with. */
  tag: string;
  /** `sha256:…` of an image that the repository has. */
  digest: string;
  /** Platforms that it is for. What is inspected before a task definition names it says whether they are true. */
  platforms: readonly Platform[];
}

/**
 * An image that a repository has already, by its digest: one that was rolled back to. Nothing is built or copied.
 *
 * @example
 * ```ts
 * const image = new KeptImage({ repository, tag: "1.0.0-3f2a1bc84d0e-arm64", digest: "sha256:…", platforms: ["linux/arm64"] });
 * ```
 */
export class KeptImage implements RunnableOn<Platform> {
  readonly reference: pulumi.Output<string>;
  readonly platforms: readonly Platform[];
  readonly repository: Repository;
  readonly repositoryArn: pulumi.Output<string>;
  readonly tag: string;
  declare readonly __runsOn?: (platform: Platform) => void;

  constructor({ repository, tag, digest, platforms }: KeptImageArgs) {
    this.repository = repository;
    this.repositoryArn = repository.arn;
    this.tag = tag;
    this.platforms = platforms;
    this.reference = pulumi.interpolate`${repository.url}@${digest}`;
  }
}
