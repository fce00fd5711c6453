import type { Metric, MetricAlarm, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { scheduledTask } from "@fairlead/model";

import type { DiagnosisClients } from "../clients";
import type { Denial, Gathered, Series } from "./gathered";
import { valueOf, type Lookout } from "./lookout";
import { targetRevision, targetTaskDefinition } from "./revision";

/** Alarms that ended a deployment whose history and values are asked for. */
const mostTriggered = 1;
/** Values that are asked for go back so far. */
const minutes = 60;

/** Alarms, their history where they ended a deployment, and how much the tasks used. */
export async function gatherWatch(
  gathered: Gathered,
  alarmNames: readonly string[],
  clients: DiagnosisClients,
  lookout: Lookout,
): Promise<void> {
  await Promise.all([gatherAlarms(gathered, alarmNames, clients, lookout), gatherUsage(gathered, clients, lookout)]);
}

async function gatherAlarms(gathered: Gathered, given: readonly string[], clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const [deployment] = gathered.deployments;
  const triggered = deployment?.alarms?.triggeredAlarmNames ?? [];
  const ofService = valueOf(gathered.service)?.deploymentConfiguration?.alarms?.alarmNames ?? [];
  const names = [...new Set([...triggered, ...given, ...(deployment?.alarms?.alarmNames ?? []), ...ofService])].slice(0, 100);
  if (names.length === 0) return;
  const { DescribeAlarmHistoryCommand, DescribeAlarmsCommand } = await import("@aws-sdk/client-cloudwatch");
  const command = new DescribeAlarmsCommand({ AlarmNames: names, AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 });
  const seen = valueOf(await lookout.ask("cloudwatch:DescribeAlarms", async () => (await clients.cloudWatch()).send(command)));
  gathered.alarms = seen?.MetricAlarms ?? [];
  await Promise.all(
    triggered.slice(0, mostTriggered).map(async (AlarmName) => {
      const history = new DescribeAlarmHistoryCommand({
        ...{ AlarmName, HistoryItemType: "StateUpdate", StartDate: deployment!.createdAt, EndDate: gathered.now, MaxRecords: 10 },
      });
      const found = await lookout.ask("cloudwatch:DescribeAlarmHistory", async () => (await clients.cloudWatch()).send(history));
      gathered.alarmHistory.push(...(valueOf(found)?.AlarmHistoryItems ?? []));
      const alarm = gathered.alarms.find((each) => each.AlarmName === AlarmName);
      if (alarm) gathered.metrics.push(...(await valuesOf(gathered, queriesOf(alarm), clients, lookout)));
    }),
  );
}

/** What an alarm looks at: its metric, or its own expression. */
function queriesOf({
  AlarmName,
  Metrics,
  Namespace,
  MetricName,
  Dimensions,
  Period = 60,
  Statistic,
  ExtendedStatistic,
}: MetricAlarm): MetricDataQuery[] {
  if (Metrics && Metrics.length > 0) return Metrics.map((query) => (query.ReturnData === false ? query : { ...query, Label: AlarmName }));
  const Stat = Statistic ?? ExtendedStatistic;
  if (Stat === undefined) return [];
  return [{ Id: "alarm", Label: AlarmName, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat } }];
}

async function gatherUsage(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { serviceName, clusterArn } = gathered.subject;
  if (serviceName === undefined) return;
  const Dimensions = [
    { Name: "ClusterName", Value: clusterArn.split("/").pop() },
    { Name: "ServiceName", Value: serviceName },
  ];
  const query = (Id: string, MetricName: string): MetricDataQuery => {
    const Metric: Metric = { Namespace: "AWS/ECS", MetricName, Dimensions };
    return { Id, Label: MetricName, MetricStat: { Metric, Period: 60, Stat: "Maximum" } };
  };
  const queries = [query("memory", "MemoryUtilization"), query("cpu", "CPUUtilization")];
  gathered.metrics.push(...(await valuesOf(gathered, queries, clients, lookout)));
}

async function valuesOf(
  { now }: Gathered,
  MetricDataQueries: MetricDataQuery[],
  clients: DiagnosisClients,
  lookout: Lookout,
): Promise<Series[]> {
  if (MetricDataQueries.length === 0) return [];
  const { GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
  const StartTime = new Date(now.getTime() - minutes * 60_000);
  const command = new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime: now, ScanBy: "TimestampAscending" });
  const seen = valueOf(await lookout.ask("cloudwatch:GetMetricData", async () => (await clients.cloudWatch()).send(command)));
  return (seen?.MetricDataResults ?? []).map(({ Label = "", Timestamps = [], Values = [] }) => ({
    name: Label,
    unit: /Utilization$/.test(Label) ? "%" : "",
    points: Timestamps.map((at, index) => ({ at, value: Values[index]! })),
  }));
}

/** What Application Auto Scaling did lately. */
export async function gatherScaling(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { clusterArn, serviceName } = gathered.subject;
  if (serviceName === undefined) return;
  const { DescribeScalingActivitiesCommand } = await import("@aws-sdk/client-application-auto-scaling");
  const ResourceId = `service/${clusterArn.split("/").pop()}/${serviceName}`;
  const command = new DescribeScalingActivitiesCommand({ ServiceNamespace: "ecs", ResourceId, MaxResults: 10 });
  const action = "application-autoscaling:DescribeScalingActivities";
  const seen = valueOf(await lookout.ask(action, async () => (await clients.scaling()).send(command)));
  gathered.scalingActivities = seen?.ScalingActivities ?? [];
}

/** Quotas that tasks may run into. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const quotas = {
  vCPU: { ServiceCode: "fargate", QuotaCode: "L-3032A538" },
  spot: { ServiceCode: "fargate", QuotaCode: "L-36FBB829" },
  interfaces: { ServiceCode: "vpc", QuotaCode: "L-DF5E4CA3" },
};

/** The quotas that AWS's words are about. */
export async function gatherQuotas(gathered: Gathered, words: string, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const strategy = targetRevision(gathered)?.capacityProviderStrategy ?? valueOf(gathered.service)?.capacityProviderStrategy ?? [];
  const isSpot = strategy.some(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT");
  const isOnDemand = !isSpot || strategy.some(({ capacityProvider }) => capacityProvider === "FARGATE");
  const wanted = [
    ...(/vCPU/i.test(words) ? [...(isOnDemand ? [quotas.vCPU] : []), ...(isSpot ? [quotas.spot] : [])] : []),
    ...(/network interface/i.test(words) ? [quotas.interfaces] : []),
  ];
  if (wanted.length === 0) return;
  const { GetServiceQuotaCommand } = await import("@aws-sdk/client-service-quotas");
  const asked = wanted.map(async (quota) => {
    const command = new GetServiceQuotaCommand(quota);
    return valueOf(await lookout.ask("servicequotas:GetServiceQuota", async () => (await clients.quotas()).send(command)))?.Quota;
  });
  gathered.quotas = (await Promise.all(asked)).filter((quota) => quota !== undefined);
}

/** A job's schedule. */
export async function gatherSchedule(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const { scheduleName: Name } = gathered.subject;
  if (Name === undefined) return;
  const { GetScheduleCommand } = await import("@aws-sdk/client-scheduler");
  const seen = await lookout.ask("scheduler:GetSchedule", async () => (await clients.scheduler()).send(new GetScheduleCommand({ Name })));
  gathered.schedule = seen;
}

/** What a schedule's role may not do of what it takes to start the task. */
export async function gatherScheduleDenials(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const target = valueOf(gathered.schedule)?.Target;
  const { RoleArn, Arn = "" } = target ?? {};
  const scheduled = scheduledTask(target ?? {});
  const definition = gathered.taskDefinitions.get(scheduled?.TaskDefinitionArn ?? "") ?? targetTaskDefinition(gathered);
  if (RoleArn === undefined || scheduled === undefined || !definition || gathered.stoppedTasks.length > 0) return;
  const byStateMachine = target?.EcsParameters === undefined;
  const roles = byStateMachine ? [] : [definition.executionRoleArn, definition.taskRoleArn].filter((arn) => arn !== undefined);
  const started = byStateMachine
    ? { ActionNames: ["states:StartExecution"], ResourceArns: [Arn] }
    : { ActionNames: ["ecs:RunTask", "iam:PassRole"], ResourceArns: [definition.taskDefinitionArn!, ...roles] };
  const { SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
  const command = new SimulatePrincipalPolicyCommand({
    ...{ PolicySourceArn: RoleArn, ...started },
    // What policies of such roles ask for.
    ContextEntries: [
      { ContextKeyName: "iam:PassedToService", ContextKeyType: "string", ContextKeyValues: ["ecs-tasks.amazonaws.com"] },
      { ContextKeyName: "ecs:cluster", ContextKeyType: "string", ContextKeyValues: [Arn] },
    ],
  });
  const seen = await lookout.ask("iam:SimulatePrincipalPolicy", async () => (await clients.iam()).send(command));
  if (seen.state !== "seen") return void (gathered.scheduleDenials = seen);
  const denials = (seen.value.EvaluationResults ?? []).flatMap(
    ({ EvalActionName: action = "", EvalResourceName: resource = "", EvalDecision }): Denial[] => {
      const isMeant = (action === "iam:PassRole") === roles.includes(resource);
      return isMeant && EvalDecision !== "allowed" ? [{ action, resource, isExplicit: EvalDecision === "explicitDeny" }] : [];
    },
  );
  gathered.scheduleDenials = { state: "seen", value: denials };
}
