/** Tags that a rollout leaves on what it brought out begin with this. */
export const deployedTagPrefix = "deployed-";

/** Arguments of {@link lifecyclePolicyJson}. */
export interface LifecyclePolicyArgs {
  /** Images kept that were rolled out: the one that runs, and those that a rollback may go to. */
  keepDeployedImages: number;
  /** Other tagged images kept. */
  keepImages: number;
  untaggedExpiryDays: number;
}

/** What is kept where nobody says otherwise. */
export const lifecycleDefaults: LifecyclePolicyArgs = { keepDeployedImages: 50, keepImages: 100, untaggedExpiryDays: 7 };

/**
 * The ECR lifecycle policy. An image that a rule's tags match is never expired by a rule of a lower priority, so what was rolled out is
 * counted by itself, and no number of builds that never ran can push out what runs. ECR never expires a manifest that an index which stays
 * refers to: the per-platform images of a kept index are safe.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function lifecyclePolicyJson(args: LifecyclePolicyArgs): string {
  const expire = { type: "expire" };
  const rules = [
    {
      rulePriority: 1,
      description: `Keep the newest ${args.keepDeployedImages} images that were rolled out`,
      selection: {
        tagStatus: "tagged",
        tagPrefixList: [deployedTagPrefix],
        countType: "imageCountMoreThan",
        countNumber: args.keepDeployedImages,
      },
      action: expire,
    },
    {
      rulePriority: 2,
      description: `Expire untagged images after ${args.untaggedExpiryDays} days`,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: args.untaggedExpiryDays },
      action: expire,
    },
    {
      rulePriority: 3,
      description: `Keep the newest ${args.keepImages} other images`,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: args.keepImages },
      action: expire,
    },
  ];
  return JSON.stringify({ rules });
}
