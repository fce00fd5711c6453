/** Types that no component makes. People have them beside ours, and a review knows what becomes of them. */
export const typesBesideOurs: ReadonlySet<string> = new Set([
  "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:route53/zone:Zone",
  "aws:rds/instance:Instance",
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  "aws:s3/bucketNotification:BucketNotification",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  "aws:iam/policy:Policy",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:ssm/parameter:Parameter",
]);
