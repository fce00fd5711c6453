import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";

import { lifecyclePolicyJson } from "./lifecyclePolicy";

/** Arguments of {@link Repository}. */
export interface RepositoryArgs {
  /**
   * Repository name inside the registry, such as `fairlead/dev/api`; 2 to 256 characters, lower case.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
   */
  repositoryName: string;
  /**
   * `IMMUTABLE` by default: a tag that moved is how a tested image and a running one come apart. A build cache needs `MUTABLE`, since
   * BuildKit overwrites its cache tag.
   */
  imageTagMutability?: "IMMUTABLE" | "MUTABLE";
  /** Tagged images kept; the oldest expire first. 50 by default: room to roll back for weeks of daily releases. */
  keepImages?: number;
  /** Days after which untagged manifests expire. 7 by default. */
  untaggedExpiryDays?: number;
  /** Lets `pulumi destroy` delete a repository that still holds images. False by default: images outlive the stack. */
  forceDelete?: boolean;
  /** Changes the arguments of the ECR repository just before it is created. */
  transform?: (args: ecr.RepositoryArgs) => ecr.RepositoryArgs;
}

/**
 * A private ECR repository: immutable tags, scanned on push, encrypted, with a lifecycle policy.
 *
 * @example
 * ```ts
 * const repository = new Repository("api", { repositoryName: "fairlead/dev/api" });
 * ```
 */
export class Repository extends pulumi.ComponentResource {
  /** `123456789012.dkr.ecr.us-east-1.amazonaws.com/fairlead/dev/api` */
  readonly url: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:Repository", name, {}, options);
    const base: ecr.RepositoryArgs = {
      name: args.repositoryName,
      imageTagMutability: args.imageTagMutability ?? "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      forceDelete: args.forceDelete ?? false,
    };
    const repository = new ecr.Repository(name, args.transform?.(base) ?? base, { parent: this });
    new ecr.LifecyclePolicy(
      name,
      {
        repository: repository.name,
        policy: lifecyclePolicyJson({ keepImages: args.keepImages ?? 50, untaggedExpiryDays: args.untaggedExpiryDays ?? 7 }),
      },
      { parent: this },
    );
    this.url = repository.repositoryUrl;
    this.arn = repository.arn;
    this.registerOutputs({ url: this.url, arn: this.arn });
  }
}
