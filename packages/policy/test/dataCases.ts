import { attached, one, resource, type Cases } from "./resources";

const database = "aws:rds/cluster:Cluster";
const instance = "aws:rds/clusterInstance:ClusterInstance";
const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
const table = "aws:dynamodb/table:Table";
const fileSystem = "aws:efs/fileSystem:FileSystem";
const accessPoint = "aws:efs/accessPoint:AccessPoint";
const bucket = "aws:s3/bucket:Bucket";
const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const key = "aws:kms/key:Key";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

const document = (...Statement: unknown[]) => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
const open = document({ Effect: "Allow", Principal: "*", Action: "*" });
const closed = document({ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "x" });
const tlsOnly = document({ Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } });
const twoInstances = () => {
  const target = resource(database);
  return [target, ...[1, 2].map(() => resource(instance, {}, { clusterIdentifier: target }))];
};

/** For each control a plan that breaks it, and one that doesn't. */
export const dataCases: Cases = {
  "RDS.2": [() => one(instance, { publiclyAccessible: true }), () => one(instance, { publiclyAccessible: false })],
  "RDS.6": [() => one(instance, { monitoringInterval: 0 }), () => one(instance, { monitoringInterval: 60 })],
  "RDS.7": [() => one(database, { deletionProtection: false }), () => one(database, { deletionProtection: true })],
  "RDS.11": [() => one(database, {}), () => one(database, { backupRetentionPeriod: 7 })],
  "RDS.12": [() => one(database, {}), () => one(database, { iamDatabaseAuthenticationEnabled: true })],
  "RDS.15": [() => attached(database, {}, instance, "clusterIdentifier"), twoInstances],
  "RDS.16": [() => one(database, {}), () => one(database, { copyTagsToSnapshot: true })],
  "RDS.23": [() => one(database, { port: 5432 }), () => one(database, { port: 5433 })],
  "RDS.24": [() => one(database, { masterUsername: "postgres" }), () => one(database, { masterUsername: "shop" })],
  "RDS.27": [() => one(database, {}), () => one(database, { storageEncrypted: true })],
  "RDS.35": [() => one(instance, { autoMinorVersionUpgrade: false }), () => one(instance, { autoMinorVersionUpgrade: true })],
  "RDS.37": [() => one(database, {}), () => one(database, { enabledCloudwatchLogsExports: ["postgresql"] })],
  "SecretsManager.1": [() => one(database, {}), () => one(database, { manageMasterUserPassword: true })],
  "ElastiCache.1": [() => one(cache, {}), () => one(cache, { snapshotRetentionLimit: 1 })],
  "ElastiCache.2": [() => one(cache, {}), () => one(cache, { autoMinorVersionUpgrade: true })],
  "ElastiCache.3": [() => one(cache, {}), () => one(cache, { automaticFailoverEnabled: true })],
  "ElastiCache.4": [() => one(cache, {}), () => one(cache, { atRestEncryptionEnabled: true })],
  "ElastiCache.5": [() => one(cache, {}), () => one(cache, { transitEncryptionEnabled: true })],
  "ElastiCache.7": [() => one(cache, { subnetGroupName: "default" }), () => one(cache, { subnetGroupName: "own" })],
  "DynamoDB.1": [() => one(table, { billingMode: "PROVISIONED" }), () => one(table, { billingMode: "PAY_PER_REQUEST" })],
  "DynamoDB.2": [() => one(table, {}), () => one(table, { pointInTimeRecovery: { enabled: true } })],
  "DynamoDB.6": [() => one(table, {}), () => one(table, { deletionProtectionEnabled: true })],
  "EFS.1": [() => one(fileSystem, {}), () => one(fileSystem, { encrypted: true })],
  "EFS.2": [
    () => attached(fileSystem, {}),
    () => attached(fileSystem, {}, "aws:efs/backupPolicy:BackupPolicy", "fileSystemId", { backupPolicy: { status: "ENABLED" } }),
  ],
  "EFS.3": [() => one(accessPoint, { rootDirectory: { path: "/" } }), () => one(accessPoint, { rootDirectory: { path: "/api" } })],
  "EFS.4": [() => one(accessPoint, {}), () => one(accessPoint, { posixUser: { uid: 1000 } })],
  "S3.5": [
    () => attached(bucket, {}, "aws:s3/bucketPolicy:BucketPolicy", "bucket", closed),
    () => attached(bucket, {}, "aws:s3/bucketPolicy:BucketPolicy", "bucket", tlsOnly),
  ],
  "S3.8": [
    () => attached(bucket, {}, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "bucket", { blockPublicAcls: true }),
    () =>
      attached(bucket, {}, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "bucket", {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      }),
  ],
  "S3.9": [() => attached(bucket, {}), () => attached(bucket, {}, "aws:s3/bucketLogging:BucketLogging", "bucket")],
  "S3.12": [
    () =>
      attached(bucket, {}, "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket", {
        rule: { objectOwnership: "ObjectWriter" },
      }),
    () =>
      attached(bucket, {}, "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "bucket", {
        rule: { objectOwnership: "BucketOwnerEnforced" },
      }),
  ],
  "S3.13": [
    () => attached(bucket, {}),
    () => attached(bucket, {}, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket"),
  ],
  "S3.14": [
    () => attached(bucket, {}, "aws:s3/bucketVersioning:BucketVersioning", "bucket", { versioningConfiguration: { status: "Suspended" } }),
    () => attached(bucket, {}, "aws:s3/bucketVersioning:BucketVersioning", "bucket", { versioningConfiguration: { status: "Enabled" } }),
  ],
  "S3.17": [
    () => attached(bucket, {}),
    () =>
      attached(bucket, {}, "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "bucket", {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
      }),
  ],
  "SQS.1": [() => one(queue, {}), () => one(queue, { sqsManagedSseEnabled: true })],
  "SQS.3": [
    () => attached(queue, {}, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", open),
    () => attached(queue, {}, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", closed),
  ],
  "FL.SQS.1": [() => attached(queue, {}), () => attached(queue, {}, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl", tlsOnly)],
  "SNS.1": [() => one(topic, {}), () => one(topic, { kmsMasterKeyId: "k" })],
  "FL.SNS.1": [
    () => attached(topic, {}, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions"),
    () => {
      const watched = attached(topic, {}, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions");
      return [...watched, resource("aws:sns/topicSubscription:TopicSubscription", {}, { topic: watched[0]! })];
    },
  ],
  "SNS.4": [
    () => attached(topic, {}, "aws:sns/topicPolicy:TopicPolicy", "arn", open),
    () => attached(topic, {}, "aws:sns/topicPolicy:TopicPolicy", "arn", closed),
  ],
  "KMS.4": [() => one(key, {}), () => one(key, { enableKeyRotation: true })],
  "KMS.5": [() => one(key, open), () => one(key, closed)],
  "CloudWatch.16": [
    () => one("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 }),
    () => one("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 365 }),
  ],
  "CloudWatch.15": [
    () => one("aws:cloudwatch/metricAlarm:MetricAlarm", {}),
    () => one("aws:cloudwatch/metricAlarm:MetricAlarm", { alarmActions: ["t"] }),
  ],
  "IAM.21": [
    () => one(rolePolicy, document({ Effect: "Allow", Action: "s3:*", Resource: "arn:x" })),
    () => one(rolePolicy, document({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:x" })),
  ],
  "FL.IAM.1": [
    () => one(rolePolicy, document({ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" })),
    () => one(rolePolicy, document({ Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" })),
  ],
  "FL.LIMIT.1": [() => one(queue, { tags: { "aws:owner": "me" } }), () => one(queue, { tags: { owner: "me" } })],
};
