import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

import { deployedTagPrefix } from "../lifecyclePolicy";
import type { Repository } from "../repository";
import type { BuildSettings } from "./buildSettings";

/** An image of a repository of ours, built or copied. */
export interface DeployableImage {
  reference: pulumi.Output<string>;
  repository: Repository;
  tag: string;
}

/**
 * Tags an image as rolled out, once the resources that it depends on are there: the lifecycle policy then keeps it among those that run or
 * may be rolled back to. The tag is one of the image's own, so an immutable repository takes it.
 *
 * @example
 * ```ts
 * deployedTag("api", { image, build }, { parent: service, dependsOn: service });
 * ```
 */
export function deployedTag(
  name: string,
  args: { image: DeployableImage; build: BuildSettings },
  options: pulumi.CustomResourceOptions,
): void {
  new dockerBuild.Index(
    `${name}-deployed`,
    {
      tag: pulumi.interpolate`${args.image.repository.url}:${deployedTagPrefix}${args.image.tag}`,
      sources: [args.image.reference],
      registry: args.build.registry,
      push: true,
    },
    { ...options, retainOnDelete: true },
  );
}
