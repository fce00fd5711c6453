import { ArgumentErrors, policyDocument } from "@fairlead/foundation";
import { nameProblem } from "@fairlead/model";
import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";

import { lifecycleDefaults, lifecyclePolicyJson, type LifecyclePolicyArgs } from "./lifecyclePolicy";

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
  /** Images kept that were rolled out. 50 by default: room to roll back for weeks of daily releases. */
  keepDeployedImages?: number;
  /** Other tagged images kept; the oldest expire first. 100 by default: an image for two platforms counts as three. */
  keepImages?: number;
  /** Days after which untagged manifests expire. 7 by default. */
  untaggedExpiryDays?: number;
  /** Scans each image when it is pushed. True by default; false where the registry's own settings scan. */
  scanOnPush?: boolean;
  /**
   * ARN of the KMS key that encrypts the layers. AES-256 with a key of S3's by default, which costs nothing. ECR changes no repository's
   * encryption: one that exists keeps its own, whatever is said here later, and needs the key that it was created with.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** Accounts that may pull. None by default but the repository's own. */
  pullAccountIds?: string[];
  /**
   * Lets the repository be deleted with its images. False by default: ECR refuses to delete a repository with images in it, and images outlive
   * their resources, so that the repository then stays when its resource goes, and Pulumi forgets it.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-delete.html
   */
  forceDelete?: boolean;
  /** Takes over the repository of this name, which stayed when its resource went. False by default: a new one. Does nothing once it is done. */
  importExisting?: boolean;
  /** Changes the arguments of the ECR repository just before it is created. */
  transform?: (args: ecr.RepositoryArgs) => ecr.RepositoryArgs;
}

/**
 * A private ECR repository: immutable tags, scanned on push, encrypted, with a lifecycle policy.
 *
 * @example
 * ```ts
 * const repository = new Repository("api", { repositoryName: "fairlead/dev/api", pullAccountIds: ["210987654321"] });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Repository extends pulumi.ComponentResource {
  /** `123456789012.dkr.ecr.us-east-1.amazonaws.com/fairlead/dev/api` */
  readonly url: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: RepositoryArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:registry:Repository", name, {}, options);
    validate(name, args);
    const parent = { parent: this };
    const base: ecr.RepositoryArgs = {
      name: args.repositoryName,
      imageTagMutability: args.imageTagMutability ?? "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: args.scanOnPush ?? true },
      encryptionConfigurations: [args.kmsKeyArn ? { encryptionType: "KMS", kmsKey: args.kmsKeyArn } : { encryptionType: "AES256" }],
      forceDelete: args.forceDelete ?? false,
    };
    const final = args.transform?.(base) ?? base;
    const repository = new ecr.Repository(name, final, {
      ...parent,
      retainOnDelete: final.forceDelete === true ? undefined : true,
      import: args.importExisting ? args.repositoryName : undefined,
      // The provider would replace it, with the images that tasks run: AWS refuses that where it is retained, and nothing builds them again
      // where it is not.
      ignoreChanges: ["encryptionConfigurations"],
    });
    const kept: LifecyclePolicyArgs = {
      keepDeployedImages: args.keepDeployedImages ?? lifecycleDefaults.keepDeployedImages,
      keepImages: args.keepImages ?? lifecycleDefaults.keepImages,
      untaggedExpiryDays: args.untaggedExpiryDays ?? lifecycleDefaults.untaggedExpiryDays,
    };
    // It goes with the repository, or stays with it: what is kept expires all the same.
    new ecr.LifecyclePolicy(name, { repository: repository.name, policy: lifecyclePolicyJson(kept) }, { ...parent, retainOnDelete: true });
    if (args.pullAccountIds?.length) {
      new ecr.RepositoryPolicy(name, { repository: repository.name, policy: pullPolicy(args.pullAccountIds) }, parent);
    }
    this.url = repository.repositoryUrl;
    this.arn = repository.arn;
    this.registerOutputs({ url: this.url, arn: this.arn });
  }
}

/** A repository policy names no resource: it is the repository that it is attached to. */
function pullPolicy(accountIds: string[]): pulumi.Output<string> {
  return policyDocument([
    {
      Sid: "Pull",
      Effect: "Allow",
      Principal: { AWS: [...accountIds].sort().map((accountId) => `arn:aws:iam::${accountId}:root`) },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    },
  ]);
}

function validate(name: string, args: RepositoryArgs): void {
  const errors = new ArgumentErrors();
  errors.refuse("repositoryName", nameProblem(args.repositoryName, "repository"));
  for (const accountId of args.pullAccountIds ?? []) {
    if (!/^\d{12}$/.test(accountId)) errors.refuse("pullAccountIds", `"${accountId}": an account id has 12 digits`);
  }
  errors.throwIfAny(`Repository ${name}`);
}
