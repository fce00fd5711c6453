import { loadedProvider } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

/**
 * The digest that a tag of somebody else's had when it was first deployed. It stays until another tag is named, whatever the tag means by
 * then: what runs changes when the repository does, and not before.
 */
export class PinnedImage extends pulumi.CustomResource {
  /** `registry/repository@sha256:…` */
  declare readonly reference: pulumi.Output<string>;

  constructor(name: string, args: { image: string }, options?: pulumi.CustomResourceOptions) {
    const properties = {
      ...args,
      reference: undefined,
      __provider: loadedProvider("@fairlead/registry/pinnedImageProvider"),
    };
    super("pulumi-nodejs:dynamic/fairlead:PinnedImage", name, properties, options);
  }
}
