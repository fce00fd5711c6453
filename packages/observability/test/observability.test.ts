import { embeddedPlan, type Plan } from "@fairlead/plan";

import { AlarmTopic, Dashboard, JobAlarms, ServiceAlarms, ServiceLogGroup, type ServiceAlarmsArgs } from "../src";

const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program: () => void program() });
const inputsOf = ({ resources }: Plan, type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

test("a log group is kept 30 days unless told otherwise, and encrypted with the key that it is given", async () => {
  const made = await plan(() => [
    new ServiceLogGroup("a", { logGroupName: "/shop/a" }),
    new ServiceLogGroup("b", { logGroupName: "/shop/b", retentionInDays: 365, kmsKeyArn: "k" }),
  ]);
  expect(inputsOf(made, "aws:cloudwatch/logGroup:LogGroup")).toEqual([
    { name: "/shop/a", retentionInDays: 30 },
    { name: "/shop/b", retentionInDays: 365, kmsKeyId: "k" },
  ]);
});

describe("alarms", () => {
  const targetGroups = [{ arnSuffix: "targetgroup/a/1", loadBalancerArnSuffix: "app/x/1" }];
  const alarmsOf = async (args: Partial<ServiceAlarmsArgs>) => {
    let rollback = 0;
    const made = await plan(() => {
      const alarms = new ServiceAlarms("api", { clusterName: "dev", serviceName: "api", topicArn: "t", ...args });
      rollback = alarms.rollbackAlarmNames.length;
    });
    const all = inputsOf(made, alarm);
    return { all, names: all.map(({ name }) => String(name).replace("dev-api-", "")).sort(), rollback };
  };

  test("of a service behind a load balancer: CPU, memory, errors, latency, health, missing tasks", async () => {
    const { names, all, rollback } = await alarmsOf({ targetGroups });
    expect(names).toEqual(["5xx", "cpu", "latency", "memory", "missing-tasks", "unhealthy"]);
    expect(rollback).toBe(2);
    for (const inputs of all) expect(inputs).toMatchObject({ alarmActions: ["t"], treatMissingData: "notBreaching" });
  });

  test("of a worker: no errors and no latency, the age of its queue instead", async () => {
    expect((await alarmsOf({ queueName: "q", containerInsights: false })).names).toEqual(["cpu", "memory", "queue-age"]);
  });

  test("of a service whose traffic shifts: both target groups", async () => {
    const { names, all } = await alarmsOf({
      targetGroups: [...targetGroups, { arnSuffix: "targetgroup/b/2", loadBalancerArnSuffix: "app/x/1" }],
    });
    expect(names).toEqual(expect.arrayContaining(["latency", "latency-green", "unhealthy", "unhealthy-green"]));
    const rate = all.find(({ name }) => name === "dev-api-5xx")!.metricQueries as { id: string; expression?: string }[];
    expect(rate.find(({ id }) => id === "rate")!.expression).toContain("FILL(errors0, 0) + FILL(errors1, 0)");
  });

  test("take the thresholds that they are given", async () => {
    const { all } = await alarmsOf({ targetGroups, latencyP99Seconds: 0.3 });
    expect(all.find(({ name }) => name === "dev-api-latency")).toMatchObject({ threshold: 0.3, extendedStatistic: "p99" });
  });
});

test("failed deployments of a cluster reach the alarm topic, which nobody but alarms and EventBridge may publish to", async () => {
  const made = await plan(
    () => new AlarmTopic("dev", { clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/dev", emails: ["a@example.com"] }),
  );
  const { resources, detail } = JSON.parse(inputsOf(made, "aws:cloudwatch/eventRule:EventRule")[0]!.eventPattern as string);
  expect(resources).toEqual([{ prefix: "arn:aws:ecs:us-east-1:123456789012:service/dev/" }]);
  expect(detail).toEqual({ eventName: ["SERVICE_DEPLOYMENT_FAILED"] });
  const { Statement } = JSON.parse(inputsOf(made, "aws:sns/topicPolicy:TopicPolicy")[0]!.policy as string);
  expect(Statement).toMatchObject([
    { Principal: { Service: "cloudwatch.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } },
    { Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish" },
  ]);
  expect(inputsOf(made, "aws:sns/topicSubscription:TopicSubscription")).toHaveLength(1);
});

test("a job's task has failed by any exit code; with sidecars not by a signal's, but for memory that ran out", async () => {
  const codes = async (hasSidecars: boolean) => {
    const made = await plan(
      () => new JobAlarms("report", { clusterName: "dev", clusterArn: "c", family: "dev-report", topicArn: "t", hasSidecars }),
    );
    const { detail } = JSON.parse(inputsOf(made, "aws:cloudwatch/eventRule:EventRule")[0]!.eventPattern as string);
    return detail.$or as unknown[];
  };
  expect(await codes(false)).toContainEqual({ containers: { exitCode: [{ "anything-but": [0] }] } });
  expect(await codes(true)).toEqual([
    { stopCode: ["TaskFailedToStart"] },
    { containers: { exitCode: [{ "anything-but": [0, 137, 143] }] } },
    { containers: { reason: [{ prefix: "OutOfMemory" }] } },
  ]);
});

describe("the dashboard", () => {
  const titles = async (args: { loadBalancerArnSuffix?: string; containerInsights?: boolean }) => {
    const made = await plan(() => new Dashboard("dev", { region: "us-east-1", clusterName: "dev", ...args }));
    const { widgets } = JSON.parse(inputsOf(made, "aws:cloudwatch/dashboard:Dashboard")[0]!.dashboardBody as string);
    return (widgets as { properties: { title: string } }[]).map(({ properties }) => properties.title);
  };

  test("shows load, errors, latency, and what is reserved against what is used", async () => {
    const all = await titles({ loadBalancerArnSuffix: "app/x/1" });
    expect(all).toEqual(expect.arrayContaining(["Answers 5xx per minute", "Slowest of 100 requests, in seconds"]));
    expect(all.filter((title) => title.startsWith("Right-sizing"))).toHaveLength(2);
  });

  test("has nothing that has no data: no right-sizing without Container Insights", async () => {
    expect(await titles({ containerInsights: false })).toEqual([
      "CPU in percent of what is reserved",
      "Memory in percent of what is reserved",
    ]);
  });
});

test("who sends to the alarm topic waits for the policy that admits it: until then the topic takes nothing", async () => {
  const made = await plan(() => new AlarmTopic("dev", { clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/dev" }));
  const [target] = made.resources.filter(({ type }) => type === "aws:cloudwatch/eventTarget:EventTarget");
  const [policy] = made.resources.filter(({ type }) => type === "aws:sns/topicPolicy:TopicPolicy");
  expect(target!.dependencies).toContain(policy!.urn);
});
