import {
  dataLoss,
  interruption,
  lessProtected,
  losesData,
  opened,
  routine,
  unreachable,
  type Loss,
  type TypeSheet,
  type TypeSheets,
} from "./sheet";

const ofOwner = ["bucket", "expectedBucketOwner"];
const setting = (noun: string, deleted: Loss, replacedBy = ["bucket"]): TypeSheet => ({
  noun,
  replaced: routine("Put again in one request."),
  deleted,
  partOf: "bucket",
  settingOf: "bucket",
  replacedBy,
  taggable: false,
  pricing: "free",
});

/** S3 buckets, and their settings. */
export const buckets: TypeSheets = {
  "aws:s3/bucket:Bucket": {
    noun: "S3 bucket",
    ...losesData("bucket"),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
    lossWith: ({ forceDestroy }, operation) => {
      if (forceDestroy === true) return undefined;
      const first = operation === "replace" ? "A new, empty bucket takes its place, and the old one goes" : "It goes";
      return dataLoss(
        `${first} if nothing is in it: else AWS refuses (BucketNotEmpty), and \`up\` ends half-way. Empty it first, or copy what is to stay.`,
      );
    },
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
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": setting(
    "bucket acceleration",
    interruption("Whoever asks the accelerated address is refused."),
    ofOwner,
  ),
  "aws:s3/bucketAcl:BucketAcl": setting("bucket ACL", routine("The ACL stays as it is."), ofOwner),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": setting(
    "bucket CORS configuration",
    interruption("Browsers refuse pages of other origins what is in it."),
    ofOwner,
  ),
  "aws:s3/bucketNotification:BucketNotification": setting(
    "bucket notification",
    interruption("Nobody is told any more of what happens to objects."),
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting(
    "bucket object lock",
    lessProtected("New objects can be deleted and overwritten. Those that are locked stay so."),
    ofOwner,
  ),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": setting(
    "bucket replication",
    lessProtected("New objects are no longer copied. Copies that there are stay."),
  ),
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": setting(
    "bucket request payment",
    routine("The owner pays for requests."),
    ofOwner,
  ),
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": setting(
    "bucket website",
    unreachable("Its website address answers no more."),
    ofOwner,
  ),
  "aws:s3/bucketVersioning:BucketVersioning": setting(
    "bucket versioning",
    lessProtected("Objects that are overwritten from then on can't be had back. Versions that there are stay."),
    ofOwner,
  ),
};
