import { createHash } from "node:crypto";
import { loadedProvider } from "@fairlead/foundation";
import type * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";

/** BuildKit's argument for the time that an image and its files have. */
export const commitTime = "SOURCE_DATE_EPOCH";

/** An output as the SDK has it: the second argument makes it apply in a preview to what is not known. */
interface AppliedUnknown {
  apply<T>(transform: (value: unknown) => T, runWithUnknowns: boolean): pulumi.Output<T>;
}

/**
 * Which tags of a build its repository has already, and what they mean. Found out before a build begins, and again when it would begin anew: what
 * is built a second time is rarely the same, byte for byte, and ECR refuses to have an immutable tag pushed for another image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export class ExistingImages extends pulumi.CustomResource {
  /** By tag; in a plan without an engine a text, and nothing in a test with mocks. */
  declare private readonly digests: pulumi.Output<Record<string, string> | undefined>;

  constructor(
    name: string,
    args: { repository: pulumi.Input<string>; tags: string[]; builds: dockerBuild.ImageArgs[] },
    options: pulumi.CustomResourceOptions,
  ) {
    const { repository, tags, builds } = args;
    const properties = {
      ...{ repository, tags, build: pulumi.output(builds.map(reasonsToBuild)).apply(hashOf) },
      digests: undefined,
      __provider: loadedProvider("@fairlead/registry/existingImagesProvider"),
    };
    super("pulumi-nodejs:dynamic/fairlead:ExistingImages", name, properties, options);
  }

  /**
   * The digest of a tag; undefined if there was none. A preview of a build that is new does not know it, and takes it to be none: docker-build
   * refuses a Dockerfile that is not known yet.
   */
  digestOf(tag: string): pulumi.Output<string | undefined> {
    const digests = this.digests as unknown as AppliedUnknown;
    return digests.apply((known) => (pulumi.isUnknown(known) ? undefined : (known as Record<string, string> | undefined)?.[tag]), true);
  }
}

/** What makes docker-build build again, but for the sources and their commit, which have a tag of their own. */
function reasonsToBuild({ secrets, registries, tags, ...reasons }: dockerBuild.ImageArgs) {
  return { ...reasons, secrets: secrets !== undefined };
}

function hashOf(builds: unknown): string {
  const text = JSON.stringify(builds, (key, value: unknown) => (key === commitTime ? undefined : value));
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** The arguments of a build that does nothing where its image is there already. */
export function unlessThere(args: dockerBuild.ImageArgs, digest: pulumi.Output<string | undefined>): dockerBuild.ImageArgs {
  const either = (key: keyof dockerBuild.ImageArgs, nothing: unknown) => ({
    [key]: pulumi.all([digest, args[key]]).apply(([there, wanted]) => (there ? nothing : wanted)),
  });
  return {
    ...args,
    ...either("dockerfile", { inline: "FROM scratch\n" }),
    ...either("target", undefined),
    ...either("exports", [{ cacheonly: {} }]),
    // An empty build must not take the place of what the cache holds.
    ...either("cacheFrom", undefined),
    ...either("cacheTo", undefined),
  };
}
