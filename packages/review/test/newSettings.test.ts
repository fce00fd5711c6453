import { resource } from "@fairlead/changes/testing/plans";

import { severitiesOf, type Inputs } from "./judged";

/** The severities of a new setting of something, where that was there before and where it is new as well. */
function severitiesOfNew(type: string, inputs: Inputs, of: [type: string, input: string, inputs?: Inputs]) {
  const [ofType, input, ofInputs = {}] = of;
  const target = resource(ofType, "target", ofInputs);
  const setting = resource(type, "it", { [input]: "target", ...inputs }, { propertyDependencies: { [input]: [target.urn] } });
  const other = resource("aws:sqs/queue:Queue", "other");
  return [severitiesOf([other, target], [other, target, setting]), severitiesOf([other], [other, target, setting])];
}

const bucket: [string, string] = ["aws:s3/bucket:Bucket", "bucket"];
const bucketRules = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const expires = (days: number) => ({ rules: [{ status: "Enabled", filter: {}, expiration: { days } }] });

test.each<[string, string, Inputs, [type: string, input: string, inputs?: Inputs], string[]]>([
  ["a bucket is open", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { blockPublicPolicy: false }, bucket, ["opened"]],
  [
    "a bucket is closed",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    bucket,
    [],
  ],
  ["a bucket's objects expire", bucketRules, expires(1), bucket, ["dataLoss"]],
  ["a bucket keeps versions", "aws:s3/bucketVersioning:BucketVersioning", { versioningConfiguration: { status: "Enabled" } }, bucket, []],
  [
    "images expire",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    {
      policy: JSON.stringify({
        rules: [{ rulePriority: 1, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 5 } }],
      }),
    },
    ["aws:ecr/repository:Repository", "repository"],
    ["interruption"],
  ],
  [
    "logs are deleted",
    "pulumi-nodejs:dynamic/fairlead:LogRetention",
    { retentionInDays: 1 },
    ["aws:ecs/cluster:Cluster", "logGroupName"],
    ["dataLoss"],
  ],
  [
    "fewer tasks serve than run",
    "aws:appautoscaling/target:Target",
    { minCapacity: 1, maxCapacity: 2 },
    ["aws:ecs/service:Service", "resourceId", { desiredCount: 4 }],
    ["lessProtected"],
  ],
  [
    "as many tasks as run may serve",
    "aws:appautoscaling/target:Target",
    { minCapacity: 1, maxCapacity: 4 },
    ["aws:ecs/service:Service", "resourceId", { desiredCount: 4 }],
    [],
  ],
  [
    "at night no task runs",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
    { scalableTargetAction: { minCapacity: 0, maxCapacity: 0 } },
    ["aws:ecs/service:Service", "resourceId"],
    ["noCapacity"],
  ],
  ["packets leave", "aws:ec2/route:Route", { gatewayId: "igw-1" }, ["aws:ec2/routeTable:RouteTable", "routeTableId"], ["lessProtected"]],
  [
    "somebody gets the messages",
    "aws:sns/topicSubscription:TopicSubscription",
    { protocol: "https", endpoint: "https://hooks.example.com" },
    ["aws:sns/topic:Topic", "topic"],
    ["lessProtected"],
  ],
  [
    "a secret has another value",
    "aws:secretsmanager/secretVersion:SecretVersion",
    { secretString: "other" },
    ["aws:secretsmanager/secret:Secret", "secretId"],
    ["unknown"],
  ],
  [
    "an endpoint takes the service's name",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Interface", privateDnsEnabled: true },
    ["aws:ec2/vpc:Vpc", "vpcId"],
    ["interruption"],
  ],
  [
    "an endpoint has a name of its own",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcEndpointType: "Interface" },
    ["aws:ec2/vpc:Vpc", "vpcId"],
    [],
  ],
])("a new setting by which %s counts for what is there", (_, type, inputs, of, expected) => {
  const [ofOld, ofNew] = severitiesOfNew(type, inputs, of);
  expect(ofOld).toEqual(expected);
  expect(ofNew).toEqual([]);
});

/** Of a setting of the account, or of what the plan doesn't have. */
test.each<[string, string, Inputs, string[]]>([
  [
    "a record takes the place of another",
    "aws:route53/record:Record",
    { zoneId: "Z1", name: "a.test", type: "A", records: ["1.2.3.4"], allowOverwrite: true },
    ["unreachable"],
  ],
  ["a record is made", "aws:route53/record:Record", { zoneId: "Z1", name: "a.test", type: "A", records: ["1.2.3.4"] }, []],
  [
    "the proof of a certificate is made",
    "aws:route53/record:Record",
    { zoneId: "Z1", name: "_x.a.test", records: ["x.acm-validations.aws."], allowOverwrite: true },
    [],
  ],
  ["a parameter is overwritten", "aws:ssm/parameter:Parameter", { name: "/a", type: "String", value: "b", overwrite: true }, ["unknown"]],
  ["a parameter is made", "aws:ssm/parameter:Parameter", { name: "/a", type: "String", value: "b" }, []],
  [
    "a registry is scanned",
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
    { scanType: "BASIC", rules: [] },
    ["lessProtected"],
  ],
  [
    "a database is stopped",
    "aws:scheduler/schedule:Schedule",
    { target: { arn: "arn:aws:scheduler:::aws-sdk:rds:stopDBCluster", input: "{}" } },
    ["noCapacity"],
  ],
  [
    "objects are deleted",
    "aws:scheduler/schedule:Schedule",
    { target: { arn: "arn:aws:scheduler:::aws-sdk:s3:deleteBucket" } },
    ["dataLoss"],
  ],
  ["a task is started", "aws:scheduler/schedule:Schedule", { target: { arn: "arn:aws:ecs:us-east-1:1:cluster/a", ecsParameters: {} } }, []],
])("a new resource by which %s", (_, type, inputs, expected) => {
  const other = resource("aws:sqs/queue:Queue", "other");
  expect(severitiesOf([other], [other, resource(type, "it", inputs)])).toEqual(expected);
});

test("a setting under another name says what the old one said, whose deletion takes it away", () => {
  const target = resource("aws:s3/bucket:Bucket", "target");
  const rules = (name: string, days: number) =>
    resource(bucketRules, name, { bucket: "target", ...expires(days) }, { propertyDependencies: { bucket: [target.urn] } });
  expect(severitiesOf([target, rules("old", 30)], [target, rules("new", 30)])).toEqual(["interruption"]);
  expect(severitiesOf([target, rules("old", 30)], [target, rules("new", 1)])).toEqual(["dataLoss", "interruption"]);
});

test("rules that a bucket had itself are the same as a resource", () => {
  const inline = resource("aws:s3/bucket:Bucket", "target", { lifecycleRules: [{ enabled: true, expiration: { days: 30 } }] });
  const target = resource("aws:s3/bucket:Bucket", "target");
  const rules = resource(bucketRules, "it", { bucket: "target", ...expires(30) }, { propertyDependencies: { bucket: [target.urn] } });
  expect(severitiesOf([inline], [target, rules])).toEqual([]);
});

test("the last instance of a cluster is another loss than one of two", () => {
  const cluster = resource("aws:rds/cluster:Cluster", "target");
  const instance = (name: string) =>
    resource("aws:rds/clusterInstance:ClusterInstance", name, {}, { propertyDependencies: { clusterIdentifier: [cluster.urn] } });
  expect(severitiesOf([cluster, instance("a"), instance("b")], [cluster, instance("a")])).toEqual(["interruption"]);
  expect(severitiesOf([cluster, instance("a")], [cluster])).toEqual(["noCapacity"]);
});

test("somebody else's dynamic resource is no run of a job", () => {
  const other = resource("aws:sqs/queue:Queue", "other");
  const dynamic = (inputs: Inputs) => resource("pulumi-nodejs:dynamic:Resource", "it", inputs);
  expect(severitiesOf([other], [other, dynamic({ name: "purge" })])).toEqual(["unknown"]);
  expect(severitiesOf([other], [other, dynamic({ taskDefinitionArn: "a" })])).toEqual([]);
  expect(severitiesOf([dynamic({ name: "a" })], [dynamic({ name: "b" })])).not.toEqual([]);
});

test("a type is known by both of its names", () => {
  const group = (deregistrationDelay: number) => resource("aws:alb/targetGroup:TargetGroup", "it", { deregistrationDelay });
  expect(severitiesOf([group(300)], [group(1)])).toEqual(["interruption"]);
  expect(severitiesOf([resource("aws:s3/bucketV2:BucketV2", "it")], [])).toEqual(["dataLoss"]);
});
