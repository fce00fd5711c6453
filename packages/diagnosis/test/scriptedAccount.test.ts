import { DescribeAlarmsCommand, CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, ListTasksCommand, paginateListTasks } from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";

import { ScriptedAccount } from "../testing/scriptedAccount";

function accountWithTasks(count: number, options = {}): ScriptedAccount {
  const account = new ScriptedAccount(options);
  const clusterArn = account.arn("ecs", "cluster/dev");
  account.state.clusters.push({ clusterArn, clusterName: "dev" });
  account.state.services.push({
    clusterArn,
    serviceArn: account.arn("ecs", "service/dev/api"),
    serviceName: "api",
    createdAt: account.clock.ago(60),
  });
  for (let index = 0; index < count; index++) {
    account.state.tasks.push({
      ...{ clusterArn, taskArn: account.arn("ecs", `task/dev/${index}`), group: "service:api", desiredStatus: "RUNNING" },
      taskDefinitionArn: account.arn("ecs", "task-definition/dev-api:1"),
    });
  }
  return account;
}

describe("the scripted AWS speaks each service's protocol", () => {
  const account = accountWithTasks(0);
  const { state } = account;
  it("JSON, with dates", async () => {
    const { services } = await new ECSClient(account.clientConfig()).send(
      new DescribeServicesCommand({ cluster: "dev", services: ["api"] }),
    );
    expect(services![0]!.createdAt).toEqual(account.clock.ago(60));
  });

  it("Query: lists, numbers and texts with < and &", async () => {
    const TargetGroupArn = account.arn("elasticloadbalancing", "targetgroup/dev-api/1");
    state.targetGroups.push({ TargetGroupArn });
    const TargetHealth = { State: "unhealthy", Reason: "Target.ResponseCodeMismatch", Description: "codes: [404] <&>" } as const;
    state.targetHealth[TargetGroupArn] = [{ Target: { Id: "10.0.0.1", Port: 3000 }, TargetHealth }];
    const client = new ElasticLoadBalancingV2Client(account.clientConfig());
    const { TargetHealthDescriptions } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    expect(TargetHealthDescriptions).toEqual([{ Target: { Id: "10.0.0.1", Port: 3000 }, TargetHealth }]);
    const other = client.send(new DescribeTargetHealthCommand({ TargetGroupArn: `${TargetGroupArn}x` }));
    await expect(other).rejects.toMatchObject({ name: "TargetGroupNotFoundException" });
  });

  it("Query of IAM: what a role may do", async () => {
    const roleArn = "arn:aws:iam::123456789012:role/api-execution";
    state.roles.push("api-execution");
    state.decisions.push({ roleArn, action: "ecr:BatchGetImage", decision: "implicitDeny" });
    const ActionNames = ["ecr:BatchGetImage", "ecr:GetAuthorizationToken"];
    const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames });
    const { EvaluationResults } = await new IAMClient(account.clientConfig()).send(command);
    expect(EvaluationResults!.map(({ EvalDecision }) => EvalDecision)).toEqual(["implicitDeny", "allowed"]);
  });

  it("EC2's Query: filters, and an id that is unknown", async () => {
    state.subnets.push({ SubnetId: "subnet-1", AvailableIpAddressCount: 3, Tags: [{ Key: "Name", Value: "a" }] }, { SubnetId: "subnet-2" });
    const client = new EC2Client(account.clientConfig());
    const { Subnets } = await client.send(new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: ["subnet-1"] }] }));
    expect(Subnets).toEqual([{ SubnetId: "subnet-1", AvailableIpAddressCount: 3, Tags: [{ Key: "Name", Value: "a" }] }]);
    await expect(client.send(new DescribeSubnetsCommand({ SubnetIds: ["subnet-3"] }))).rejects.toMatchObject({
      name: "InvalidSubnetID.NotFound",
    });
  });

  it("CloudWatch's JSON, and REST", async () => {
    const Dimensions = { ServiceName: "api" };
    const Timestamp = account.clock.ago(60);
    state.metrics.push({ Namespace: "AWS/ECS", MetricName: "CPUUtilization", Dimensions, points: [{ Timestamp, Value: 7 }] });
    state.alarms.push({ AlarmName: "dev-api-5xx", StateValue: "ALARM" });
    state.schedules.push({ Name: "dev-report", State: "DISABLED" });
    const client = new CloudWatchClient(account.clientConfig());
    const Metric = { Namespace: "AWS/ECS", MetricName: "CPUUtilization", Dimensions: [{ Name: "ServiceName", Value: "api" }] };
    const command = new GetMetricDataCommand({
      ...{ StartTime: account.clock.ago(600), EndTime: account.clock.in(0) },
      MetricDataQueries: [{ Id: "cpu", MetricStat: { Metric, Period: 60, Stat: "Average" } }],
    });
    expect((await client.send(command)).MetricDataResults![0]).toMatchObject({ Timestamps: [Timestamp], Values: [7] });
    expect((await client.send(new DescribeAlarmsCommand({ AlarmNames: ["dev-api-5xx"] }))).MetricAlarms).toHaveLength(1);
    const { State } = await new SchedulerClient(account.clientConfig()).send(new GetScheduleCommand({ Name: "dev-report" }));
    expect(State).toBe("DISABLED");
  });
});

describe("the scripted AWS answers as the real one", () => {
  it("in pages, and no more than 100 tasks at once", async () => {
    const account = accountWithTasks(7, { maximumPageSize: 3 });
    const client = new ECSClient(account.clientConfig());
    const arns: string[] = [];
    for await (const { taskArns } of paginateListTasks({ client }, { cluster: "dev", serviceName: "api" })) arns.push(...taskArns!);
    expect(arns).toHaveLength(7);
    expect(account.calls).toEqual({ "ecs:ListTasks": 3 });
    const tooMany = new DescribeTasksCommand({ cluster: "dev", tasks: Array(101).fill(arns[0]) });
    await expect(client.send(tooMany)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("a cluster that is not there is refused, a service is a failure", async () => {
    const client = new ECSClient(accountWithTasks(0).clientConfig());
    const elsewhere = client.send(new DescribeServicesCommand({ cluster: "prod", services: ["api"] }));
    await expect(elsewhere).rejects.toMatchObject({ name: "ClusterNotFoundException", message: "Cluster not found." });
    const { failures } = await client.send(new DescribeServicesCommand({ cluster: "dev", services: ["web"] }));
    expect(failures).toEqual([{ arn: "arn:aws:ecs:eu-central-1:123456789012:service/dev/web", reason: "MISSING" }]);
  });

  it("throttled, the SDK tries again", async () => {
    const account = accountWithTasks(1);
    account.throttle("ecs:ListTasks", 1, 2);
    const client = new ECSClient({ ...account.clientConfig(), retryMode: "adaptive" });
    expect((await client.send(new ListTasksCommand({ cluster: "dev" }))).taskArns).toHaveLength(1);
    expect(account.calls).toEqual({ "ecs:ListTasks": 3 });
  });

  it("denied, in AWS's words, in each protocol", async () => {
    const account = accountWithTasks(1);
    account.deny(["ecs:DescribeTasks", "ec2:*", "cloudwatch:DescribeAlarms", "elasticloadbalancing:DescribeTargetHealth"]);
    const config = account.clientConfig();
    const task = new ECSClient(config).send(new DescribeTasksCommand({ cluster: "dev", tasks: ["0"] }));
    await expect(task).rejects.toThrow(/^User: arn:aws:sts::\S+ is not authorized to perform: ecs:DescribeTasks because/);
    await expect(task).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(new EC2Client(config).send(new DescribeSubnetsCommand({}))).rejects.toMatchObject({ name: "UnauthorizedOperation" });
    await expect(new CloudWatchClient(config).send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({ name: "AccessDenied" });
    const health = new ElasticLoadBalancingV2Client(config).send(new DescribeTargetHealthCommand({ TargetGroupArn: "x" }));
    await expect(health).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("in the clock's time, which a test holds", async () => {
    const account = accountWithTasks(1, { latencyMilliseconds: 50 });
    const client = new ECSClient(account.clientConfig());
    const began = account.clock.milliseconds;
    await Promise.all([1, 2, 3].map(() => client.send(new ListTasksCommand({ cluster: "dev" }))));
    expect(account.clock.milliseconds - began).toBe(50);
    expect(account.mostAtOnce).toBe(3);
  });
});
