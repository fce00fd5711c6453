import { loadedProvider } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import { deployedTagPrefix } from "../lifecyclePolicy";

/** An image of a repository of ours, built or copied. */
export interface DeployableImage {
  reference: pulumi.Input<string>;
  tag: string;
}

/**
 * Tags an image as rolled out, once the resources that it depends on are there: the lifecycle policy then keeps it among those that run or
 * may be rolled back to. The tag is one of the image's own, so an immutable repository takes it; what was rolled out before has it already.
 *
 * @example
 * ```ts
 * new DeployedTag("api", image, { parent: service, dependsOn: service });
 * ```
 */
export class DeployedTag extends pulumi.CustomResource {
  constructor(name: string, { reference, tag }: DeployableImage, options?: pulumi.CustomResourceOptions) {
    const properties = {
      ...{ image: reference, tag: `${deployedTagPrefix}${tag}` },
      __provider: loadedProvider("@fairlead/registry/deployedTagProvider"),
    };
    super("pulumi-nodejs:dynamic/fairlead:DeployedTag", `${name}-deployed`, properties, options);
  }
}
