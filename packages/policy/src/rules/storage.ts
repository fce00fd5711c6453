import type { PlanResource } from "@fairlead/plan";

import type { PlanIndex } from "../planIndex";
import { refusesPlainText } from "../resourcePolicy";
import { each, type Rule } from "../rule";

const bucket = "aws:s3/bucket:Bucket";

/** A rule that something of a type is attached to every bucket, and holds. */
function attached(
  control: string,
  title: string,
  type: string,
  holds: (resource: PlanResource, plan: PlanIndex) => boolean,
  problem: string,
  fix: string,
): Rule {
  return each(
    control,
    title,
    bucket,
    fix,
    (resource, plan) => !plan.attachedTo(resource, type, "bucket").some((other) => holds(other, plan)) && problem,
  );
}

const publicAccess = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html */
export const storageRules: Rule[] = [
  each("S3.5", "Buckets refuse plain text", bucket, "Use PrivateBucket.", (resource, plan) =>
    refusesPlainText(plan.attachedTo(resource, "aws:s3/bucketPolicy:BucketPolicy", "bucket"), plan)
      ? undefined
      : "no policy refuses requests without TLS",
  ),
  attached(
    "S3.8",
    "Buckets are not public",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ({ inputs }) => publicAccess.every((key) => inputs[key] === true),
    "public access is not blocked in all four ways",
    "Use PrivateBucket.",
  ),
  each(
    "S3.9",
    "Buckets log who reads them",
    bucket,
    "Give it accessLogsBucket.",
    (resource, plan) => plan.attachedTo(resource, "aws:s3/bucketLogging:BucketLogging", "bucket").length === 0 && "it has no access logs",
  ),
  attached(
    "S3.12",
    "Buckets have no ACLs",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    (resource, plan) => plan.read(resource, "rule.objectOwnership") === "BucketOwnerEnforced",
    "ACLs can give out access",
    "Set objectOwnership to BucketOwnerEnforced.",
  ),
  attached(
    "S3.13",
    "Buckets have a lifecycle",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    () => true,
    "old versions are kept, and paid, for ever",
    "Give it a lifecycle configuration.",
  ),
  attached(
    "S3.14",
    "Buckets keep versions",
    "aws:s3/bucketVersioning:BucketVersioning",
    (resource, plan) => plan.read(resource, "versioningConfiguration.status") === "Enabled",
    "what is overwritten is gone",
    "Enable versioning.",
  ),
  attached(
    "S3.17",
    "Buckets are encrypted with a key of ours",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    (resource, plan) => plan.read(resource, "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm") === "aws:kms",
    "it is encrypted with S3's own key",
    "Give it kmsKeyArn.",
  ),
];
