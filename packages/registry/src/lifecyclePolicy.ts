/**
 * The ECR lifecycle policy: untagged manifests go after some days, then only the newest images stay. ECR never expires a manifest that
 * an index which stays refers to, so the per-platform images of a kept index are safe.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function lifecyclePolicyJson(args: { keepImages: number; untaggedExpiryDays: number }): string {
  const rules = [
    {
      rulePriority: 1,
      description: `Expire untagged images after ${args.untaggedExpiryDays} days`,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: args.untaggedExpiryDays },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: `Keep the newest ${args.keepImages} images`,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: args.keepImages },
      action: { type: "expire" },
    },
  ];
  return JSON.stringify({ rules });
}
