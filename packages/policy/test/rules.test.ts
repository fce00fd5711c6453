import type { PlanResource } from "@fairlead/plan";

import { evaluate, rules } from "../src";

let count = 0;
function resource(type: string, inputs: Record<string, unknown> = {}, attachedTo: Record<string, PlanResource> = {}): PlanResource {
  const name = `r${++count}`;
  const propertyDependencies = Object.fromEntries(Object.entries(attachedTo).map(([property, { urn }]) => [property, [urn]]));
  const urn = `urn:pulumi:prod::shop::${type}::${name}`;
  return { urn, type, name, parent: null, custom: true, inputs, dependencies: [], propertyDependencies, options: {} };
}

const container = (change: Record<string, unknown>) => {
  const good = { name: "api", user: "1000", readonlyRootFilesystem: true, environment: [], logConfiguration: { logDriver: "awslogs" } };
  return [resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: JSON.stringify([{ ...good, ...change }]) })];
};
const one = (type: string, inputs: Record<string, unknown>) => [resource(type, inputs)];
/** A resource, and perhaps one that is attached to it. */
const attached = (
  type: string,
  inputs: Record<string, unknown>,
  other?: string,
  property?: string,
  otherInputs: Record<string, unknown> = {},
) => {
  const target = resource(type, inputs);
  return other ? [target, resource(other, otherInputs, { [property!]: target })] : [target];
};

const service = "aws:ecs/service:Service";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const cluster = "aws:ecs/cluster:Cluster";
const repository = "aws:ecr/repository:Repository";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const vpc = "aws:ec2/vpc:Vpc";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const distribution = "aws:cloudfront/distribution:Distribution";
const webAcl = "aws:wafv2/webAcl:WebAcl";
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
const withEndpoint = (name: string) => [resource(vpc), resource(endpoint, { serviceName: `com.amazonaws.us-east-1.${name}` })];
const twoInstances = () => {
  const target = resource(database);
  return [target, ...[1, 2].map(() => resource(instance, {}, { clusterIdentifier: target }))];
};

/** For each control a plan that breaks it, and one that doesn't. */
const cases: Record<string, [breaks: () => PlanResource[], holds: () => PlanResource[]]> = {
  "ECS.2": [
    () => one(service, { networkConfiguration: { assignPublicIp: true } }),
    () => one(service, { networkConfiguration: { assignPublicIp: false } }),
  ],
  "ECS.3": [() => one(task, { pidMode: "host" }), () => one(task, { pidMode: "task" })],
  "ECS.4": [() => container({ privileged: true }), () => container({ privileged: false })],
  "ECS.5": [() => container({ readonlyRootFilesystem: undefined }), () => container({})],
  "ECS.8": [
    () => container({ environment: [{ name: "AWS_SECRET_ACCESS_KEY" }] }),
    () => container({ environment: [{ name: "AWS_REGION" }] }),
  ],
  "ECS.9": [() => container({ logConfiguration: undefined }), () => container({})],
  "ECS.10": [() => one(service, { platformVersion: "1.3.0" }), () => one(service, { platformVersion: "LATEST" })],
  "ECS.12": [
    () => one(cluster, { settings: [{ name: "containerInsights", value: "disabled" }] }),
    () => one(cluster, { settings: [{ name: "containerInsights", value: "enhanced" }] }),
  ],
  "ECS.17": [() => one(task, { networkMode: "host" }), () => one(task, { networkMode: "awsvpc" })],
  "ECS.20": [() => container({ user: "root:root" }), () => container({ user: "101:101" })],
  "FL.ECS.1": [
    () => one(service, { deploymentCircuitBreaker: { enable: true, rollback: false } }),
    () => one(service, { deploymentCircuitBreaker: { rollback: true } }),
  ],
  "ECR.1": [() => one(repository, {}), () => one(repository, { imageScanningConfiguration: { scanOnPush: true } })],
  "ECR.2": [() => one(repository, { imageTagMutability: "MUTABLE" }), () => one(repository, { imageTagMutability: "IMMUTABLE" })],
  "ECR.3": [() => attached(repository, {}), () => attached(repository, {}, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository")],
  "ECR.5": [
    () => one(repository, { encryptionConfigurations: [{ encryptionType: "AES256" }] }),
    () => one(repository, { encryptionConfigurations: [{ encryptionType: "KMS" }] }),
  ],
  "ELB.1": [
    () => one(listener, { protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] }),
    () => one(listener, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] }),
  ],
  "ELB.4": [() => one(balancer, {}), () => one(balancer, { dropInvalidHeaderFields: true })],
  "ELB.5": [() => one(balancer, {}), () => one(balancer, { accessLogs: { enabled: true } })],
  "ELB.6": [() => one(balancer, { enableDeletionProtection: false }), () => one(balancer, { enableDeletionProtection: true })],
  "ELB.12": [() => one(balancer, { desyncMitigationMode: "monitor" }), () => one(balancer, { desyncMitigationMode: "strictest" })],
  "ELB.13": [() => one(balancer, { subnets: ["a"] }), () => one(balancer, { subnets: ["a", "b"] })],
  "ELB.16": [() => attached(balancer, {}), () => attached(balancer, {}, "aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn")],
  "ELB.17": [
    () => one(listener, { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
    () => one(listener, { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
  ],
  "EC2.2": [
    () => one(vpc, {}),
    () => [resource(vpc), resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { ingress: [], egress: [] })],
  ],
  "EC2.6": [() => one(vpc, {}), () => [resource(vpc), resource("aws:ec2/flowLog:FlowLog")]],
  "EC2.8": [
    () => one(template, { metadataOptions: { httpTokens: "optional" } }),
    () => one(template, { metadataOptions: { httpTokens: "required" } }),
  ],
  "EC2.15": [
    () => one("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: true }),
    () => one("aws:ec2/subnet:Subnet", { mapPublicIpOnLaunch: false }),
  ],
  "EC2.18": [
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 8443, toPort: 8443 }),
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }),
  ],
  "EC2.19": [
    () => one(ingress, { cidrIpv4: "0.0.0.0/0", fromPort: 0, toPort: 65535 }),
    () => one(ingress, { cidrIpv4: "10.0.0.0/8", fromPort: 22, toPort: 22 }),
  ],
  "EC2.25": [
    () => one(template, { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    () => one(template, { networkInterfaces: [{ associatePublicIpAddress: "false" }] }),
  ],
  "EC2.55": [() => one(vpc, {}), () => withEndpoint("ecr.api")],
  "EC2.56": [() => one(vpc, {}), () => withEndpoint("ecr.dkr")],
  "EC2.57": [() => one(vpc, {}), () => withEndpoint("ssm")],
  "AutoScaling.9": [
    () => one("aws:autoscaling/group:Group", {}),
    () => one("aws:autoscaling/group:Group", { launchTemplate: { id: "lt" } }),
  ],
  "CloudFront.1": [() => one(distribution, {}), () => one(distribution, { defaultRootObject: "index.html" })],
  "CloudFront.3": [
    () => one(distribution, { defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" } }),
    () => one(distribution, { defaultCacheBehavior: { viewerProtocolPolicy: "https-only" } }),
  ],
  "CloudFront.4": [() => one(distribution, {}), () => one(distribution, { originGroups: [{}] })],
  "CloudFront.5": [() => one(distribution, {}), () => one(distribution, { loggingConfig: { bucket: "b" } })],
  "CloudFront.6": [() => one(distribution, {}), () => one(distribution, { webAclId: "w" })],
  "CloudFront.7": [
    () => one(distribution, { viewerCertificate: { cloudfrontDefaultCertificate: true } }),
    () => one(distribution, { viewerCertificate: { acmCertificateArn: "c" } }),
  ],
  "CloudFront.8": [
    () => one(distribution, { viewerCertificate: { sslSupportMethod: "vip" } }),
    () => one(distribution, { viewerCertificate: { sslSupportMethod: "sni-only" } }),
  ],
  "CloudFront.9": [
    () => one(distribution, { origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] }),
    () => one(distribution, { origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }] }),
  ],
  "CloudFront.10": [
    () => one(distribution, { origins: [{ customOriginConfig: { originSslProtocols: ["SSLv3"] } }] }),
    () => one(distribution, { origins: [{ customOriginConfig: { originSslProtocols: ["TLSv1.2"] } }] }),
  ],
  "WAF.10": [() => one(webAcl, {}), () => one(webAcl, { rules: [{}] })],
  "WAF.11": [
    () => attached(webAcl, {}),
    () => attached(webAcl, {}, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "resourceArn"),
  ],
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

const broken = (resources: PlanResource[]) => evaluate({ stack: "prod", resources }).findings.map(({ control }) => control);

test("every rule has a plan that breaks it here", () => {
  expect(rules.map(({ control }) => control).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))("%s", (control, [breaks, holds]) => {
  test("finds the plan that breaks it, and says what to do", () => {
    const finding = evaluate({ stack: "prod", resources: breaks() }).findings.find((candidate) => candidate.control === control);
    expect(finding).toBeDefined();
    expect(finding!.fix).toMatch(/\.$/);
    expect(finding!.problem.length).toBeGreaterThan(5);
  });

  test("leaves alone the plan that holds it", () => {
    expect(broken(holds())).not.toContain(control);
  });
});

test("what is known only after apply, or secret, breaks no rule", () => {
  const unknown = { $output: "urn:pulumi:prod::shop::x::y#z" };
  expect(broken(one(database, { storageEncrypted: unknown, deletionProtection: "[secret]" }))).not.toEqual(
    expect.arrayContaining(["RDS.27", "RDS.7"]),
  );
});
