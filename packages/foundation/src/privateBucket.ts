import { autoNamed } from "@fairlead/model";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, requireTls, type Statement } from "./policyDocument";

/** Arguments of {@link PrivateBucket}. */
export interface PrivateBucketArgs {
  /** ARN of the KMS key that encrypts objects. S3's own key (SSE-S3) by default; load balancers can write logs only to such a bucket. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days after which objects expire. Never by default. */
  expirationDays?: number;
  /** Days after which replaced and deleted versions expire. 30 by default: long enough to notice a mistake. */
  noncurrentExpirationDays?: number;
  /** Bucket that gets this one's access logs. None by default. */
  accessLogsBucket?: pulumi.Input<string>;
  /** Statements of the bucket's policy besides the one that refuses plain text. */
  statements?: (bucketArn: pulumi.Output<string>) => pulumi.Input<Statement>[];
  /** Lets writers that know no bucket policies give out access by ACL, as CloudFront's logs do. False by default. */
  acls?: boolean;
  /**
   * Lets `pulumi destroy` delete a bucket that still holds objects. False by default: AWS refuses that, and Pulumi a deletion or replacement of the bucket
   * (`protect`).
   */
  forceDestroy?: boolean;
  /** Changes the arguments of the bucket just before it is created. */
  transform?: (args: s3.BucketArgs) => s3.BucketArgs;
}

/**
 * An S3 bucket that nobody reaches but by IAM: no public access, no ACLs, TLS only, encrypted, versioned, and old versions expire.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 * @example
 * ```ts
 * const bucket = new PrivateBucket("reports", { expirationDays: 365 });
 * ```
 */
export class PrivateBucket extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:foundation:PrivateBucket", name, {}, options);
    const parent = { parent: this };
    const forceDestroy = args.forceDestroy ?? false;
    const base: s3.BucketArgs = { forceDestroy };
    const bucket = new s3.Bucket(autoNamed(name, "bucket"), args.transform?.(base) ?? base, {
      ...parent,
      protect: !forceDestroy || undefined,
    });
    const access = new s3.BucketPublicAccessBlock(
      name,
      { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      parent,
    );
    const ownership = new s3.BucketOwnershipControls(
      name,
      { bucket: bucket.id, rule: { objectOwnership: args.acls ? "BucketOwnerPreferred" : "BucketOwnerEnforced" } },
      parent,
    );
    new s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        bucket: bucket.id,
        rules: [
          {
            applyServerSideEncryptionByDefault: args.kmsKeyArn
              ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn }
              : { sseAlgorithm: "AES256" },
            bucketKeyEnabled: args.kmsKeyArn !== undefined,
          },
        ],
      },
      parent,
    );
    const versioning = new s3.BucketVersioning(name, { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } }, parent);
    new s3.BucketLifecycleConfiguration(
      name,
      { bucket: bucket.id, rules: lifecycleRules(args) },
      // S3 takes a rule for noncurrent versions only once versioning is on.
      { parent: this, dependsOn: versioning },
    );
    const policy = new s3.BucketPolicy(
      name,
      {
        bucket: bucket.id,
        policy: policyDocument([
          requireTls("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]),
          ...(args.statements?.(bucket.arn) ?? []),
        ]),
      },
      // Two writers of one bucket's access settings meet in a conflict.
      { parent: this, dependsOn: access },
    );
    if (args.accessLogsBucket) {
      new s3.BucketLogging(
        name,
        { bucket: bucket.id, targetBucket: args.accessLogsBucket, targetPrefix: pulumi.interpolate`s3/${bucket.id}/` },
        parent,
      );
    }
    this.arn = bucket.arn;
    // AWS tries out a bucket that logs are to go to, so who reads its name waits for its policy.
    this.bucketName = pulumi.all([bucket.id, policy.id, ownership.id]).apply(([id]) => id);
    this.registerOutputs({ arn: this.arn, bucketName: this.bucketName });
  }
}

function lifecycleRules(args: PrivateBucketArgs): s3.BucketLifecycleConfigurationArgs["rules"] {
  const everything = { filter: { prefix: "" }, status: "Enabled" };
  return [
    {
      ...everything,
      id: "noncurrent-versions",
      noncurrentVersionExpiration: { noncurrentDays: args.noncurrentExpirationDays ?? 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    ...(args.expirationDays ? [{ ...everything, id: "expiration", expiration: { days: args.expirationDays } }] : []),
  ];
}
