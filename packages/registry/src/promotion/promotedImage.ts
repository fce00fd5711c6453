import { loadedProvider } from "@fairlead/foundation";
import { digestOf, type Promotion } from "@fairlead/images";
import type { Platform } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { RunnableOn } from "../containerImage/containerImage";
import type { Repository } from "../repository";

/** Arguments of {@link PromotedImage}. */
export interface PromotedImageArgs {
  /** Where the image is copied to. */
  repository: Repository;
  promotion: Promotion;
}

/**
 * An image that another environment runs, copied with all its platforms, byte for byte: its digest is the same. Who decided it when is a tag
 * on it (`promoted-from-…`), beside the tag that it was built with.
 *
 * Whoever runs `up` needs to pull from the other environment's repository: across accounts its `pullAccountIds` must name this one.
 *
 * @example
 * ```ts
 * const image = new PromotedImage("api", { repository, promotion: readPromotions(__dirname, "prod").api! });
 * ```
 */
export class PromotedImage extends pulumi.ComponentResource implements RunnableOn<Platform> {
  readonly reference: pulumi.Output<string>;
  readonly platforms: readonly Platform[];
  readonly repository: Repository;
  readonly repositoryArn: pulumi.Output<string>;
  readonly tag: string;
  declare readonly __runsOn?: (platform: Platform) => void;

  constructor(name: string, { repository, promotion }: PromotedImageArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:PromotedImage", name, {}, options);
    this.platforms = promotion.platforms;
    this.repository = repository;
    this.repositoryArn = repository.arn;
    this.tag = promotion.tag;
    const copy = new ImageCopy(
      name,
      { from: promotion.image, to: repository.url, tags: [promotion.tag, promotionTag(promotion)] },
      { parent: this, retainOnDelete: true },
    );
    this.reference = pulumi.interpolate`${copy.to}@${digestOf(promotion.image)}`;
    this.registerOutputs({ reference: this.reference });
  }
}

/** `promoted-from-staging-20261121T123200Z-by-ada.example`: what a tag can say. */
export function promotionTag({ from, at, by }: Promotion): string {
  const who = by.replace(/\s*<.*$/, "").replace(/[^\w.-]+/g, "-");
  return `promoted-from-${from}-${at.replace(/\.\d+/, "").replace(/[-:]/g, "")}-by-${who}`.slice(0, 128);
}

class ImageCopy extends pulumi.CustomResource {
  declare readonly to: pulumi.Output<string>;

  constructor(name: string, args: { from: string; to: pulumi.Input<string>; tags: string[] }, options: pulumi.CustomResourceOptions) {
    const properties = { ...args, __provider: loadedProvider("@fairlead/registry/imageCopyProvider") };
    super("pulumi-nodejs:dynamic/fairlead:ImageCopy", name, properties, options);
  }
}
