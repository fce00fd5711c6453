import { interruption, lessProtected, losesData, opened, routine, type Loss, type TypeSheet, type TypeSheets } from "./sheet";

const ofOwner = ["bucket", "expectedBucketOwner"];
const setting = (noun: string, deleted: Loss, replacedBy = ["bucket"]): TypeSheet => ({
  noun,
  replaced: routine("Put again in one request."),
  deleted,
  partOf: "bucket",
  replacedBy,
  taggable: false,
  pricing: "free",
});

/** S3 buckets, and their settings. */
export const buckets: TypeSheets = {
  "aws:s3/bucket:Bucket": {
    noun: "S3 bucket",
    ...losesData("bucket"),
    replacedBy: ["bucket", "bucketPrefix", "objectLockConfiguration.objectLockEnabled", "objectLockEnabled"],
    unasked: ["bucketNamespace"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
    "bucket lifecycle",
    routine("Objects are no longer expired."),
    ofOwner,
  ),
  "aws:s3/bucketLogging:BucketLogging": setting(
    "bucket logging",
    lessProtected("Access is no longer logged. What was logged stays."),
    ofOwner,
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
    "bucket ownership controls",
    lessProtected("ACLs of objects count again."),
  ),
  "aws:s3/bucketPolicy:BucketPolicy": setting(
    "bucket policy",
    interruption("Whoever it lets in, such as the delivery of logs, is refused, and what it denies is not."),
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    ...setting("bucket public access block", opened("A policy or an ACL may open the bucket to everybody.")),
    unasked: ["skipDestroy"],
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    "bucket encryption",
    lessProtected("New objects are encrypted with S3's own key."),
    ofOwner,
  ),
  "aws:s3/bucketVersioning:BucketVersioning": setting(
    "bucket versioning",
    lessProtected("Objects that are overwritten from then on can't be had back. Versions that there are stay."),
    ofOwner,
  ),
};
