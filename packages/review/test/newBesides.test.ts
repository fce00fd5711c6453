import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { namedBy as of, review, severitiesOf, type Inputs } from "./judged";

const vpc = resource("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
const table = resource("aws:ec2/routeTable:RouteTable", "private", { vpcId: "main" });
const cluster = resource("aws:rds/cluster:Cluster", "accounts");
const files = resource("aws:efs/fileSystem:FileSystem", "files");
const topic = resource("aws:sns/topic:Topic", "orders");
const loadBalancer = resource("aws:lb/loadBalancer:LoadBalancer", "shop");
const ecsCluster = resource("aws:ecs/cluster:Cluster", "prod", { name: "prod" });
const queue = resource("aws:sqs/queue:Queue", "other");

const route = (inputs: Inputs, name?: string) => of("aws:ec2/route:Route", "routeTableId", table, inputs, name);
const endpoint = (inputs: Inputs) => of("aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId", vpc, inputs);
const policyFor = (Resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource }] });
const accessPoint = (inputs: Inputs) => of("aws:efs/accessPoint:AccessPoint", "fileSystemId", files, inputs);
const instance = (inputs: Inputs) => of("aws:rds/clusterInstance:ClusterInstance", "clusterIdentifier", cluster, inputs);

/** What is new, and what it belongs to: that was there, and then that is new as well. */
test.each<[string, PlanResource, PlanResource, string[], string[]]>([
  [
    "a way into another network",
    route({ destinationCidrBlock: "172.16.0.0/12", vpcPeeringConnectionId: "pcx-1" }),
    table,
    ["lessProtected"],
    [],
  ],
  ["a way through a machine", route({ destinationCidrBlock: "0.0.0.0/1", networkInterfaceId: "eni-1" }), table, ["interruption"], []],
  ["a way to the internet", route({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }), table, ["lessProtected"], []],
  ["a way of its own", route({ destinationCidrBlock: "10.9.0.0/16", natGatewayId: "nat-1" }), table, [], []],
  ["an internet gateway", of("aws:ec2/internetGateway:InternetGateway", "vpcId", vpc), vpc, ["lessProtected"], []],
  ["the group that a VPC has", of("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId", vpc), vpc, ["interruption"], []],
  [
    "the group that a VPC has, for everybody",
    of("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId", vpc, {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    }),
    vpc,
    ["opened"],
    [],
  ],
  [
    "an endpoint for one bucket",
    endpoint({ routeTableIds: ["rtb-1"], policy: policyFor("arn:aws:s3:::reports/*") }),
    vpc,
    ["interruption"],
    [],
  ],
  ["an endpoint for all", endpoint({ routeTableIds: ["rtb-1"], policy: policyFor("*") }), vpc, [], []],
  [
    "an endpoint that nothing goes by itself",
    endpoint({ vpcEndpointType: "Interface", policy: policyFor("arn:aws:s3:::reports/*") }),
    vpc,
    [],
    [],
  ],
  ["all files for root", accessPoint({ posixUser: { uid: 0, gid: 0 }, rootDirectory: { path: "/" } }), files, ["lessProtected"], []],
  ["all files", accessPoint({ posixUser: { uid: 1000, gid: 1000 } }), files, ["lessProtected"], []],
  ["a folder of its own", accessPoint({ posixUser: { uid: 1000, gid: 1000 }, rootDirectory: { path: "/a" } }), files, [], []],
  ["a reader on the internet", instance({ publiclyAccessible: true }), cluster, ["opened"], ["lessProtected"]],
  ["a reader", instance({ publiclyAccessible: false }), cluster, [], []],
  [
    "events by mail",
    of("aws:sns/topicSubscription:TopicSubscription", "topic", topic, { protocol: "email", endpoint: "a@example.net" }),
    topic,
    ["lessProtected"],
    [],
  ],
])("%s counts beside what is there", (_, created, target, beside, alone) => {
  expect(severitiesOf([queue, target], [queue, target, created])).toEqual(beside);
  expect(severitiesOf([queue], [queue, target, created])).toEqual(alone);
});

test("a folder that another access point has, or one around it, shows its files", () => {
  const at = (name: string, path: string) => ({
    ...accessPoint({ posixUser: { uid: 1000, gid: 1000 }, rootDirectory: { path } }),
    name,
    urn: `urn-${name}`,
  });
  const reports = at("reports", "/a/reports");
  const beside = (path: string) => severitiesOf([files, reports], [files, reports, at("it", path)]);
  expect(["/a/reports", "/a/", "/a/rep", "/a/reports/2026", "/b"].map(beside)).toEqual([["lessProtected"], ["lessProtected"], [], [], []]);
});

test("a narrower route takes packets from a wider one, in the table or as a resource", () => {
  const half = route({ destinationCidrBlock: "0.0.0.0/1", natGatewayId: "nat-2" }, "half");
  const all = route({ destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }, "all");
  expect(severitiesOf([table, all], [table, all, half])).toEqual(["interruption"]);
  expect(severitiesOf([table, half], [table, half, all])).toEqual([]);
  const inline = { ...table, inputs: { ...table.inputs, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] } };
  expect(severitiesOf([inline], [inline, half])).toContain("interruption");
});

test("mail about alarms is what a topic of alarms is for", () => {
  const alarm = resource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "slow",
    { alarmActions: [output(topic.type, topic.name, "arn")] },
    { propertyDependencies: { alarmActions: [topic.urn] } },
  );
  const mail = of("aws:sns/topicSubscription:TopicSubscription", "topic", topic, { protocol: "email", endpoint: "a@example.net" });
  expect(severitiesOf([topic, alarm], [topic, alarm, mail])).toEqual([]);
});

test("a database that begins with what another has, on the internet", () => {
  const database = (inputs: Inputs) => resource("aws:rds/instance:Instance", "copy", { engine: "postgres", ...inputs });
  expect(severitiesOf([queue], [queue, database({ publiclyAccessible: true, snapshotIdentifier: "accounts-1" })])).toEqual(["opened"]);
  expect(severitiesOf([queue], [queue, database({ publiclyAccessible: true })])).toEqual(["lessProtected"]);
  expect(severitiesOf([queue], [queue, database({ snapshotIdentifier: "accounts-1" })])).toEqual([]);
});

describe("a firewall before what is there", () => {
  const acl = (inputs: Inputs) => resource("aws:wafv2/webAcl:WebAcl", "office", inputs);
  const association = of("aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn", loadBalancer, {
    webAclArn: output("aws:wafv2/webAcl:WebAcl", "office", "arn"),
  });
  const rule = (inputs: Inputs) => [{ name: "a", priority: 1, ...inputs }];
  test.each<[string, Inputs, string[]]>([
    ["refuses everything", { defaultAction: { block: {} } }, ["unreachable"]],
    ["refuses all but some", { defaultAction: { block: {} }, rules: rule({ action: { allow: {} } }) }, ["interruption"]],
    ["refuses some", { defaultAction: { allow: {} }, rules: rule({ overrideAction: { none: {} } }) }, ["interruption"]],
    ["counts", { defaultAction: { allow: {} }, rules: rule({ overrideAction: { count: {} } }) }, []],
  ])("%s", (_, inputs, expected) => {
    expect(severitiesOf([loadBalancer], [loadBalancer, acl(inputs), association])).toEqual(expected);
    expect(severitiesOf([queue], [queue, loadBalancer, acl(inputs), association])).toEqual([]);
  });
  test("is not known where others made it", () => {
    expect(
      severitiesOf([loadBalancer], [loadBalancer, { ...association, inputs: { ...association.inputs, webAclArn: "arn:acl" } }]),
    ).toEqual(["interruption"]);
  });
});

describe("limits and capacity that are named by a text", () => {
  const target = (parent: Partial<PlanResource> = {}) =>
    resource(
      "aws:appautoscaling/target:Target",
      "api",
      { resourceId: "service/prod/api", scalableDimension: "ecs:service:DesiredCount", minCapacity: 1, maxCapacity: 4 },
      parent,
    );
  test("take the place of those that are there, but for a component's of its own service", () => {
    expect(severitiesOf([queue], [queue, target()])).toEqual(["interruption"]);
    const component = resource("fairlead:services:EcsService", "api", {}, { custom: false });
    expect(severitiesOf([queue, component], [queue, component, target({ parent: component.urn })])).toEqual([]);
  });

  test("are the cluster's alone, unless the plan has that", () => {
    const providers = (clusterName: unknown, others: Partial<PlanResource> = {}) =>
      resource(
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "it",
        { clusterName, capacityProviders: ["FARGATE_SPOT"] },
        others,
      );
    expect(severitiesOf([queue], [queue, providers("shared")])).toEqual(["interruption"]);
    expect(
      severitiesOf(
        [ecsCluster],
        [ecsCluster, providers(output(ecsCluster.type, "prod", "name"), { propertyDependencies: { clusterName: [ecsCluster.urn] } })],
      ),
    ).toEqual([]);
  });
});

describe("a target group that is there", () => {
  const group = resource("aws:lb/targetGroup:TargetGroup", "legacy");
  const arn = output(group.type, group.name, "arn");
  const service = (name: string, to: unknown = arn) =>
    resource("aws:ecs/service:Service", name, {
      desiredCount: 2,
      loadBalancers: [{ targetGroupArn: to, containerName: name, containerPort: 80 }],
    });
  const attachment = (name: string, to: unknown = arn) =>
    resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", name, { targetGroupArn: to, targetId: "10.0.0.5" });
  const pool = resource("aws:autoscaling/group:Group", "pool", { targetGroupArns: [arn] });

  test("is answered by another one in part", () => {
    expect(severitiesOf([group, service("a")], [group, service("a"), service("b")])).toEqual(["interruption"]);
    expect(severitiesOf([group, attachment("a")], [group, attachment("a"), attachment("b")])).toEqual(["interruption"]);
    expect(severitiesOf([group, service("a")], [group, service("a"), pool])).toContain("interruption");
  });

  test("may be answered by others that the plan does not have", () => {
    expect(severitiesOf([group], [group, attachment("a")])).toEqual(["unknown"]);
    expect(severitiesOf([queue], [queue, service("a", "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/shop/1")])).toEqual([
      "unknown",
    ]);
    expect(severitiesOf([group], [group, service("a")])).toEqual([]);
    expect(severitiesOf([queue], [queue, group, service("a"), attachment("b")])).toEqual([]);
  });
});

test("a service that is found under another's name answers a part of its callers", () => {
  const service = (name: string, dnsName: string, registryArn: string) =>
    resource("aws:ecs/service:Service", name, {
      serviceRegistries: { registryArn },
      serviceConnectConfiguration: { namespace: "prod.internal", services: [{ clientAlias: [{ dnsName, port: 80 }] }] },
    });
  const api = service("api", "api", "arn:api");
  expect(severitiesOf([api], [api, service("b", "b", "arn:b")])).toEqual([]);
  expect(severitiesOf([api], [api, service("b", "api", "arn:b")])).toEqual(["interruption"]);
  expect(severitiesOf([api], [api, service("b", "b", "arn:api")])).toEqual(["interruption"]);
});

test("the one setting of a queue of another stack is taken the place of", () => {
  const policy = resource("aws:sqs/redrivePolicy:RedrivePolicy", "it", {
    queueUrl: "https://sqs.us-east-1.amazonaws.com/1/orders",
    redrivePolicy: "{}",
  });
  expect(review(planOf(queue), planOf(queue, policy)).dangers).toMatchObject([{ severity: "unknown" }]);
  const block = resource("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "it", {
    bucket: "prod-reports",
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  expect(severitiesOf([queue], [queue, block])).toContain("interruption");
});

test("what is imported is there, and goes with the stack from then on", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports", { bucket: "prod-reports" }, { options: { import: "prod-reports" } });
  expect(review(planOf(queue), planOf(queue, bucket)).dangers.map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
    "lessProtected: takes over S3 bucket reports",
  ]);
  expect(review({ ...planOf(), resources: [] }, planOf(bucket)).grade).toBe("look");
  const expiry = of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucket", bucket, {
    rules: [{ status: "Enabled", filter: {}, expiration: { days: 1 } }],
  });
  expect(severitiesOf([queue], [queue, bucket, expiry])).toContain("dataLoss");
});

test("what a component of ours takes over again is its own, with its settings", () => {
  const component = resource("fairlead:registry:Repository", "search", {}, { custom: false });
  const repository = resource(
    "aws:ecr/repository:Repository",
    "search",
    { name: "search" },
    { parent: component.urn, options: { import: "search" } },
  );
  expect(severitiesOf([queue], [queue, component, repository])).toEqual([]);
});

test("a second setting of what the first names by reference, and the second by its name", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports", { bucket: "prod-reports" });
  const versioning = (name: string, status: string, to: unknown) =>
    resource("aws:s3/bucketVersioning:BucketVersioning", name, { bucket: to, versioningConfiguration: { status } });
  const first = versioning("a", "Enabled", output(bucket.type, bucket.name, "id"));
  const title = (second: PlanResource) =>
    review(planOf(bucket, first), planOf(bucket, first, second)).dangers.map((danger) => danger.title);
  expect(title(versioning("b", "Enabled", "prod-reports"))).toContain("has more than one bucket versioning of the same: a, b");
  expect(title(versioning("b", "Enabled", "prod-archive"))).not.toContain("has more than one bucket versioning of the same: a, b");
});
