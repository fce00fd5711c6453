import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

import type { BuildSettings, ContainerImage } from "./containerImage";
import { deployedTagPrefix } from "./lifecyclePolicy";
import type { Platform } from "./platform";

/**
 * Tags an image as rolled out, once the resources that it depends on are there: the lifecycle policy then keeps it among those that run or
 * may be rolled back to. The tag is one of the image's own, so an immutable repository takes it.
 *
 * @example
 * ```ts
 * deployedTag("api", { image, build }, { parent: service, dependsOn: service });
 * ```
 */
export function deployedTag<P extends Platform>(
  name: string,
  args: { image: ContainerImage<P>; build: BuildSettings },
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
