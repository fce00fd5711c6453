import { typeSheets } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import { estimate, readPrices } from "../src";
import { estimators } from "../src/estimators";
import { resource } from "@fairlead/plan/testing/resources";

/** What a resource of a type costs, as `what: why nobody knows`. */
function unknownParts(type: string, inputs: Record<string, unknown> = {}, others: Partial<PlanResource> = {}): string[] {
  const resources = [resource(type, "x", inputs, others)];
  const { items, total } = estimate({ stack: "dev", resources }, { prices: readPrices(), region: "us-east-1" });
  expect(total).toBe(0);
  return items.map(({ what, unknown }) => `${what}: ${unknown}`);
}

describe("what nobody estimates", () => {
  test.each(["aws:opensearch/domain:Domain", "aws:msk/cluster:Cluster", "datadog:index/monitor:Monitor"])(
    "is not counted as 0: %s",
    (type) => {
      expect(unknownParts(type)).toEqual([`${type}: whether it costs anything, and what, is written nowhere here`]);
    },
  );

  test("is told with its name where it is known that it costs something", () => {
    expect(unknownParts("aws:ecr/replicationConfiguration:ReplicationConfiguration")).toEqual([
      "registry's replication: it costs something, and nobody here estimates what",
    ]);
  });

  test("is no component, nothing of Pulumi's own and nothing that is free", () => {
    expect(unknownParts("fairlead:services:Service", {}, { custom: false })).toEqual([]);
    expect(unknownParts("pulumi:providers:aws")).toEqual([]);
    expect(unknownParts("aws:ec2/securityGroup:SecurityGroup")).toEqual([]);
  });
});

test("what a sheet calls estimated has either an estimator or prices of it, and nothing else has", () => {
  const estimated = [...typeSheets].filter(([, { pricing }]) => pricing === "estimated").map(([type]) => type);
  const ofPrices = new Set(Object.values(readPrices().prices).flatMap(({ of }) => (of ? [of.type] : [])));
  expect([...Object.keys(estimators), ...ofPrices].sort()).toEqual(estimated.sort());
});

/** What costs nothing unless it is set up so, and then is tested below. */
const freeAlone = [
  "aws:ecs/capacityProvider:CapacityProvider",
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
  "aws:acm/certificate:Certificate",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:appautoscaling/policy:Policy",
];

test("every type that its sheet does not call free is an item, known or not", () => {
  const paid = [...typeSheets].filter(([, { pricing }]) => pricing !== "free");
  const silent = paid.flatMap(([type, { toldBy }]) => {
    const resources = [resource(type, "x", toldBy ? { [toldBy]: "arn" } : {})];
    const { items } = estimate({ stack: "dev", resources }, { prices: readPrices(), region: "us-east-1" });
    return items.length === 0 ? [type] : [];
  });
  expect(silent.sort()).toEqual([...freeAlone].sort());
});

describe("what costs something only when it is set up so", () => {
  test.each([
    {
      type: "aws:ecs/cluster:Cluster",
      free: { settings: [{ name: "containerInsights", value: "disabled" }] },
      paid: { settings: [{ name: "containerInsights", value: "enhanced" }] },
    },
    { type: "aws:ecs/capacityProvider:CapacityProvider", free: { autoScalingGroupProvider: {} }, paid: { managedInstancesProvider: {} } },
    {
      type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
      free: { scanType: "BASIC" },
      paid: { scanType: "ENHANCED" },
    },
    {
      type: "aws:acm/certificate:Certificate",
      free: { domainName: "a.example.com" },
      paid: { certificateAuthorityArn: "arn:aws:acm-pca:…" },
    },
    { type: "aws:acm/certificate:Certificate", free: { domainName: "a.example.com" }, paid: { options: { export: "ENABLED" } } },
    { type: "aws:route53/record:Record", free: { aliases: [{ name: "lb" }] }, paid: { records: ["10.0.0.1"] } },
    { type: "aws:sns/topicSubscription:TopicSubscription", free: { protocol: "sqs" }, paid: { protocol: "email" } },
    { type: "aws:ec2/flowLog:FlowLog", free: { logDestinationType: "cloud-watch-logs" }, paid: { logDestinationType: "s3" } },
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", free: {}, paid: { vpcEndpointType: "GatewayLoadBalancer" } },
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", free: { vpcEndpointType: "Gateway" }, paid: { vpcEndpointType: "Resource" } },
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", free: {}, paid: { vpcEndpointType: { $output: "urn:pulumi:dev::shop::x::y#z" } } },
    {
      type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
      free: { logDestinationConfigs: [{ $output: "urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::waf#arn" }] },
      paid: { logDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-x"] },
    },
  ])("$type with $paid", ({ type, free, paid }) => {
    expect(unknownParts(type, free)).toEqual([]);
    expect(unknownParts(type, paid)).toHaveLength(1);
  });
});

describe("a file system's throughput", () => {
  const stores = "what it stores: storedGiB is not declared";
  test.each([
    { throughputMode: undefined, more: [] },
    { throughputMode: "bursting", more: [] },
    { throughputMode: "elastic", more: ["what is read: readGiB is not declared", "what is written: writtenGiB is not declared"] },
    { throughputMode: "provisioned", more: ["its throughput: the file has no price of what is provisioned"] },
    { throughputMode: { $output: "urn:pulumi:dev::shop::x::y#z" }, more: ["its throughput: its mode is known only after apply"] },
  ])("that is $throughputMode", ({ throughputMode, more }) => {
    expect(unknownParts("aws:efs/fileSystem:FileSystem", { throughputMode })).toEqual([stores, ...more]);
  });
});

describe("what is set up so that it costs another price than the file has", () => {
  const aurora = "the file has prices of Aurora's standard storage alone";
  test.each([
    ["aws:lb/loadBalancer:LoadBalancer", { loadBalancerType: "gateway" }, "gateway load balancer: the file has no price of it"],
    ["aws:ec2/natGateway:NatGateway", { availabilityMode: "regional" }, "NAT gateway: the file has no price of one that is set up so"],
    [
      "aws:cloudwatch/logGroup:LogGroup",
      { logGroupClass: "INFREQUENT_ACCESS" },
      "log group: the file has no price of one that is set up so",
    ],
    ["aws:sns/topic:Topic", { fifoTopic: true }, "SNS topic: the file has no price of one that is set up so"],
    ["aws:cloudwatch/metricAlarm:MetricAlarm", { period: 10 }, "alarm of less than a minute: the file has no price of it"],
    ["aws:rds/cluster:Cluster", { engine: "aurora-postgresql", storageType: "aurora-iopt1" }, `its storage: ${aurora}`],
    ["aws:rds/cluster:Cluster", { engine: "postgres" }, `its storage: ${aurora}`],
  ])("is not known: %s with %j", (type, inputs, expected) => {
    expect(unknownParts(type, inputs)).toEqual([expected]);
  });

  test("nor are tasks on instances that another stack has", () => {
    const task = resource("aws:ecs/taskDefinition:TaskDefinition", "x", { cpu: "256", memory: "512" });
    const service = resource("aws:ecs/service:Service", "x", {
      desiredCount: 2,
      taskDefinition: { $output: `${task.urn}#arn` },
      capacityProviderStrategies: [{ capacityProvider: "shared", weight: 1 }],
    });
    const provider = resource("aws:ecs/capacityProvider:CapacityProvider", "x", { autoScalingGroupProvider: {} });
    const costOf = (...resources: PlanResource[]) => estimate({ stack: "dev", resources }, { prices: readPrices(), region: "us-east-1" });
    expect(costOf(task, service).items).toMatchObject([{ what: "instances of shared", unknown: expect.any(String) as string }]);
    expect(costOf(task, service, provider).items).toEqual([]);
  });

  test("nor are a firewall's rules that AWS takes more for", () => {
    const rules = [{ statement: { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesBotControlRuleSet" } } }];
    const resources = [resource("aws:wafv2/webAcl:WebAcl", "x", { rules })];
    const { items } = estimate({ stack: "dev", resources }, { prices: readPrices(), region: "us-east-1" });
    expect(items.map(({ what }) => what)).toEqual(["web ACL", "AWSManagedRulesBotControlRuleSet", "1 rule", "its requests"]);
  });
});
