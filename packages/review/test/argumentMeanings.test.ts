import { severities, type Inputs } from "./judged";

const rules = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const on = { status: "Enabled", filter: { prefix: "" } };
const service = "aws:ecs/service:Service";
const balanced = { loadBalancers: [{ targetGroupArn: "a", containerName: "main", containerPort: 8080 }] };
/** Another policy replaces the resource: the deletion of the old one takes the new one away, which is told by itself. */
const lifecycle = (...selections: object[]) => ({
  policy: JSON.stringify({
    rules: selections.map((selection, index) => ({ rulePriority: index + 1, selection, action: { type: "expire" } })),
  }),
});
const count = (countNumber: number, more: object = { tagStatus: "any" }) => ({ ...more, countType: "imageCountMoreThan", countNumber });
const schedule = (arn: string, more: Inputs = {}) => ({ target: { arn, ...more } });

/** Keeps answers by the path alone, and passes cookies on. */
const sharing = { cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6", originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3" };

test.each<[string, string, Inputs, Inputs, string[]]>([
  [
    "objects are archived at once",
    rules,
    { rules: [on] },
    { rules: [{ ...on, transitions: [{ days: 1, storageClass: "DEEP_ARCHIVE" }] }] },
    ["unreachable"],
  ],
  [
    "objects are kept cheaper and readable",
    rules,
    { rules: [on] },
    { rules: [{ ...on, transitions: [{ days: 1, storageClass: "STANDARD_IA" }] }] },
    [],
  ],
  [
    "objects go on an earlier day",
    rules,
    { rules: [{ ...on, expiration: { date: "2036-12-31T00:00:00Z" } }] },
    { rules: [{ ...on, expiration: { date: "2026-12-31T00:00:00Z" } }] },
    ["dataLoss"],
  ],
  [
    "objects go on a later day",
    rules,
    { rules: [{ ...on, expiration: { date: "2026-12-31T00:00:00Z" } }] },
    { rules: [{ ...on, expiration: { date: "2036-12-31T00:00:00Z" } }] },
    [],
  ],
  [
    "fewer objects expire",
    rules,
    { rules: [{ ...on, expiration: { days: 30 } }] },
    { rules: [{ status: "Enabled", filter: { prefix: "drafts/" }, expiration: { days: 30 } }] },
    [],
  ],
  [
    "when objects expire is no number yet",
    rules,
    { rules: [{ ...on, expiration: { days: 30 } }] },
    { rules: [{ ...on, expiration: { days: null } }] },
    ["unknown"],
  ],
  [
    "fewer images are kept",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    lifecycle(count(30)),
    lifecycle(count(5)),
    ["dataLoss", "interruption"],
  ],
  ["more images are kept", "aws:ecr/lifecyclePolicy:LifecyclePolicy", lifecycle(count(30)), lifecycle(count(50)), ["interruption"]],
  [
    "images of any tag expire by the same number",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    lifecycle(count(14, { tagStatus: "untagged" })),
    lifecycle(count(14)),
    ["interruption", "interruption"],
  ],
  [
    "other alarms take back a revision",
    service,
    { alarms: { alarmNames: ["a"], enable: true } },
    { alarms: { alarmNames: ["b"], enable: true } },
    ["lessProtected"],
  ],
  [
    "all tasks end before one starts",
    service,
    balanced,
    { ...balanced, deploymentMinimumHealthyPercent: 0, deploymentMaximumPercent: 100 },
    ["noCapacity", "interruption"],
  ],
  [
    "another port is asked",
    service,
    balanced,
    { loadBalancers: [{ targetGroupArn: "a", containerName: "main", containerPort: 9090 }] },
    ["interruption"],
  ],
  [
    "all requests are shifted at once",
    service,
    { deploymentConfiguration: { strategy: "CANARY", canaryConfiguration: { canaryPercent: 10 } } },
    { deploymentConfiguration: { strategy: "BLUE_GREEN" } },
    ["lessProtected"],
  ],
  [
    "requests are shifted little by little",
    service,
    {},
    {
      deploymentConfiguration: {
        strategy: "CANARY",
        bakeTimeInMinutes: 10,
        canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 },
      },
    },
    [],
  ],
  ["the strategy is said that counts anyway", service, {}, { deploymentConfiguration: { strategy: "ROLLING" } }, []],
  [
    "MySQL 8.0 is 8.4",
    "aws:rds/instance:Instance",
    { engine: "mysql", engineVersion: "8.0.40" },
    { engine: "mysql", engineVersion: "8.4.3" },
    ["interruption"],
  ],
  [
    "a version is said less exactly",
    "aws:rds/instance:Instance",
    { engine: "postgres", engineVersion: "16.4" },
    { engine: "postgres", engineVersion: "16" },
    [],
  ],
  ["a task's memory is said in GB", "aws:ecs/taskDefinition:TaskDefinition", { memory: "2048" }, { memory: "2 GB" }, []],
  ["a task has less memory, in GB", "aws:ecs/taskDefinition:TaskDefinition", { memory: "2 GB" }, { memory: "1024" }, ["lessProtected"]],
  [
    "dead letters go elsewhere",
    "aws:sqs/queue:Queue",
    { redrivePolicy: '{"deadLetterTargetArn":"a","maxReceiveCount":5}' },
    { redrivePolicy: '{"deadLetterTargetArn":"b","maxReceiveCount":5}' },
    ["interruption"],
  ],
  ["a queue becomes FIFO", "aws:sqs/queue:Queue", {}, { fifoQueue: true }, ["dataLoss"]],
  [
    "a schedule tells something else",
    "aws:scheduler/schedule:Schedule",
    schedule("arn:aws:lambda:us-east-1:1:function:a", { input: "a" }),
    schedule("arn:aws:lambda:us-east-1:1:function:a", { input: "b" }),
    ["interruption"],
  ],
  [
    "an alarm has a unit that its metric has not",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {},
    { unit: "Milliseconds" },
    ["lessProtected"],
  ],
  [
    "an alarm sees one target more",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { metricQueries: [{ id: "a", metric: { metricName: "x" } }] },
    {
      metricQueries: [
        { id: "a", metric: { metricName: "x" } },
        { id: "b", metric: { metricName: "y" } },
      ],
    },
    [],
  ],
  [
    "buckets are encrypted by a key",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "a" } }] },
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "a" }, bucketKeyEnabled: true }] },
    [],
  ],
  [
    "versions go without a second factor",
    "aws:s3/bucketVersioning:BucketVersioning",
    { versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" } },
    { versioningConfiguration: { status: "Enabled" } },
    ["lessProtected"],
  ],
  [
    "a copy can be restored",
    "aws:dynamodb/table:Table",
    { replicas: [{ regionName: "eu-west-1" }] },
    { replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true }] },
    [],
  ],
  [
    "a distribution answers from more places",
    "aws:cloudfront/distribution:Distribution",
    { priceClass: "PriceClass_100" },
    { priceClass: "PriceClass_All" },
    [],
  ],
  [
    "addresses need no signature",
    "aws:cloudfront/distribution:Distribution",
    { defaultCacheBehavior: { trustedKeyGroups: ["a"] } },
    { defaultCacheBehavior: {} },
    ["opened"],
  ],
  [
    "one visitor's answer is another's",
    "aws:cloudfront/distribution:Distribution",
    { defaultCacheBehavior: { ...sharing, cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" } },
    { defaultCacheBehavior: sharing },
    ["opened"],
  ],
  [
    "a path is kept whatever the cookies",
    "aws:cloudfront/distribution:Distribution",
    { orderedCacheBehaviors: [{ pathPattern: "/b/*", cachePolicyId: "c" }] },
    {
      orderedCacheBehaviors: [
        { pathPattern: "/b/*", cachePolicyId: "c" },
        { ...sharing, pathPattern: "/assets/*" },
      ],
    },
    ["interruption", "unknown"],
  ],
  [
    "clients need no certificate",
    "aws:lb/listener:Listener",
    { mutualAuthentication: { mode: "verify" } },
    { mutualAuthentication: { mode: "off" } },
    ["opened"],
  ],
  [
    "larger instances may come",
    "aws:ecs/capacityProvider:CapacityProvider",
    { managedInstancesProvider: { instanceLaunchTemplate: { instanceRequirements: { vcpuCount: { min: 2, max: 8 } } } } },
    { managedInstancesProvider: { instanceLaunchTemplate: { instanceRequirements: { vcpuCount: { min: 2, max: 32 } } } } },
    [],
  ],
  [
    "nobody starts instances",
    "aws:ecs/capacityProvider:CapacityProvider",
    { autoScalingGroupProvider: { managedScaling: { status: "ENABLED" } } },
    { autoScalingGroupProvider: { managedScaling: { status: "DISABLED" } } },
    ["lessProtected"],
  ],
  [
    "programs see another folder",
    "aws:efs/accessPoint:AccessPoint",
    { rootDirectory: { path: "/a" } },
    { rootDirectory: { path: "/b" } },
    ["dataLoss", "interruption"],
  ],
  ["nobody resolves names", "aws:ec2/vpc:Vpc", {}, { enableDnsSupport: false }, ["noCapacity"]],
])("%s", (_, type, before, after, expected) => {
  expect(severities(type, before, after)).toEqual(expected);
});
