import { comparePlans } from "@fairlead/changes";
import { planOf, resource } from "@fairlead/changes/testing/plans";

import { reviewOf } from "../src";
import { severities, type Inputs } from "./judged";

const service = "aws:ecs/service:Service";
const cluster = "aws:rds/cluster:Cluster";
const bucketRules = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const everything = { filter: { prefix: "" }, status: "Enabled" };

test.each<[string, string, Inputs, Inputs, string[]]>([
  ["more tasks", service, { desiredCount: 2 }, { desiredCount: 4 }, []],
  ["fewer tasks", service, { desiredCount: 4 }, { desiredCount: 2 }, ["lessProtected"]],
  ["no task", service, { desiredCount: 2 }, { desiredCount: 0 }, ["noCapacity"]],
  ["a gap while it rolls out", service, { deploymentMinimumHealthyPercent: 100 }, { deploymentMinimumHealthyPercent: 0 }, ["interruption"]],
  [
    "Spot with the weight of all",
    service,
    { capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] },
    {
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE", weight: 0 },
        { capacityProvider: "FARGATE_SPOT", weight: 1 },
      ],
    },
    ["lessProtected"],
  ],
  [
    "another order of a set",
    service,
    { capacityProviderStrategies: [{ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE_SPOT" }] },
    { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }, { capacityProvider: "FARGATE" }] },
    [],
  ],
  ["an argument that no table has", service, { volumeThing: 1 }, { volumeThing: 2 }, ["unknown"]],
  ["a default that is said", "aws:lb/loadBalancer:LoadBalancer", {}, { ipAddressType: "ipv4", idleTimeout: 60 }, []],
  ["fewer days of backups", cluster, { backupRetentionPeriod: 30 }, { backupRetentionPeriod: 7 }, ["dataLoss"]],
  ["more days of backups", cluster, { backupRetentionPeriod: 7 }, { backupRetentionPeriod: 30 }, []],
  ["a major upgrade", cluster, { engineVersion: "16.4" }, { engineVersion: "17.2" }, ["interruption"]],
  ["no protection", cluster, { deletionProtection: true }, {}, ["lessProtected"]],
  ["no snapshot at the end", cluster, { skipFinalSnapshot: false }, { skipFinalSnapshot: true }, ["lessProtected"]],
  ["shorter logs", "aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 365 }, { retentionInDays: 7 }, ["dataLoss"]],
  ["logs for ever, then for a week", "aws:cloudwatch/logGroup:LogGroup", {}, { retentionInDays: 7 }, ["dataLoss"]],
  [
    "objects that expire earlier",
    bucketRules,
    { rules: [{ ...everything, expiration: { days: 365 } }] },
    { rules: [{ ...everything, expiration: { days: 30 } }] },
    ["dataLoss"],
  ],
  [
    "objects that expire later, in another order",
    bucketRules,
    {
      rules: [
        { ...everything, id: "a", noncurrentVersionExpiration: { noncurrentDays: 30 } },
        { ...everything, id: "b", expiration: { days: 365 } },
      ],
    },
    {
      rules: [
        { ...everything, id: "b", expiration: { days: 400 } },
        { ...everything, id: "a", noncurrentVersionExpiration: { noncurrentDays: 30 } },
      ],
    },
    [],
  ],
  ["items that expire", "aws:dynamodb/table:Table", { ttl: {} }, { ttl: { attributeName: "at", enabled: true } }, ["dataLoss"]],
  ["messages that wait for less", "aws:sqs/queue:Queue", {}, { messageRetentionSeconds: 3600 }, ["dataLoss"]],
  [
    "an open bucket",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { blockPublicPolicy: true },
    { blockPublicPolicy: false },
    ["opened"],
  ],
  [
    "a record that leads elsewhere",
    "aws:route53/record:Record",
    { name: "shop.example.com", records: ["1.2.3.4"] },
    { name: "shop.example.com", records: ["4.3.2.1"] },
    ["unreachable"],
  ],
  [
    "the proof of a certificate",
    "aws:route53/record:Record",
    { name: "_x.example.com", records: ["a.acm-validations.aws."] },
    { name: "_x.example.com", records: ["b.acm-validations.aws."] },
    [],
  ],
  [
    "older TLS",
    "aws:lb/listener:Listener",
    { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    { sslPolicy: "ELBSecurityPolicy-2016-08" },
    ["lessProtected"],
  ],
  [
    "an alarm that tells nobody",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { alarmActions: ["arn:a"] },
    { alarmActions: [] },
    ["lessProtected"],
  ],
  ["no task, since no number is said", service, { desiredCount: 4 }, {}, ["noCapacity"]],
  ["scaled in to nothing", "aws:appautoscaling/target:Target", { minCapacity: 2 }, { minCapacity: 0 }, ["interruption"]],
  [
    "a certificate for a name fewer",
    "aws:acm/certificate:Certificate",
    { domainName: "a.test", subjectAlternativeNames: ["b.test"] },
    { domainName: "a.test" },
    ["unreachable"],
  ],
  [
    "a certificate whose wildcard covers it",
    "aws:acm/certificate:Certificate",
    { domainName: "*.a.test", subjectAlternativeNames: ["x.a.test"] },
    { domainName: "*.a.test" },
    [],
  ],
  [
    "access logs without a word that they are on",
    "aws:lb/loadBalancer:LoadBalancer",
    { accessLogs: { bucket: "b", enabled: true } },
    { accessLogs: { bucket: "b" } },
    ["lessProtected"],
  ],
  ["an idle timeout that is no longer said", "aws:lb/loadBalancer:LoadBalancer", { idleTimeout: 4000 }, {}, ["interruption"]],
  [
    "fewer versions of objects",
    bucketRules,
    { rules: [{ ...everything, noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 30 } }] },
    { rules: [{ ...everything, noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 1 } }] },
    ["dataLoss"],
  ],
  [
    "all objects, written otherwise",
    bucketRules,
    { rules: [{ filter: {}, status: "Enabled", expiration: { days: 30 } }] },
    { rules: [{ filter: { prefix: "" }, status: "Enabled", expiration: { days: 30 } }] },
    [],
  ],
  [
    "a retention that nobody knows yet",
    "aws:cloudwatch/logGroup:LogGroup",
    { retentionInDays: 30 },
    { retentionInDays: { $output: "urn:pulumi:dev::shop::a:b:C::d#days" } },
    ["unknown"],
  ],
  [
    "a name of a service",
    "aws:route53/record:Record",
    { name: "_ldap._tcp.a.test", records: ["a"] },
    { name: "_ldap._tcp.a.test", records: ["b"] },
    ["unreachable"],
  ],
  ["one more record", "aws:route53/record:Record", { name: "a.test", records: ["a"] }, { name: "a.test", records: ["a", "b"] }, []],
  [
    "instances of another kind",
    "aws:ec2/launchTemplate:LaunchTemplate",
    { instanceType: "m7g.large" },
    { instanceType: "c7g.large" },
    ["unknown"],
  ],
  [
    "another platform of instances",
    "aws:ecs/taskDefinition:TaskDefinition",
    { requiresCompatibilities: ["EC2"], runtimePlatform: { cpuArchitecture: "ARM64" } },
    { requiresCompatibilities: ["EC2"], runtimePlatform: { cpuArchitecture: "X86_64" } },
    ["interruption"],
  ],
  ["instances that start otherwise", "aws:ec2/launchTemplate:LaunchTemplate", { userData: "YQ==" }, { userData: "Yg==" }, ["unknown"]],
])("%s", (_, type, before, after, expected) => {
  expect(severities(type, before, after)).toEqual(expected);
});

const containers = (more: object) => ({
  containerDefinitions: JSON.stringify([{ name: "app", image: "a", user: "1000", memory: 512, readonlyRootFilesystem: true, ...more }]),
});
test.each<[string, object, string[]]>([
  ["another variable", { environment: [{ name: "A", value: "b" }] }, []],
  ["all rights of the host", { privileged: true }, ["opened"]],
  ["root", { user: "0" }, ["lessProtected"]],
  ["a sidecar that is root, and all rights of the host", { privileged: true, name: "app" }, ["opened"]],
  ["less memory", { memory: 256 }, ["lessProtected"]],
  ["a file system that it may write", { readonlyRootFilesystem: false }, ["lessProtected"]],
])("a container with %s", (_, more, expected) => {
  expect(severities("aws:ecs/taskDefinition:TaskDefinition", containers({}), containers(more))).toEqual(expected);
});

test("a new setting of what is there already is judged, and that of what is new is not", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports", {});
  const rules = resource(
    bucketRules,
    "reports",
    { bucket: "reports", rules: [{ ...everything, expiration: { days: 1 } }] },
    { propertyDependencies: { bucket: [bucket.urn] } },
  );
  const other = resource("aws:sqs/queue:Queue", "other");
  const dangers = (...before: (typeof bucket)[]) =>
    reviewOf(comparePlans(planOf(other, ...before), planOf(other, bucket, rules)), undefined, undefined).dangers;
  expect(dangers(bucket)).toMatchObject([{ severity: "dataLoss" }]);
  expect(dangers()).toEqual([]);
});
