import { ArgumentErrors } from "@fairlead/foundation";
import { ecrRegistry } from "@fairlead/images";
import { coded, parseReference, pinned, referenceProblem, type Platform } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { RunnableOn } from "./containerImage/containerImage";
import { PinnedImage } from "./pinnedImage";

/**
 * An image that others build, such as a sidecar's. Which platforms it has is the caller's word until `up` inspects it. A tag is pinned to the digest that it
 * has when it is first deployed: what runs tomorrow is decided then, and again when another tag is named. Of `latest`, or no tag, nobody reads which that is.
 *
 * @example
 * ```ts
 * const router = new ExternalImage("public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5", ["linux/amd64", "linux/arm64"]);
 * ```
 * @throws pulumi.InputPropertiesError when the text names no image
 */
export class ExternalImage<P extends Platform> implements RunnableOn<P> {
  readonly reference: pulumi.Output<string>;
  readonly repositoryArn: pulumi.Output<string> | undefined;
  readonly mayBeCached = true;
  readonly pin?: RunnableOn<P>["pin"];
  declare readonly __runsOn?: (platform: P) => void;

  constructor(
    readonly name: string,
    readonly platforms: readonly P[],
  ) {
    const errors = new ArgumentErrors();
    const problem = referenceProblem(name);
    if (problem) errors.refuse("reference", coded("FL2123", problem));
    errors.throwIfAny("ExternalImage");
    this.reference = pulumi.output(name);
    const parsed = parseReference(name)!;
    const ecr = ecrRegistry(parsed.registry);
    if (ecr) this.repositoryArn = pulumi.output(`arn:aws:ecr:${ecr.region}:${ecr.accountId}:repository/${parsed.repository}`);
    if (parsed.digest) this.reference = pulumi.output(pinned(parsed, parsed.digest));
    else this.pin = (resource, options) => new PinnedImage(resource, { image: name }, options).reference;
  }
}
