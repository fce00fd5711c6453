import * as pulumi from "@pulumi/pulumi";

/**
 * The address of a resource that is about to be made, as an argument of it: a dynamic provider isn't told what it creates, and tells the engine what it is
 * about. An argument called `urn` the SDK drops.
 *
 * An output of a component depends on all that is below it; whatever there waits for this resource would wait for itself. So this has no dependencies.
 */
export function ownUrn(name: string, type: string, parent?: pulumi.Resource): pulumi.Output<string> {
  const urn = pulumi.createUrn(name, type, parent);
  return pulumi.output(new Promise<string>((resolve) => void urn.apply(resolve)));
}
