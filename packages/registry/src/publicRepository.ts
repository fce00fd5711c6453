import { ArgumentErrors } from "@fairlead/foundation";
import { architectureOf, nameProblem, type Platform } from "@fairlead/model";
import * as ecrpublic from "@pulumi/aws/ecrpublic";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link PublicRepository}. */
export interface PublicRepositoryArgs {
  /** Repository name below the account's public alias; 2 to 205 characters, lower case. */
  repositoryName: string;
  /** One sentence in the gallery; at most 1,024 characters. */
  description: string;
  /** Platforms that its images are for, as the gallery shows them. */
  platforms: readonly Platform[];
  /** Longer text in Markdown. */
  about?: string;
  /** Lets `pulumi destroy` delete a repository that still holds images. False by default: others depend on them. */
  forceDelete?: boolean;
  /** Changes the arguments of the repository just before it is created. */
  transform?: (args: ecrpublic.RepositoryArgs) => ecrpublic.RepositoryArgs;
}

const architectureNames: Record<string, string> = { amd64: "x86-64", arm64: "ARM 64" };

/**
 * A repository in the ECR Public gallery, for images that everybody may pull. ECR Public lives in us-east-1 only: from a stack in another
 * region pass a provider for that one.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-repositories.html
 * @example
 * ```ts
 * new PublicRepository("agent", { repositoryName: "agent", description: "Our agent", platforms: ["linux/amd64", "linux/arm64"] });
 * ```
 */
export class PublicRepository extends pulumi.ComponentResource {
  readonly uri: pulumi.Output<string>;

  constructor(name: string, args: PublicRepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:PublicRepository", name, {}, options);
    const errors = new ArgumentErrors();
    errors.refuse("repositoryName", nameProblem(args.repositoryName, "publicRepository"));
    errors.range("description", args.description.length, [1, 1024], "characters");
    errors.throwIfAny(`PublicRepository ${name}`);
    const base: ecrpublic.RepositoryArgs = {
      repositoryName: args.repositoryName,
      forceDestroy: args.forceDelete ?? false,
      catalogData: {
        description: args.description,
        aboutText: args.about,
        architectures: args.platforms.map((platform) => architectureNames[architectureOf(platform)]!),
        operatingSystems: ["Linux"],
      },
    };
    const repository = new ecrpublic.Repository(name, args.transform?.(base) ?? base, { parent: this });
    this.uri = repository.repositoryUri;
    this.registerOutputs({ uri: this.uri });
  }
}
