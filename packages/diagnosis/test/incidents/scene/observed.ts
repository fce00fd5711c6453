import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { Sketch } from "../sketch";

/** A value a minute, the newest last. */
const series = ({ account }: ServiceScene, values: readonly number[], newestMinutesAgo = 1) =>
  values.map((Value, index) => ({ Timestamp: account.clock.ago((newestMinutesAgo + values.length - 1 - index) * 60), Value }));

/** CPU and memory of the service. */
export function addMetrics(scene: ServiceScene, { cpuUsed = 21, memoryUsed = 37 }: Sketch): void {
  if (!scene.service) return;
  const Dimensions = { ClusterName: scene.clusterName, ServiceName: scene.serviceName };
  const rising = (last: number) => Array.from({ length: 120 }, (_, minute) => Math.min(last, 25 + (minute % 60) * (last / 55)));
  for (const [MetricName, last] of [
    ["CPUUtilization", cpuUsed],
    ["MemoryUtilization", memoryUsed],
  ] as const) {
    const values = last > 45 ? rising(last) : Array.from({ length: 120 }, () => last);
    scene.state.metrics.push({ Namespace: "AWS/ECS", MetricName, Dimensions, points: series(scene, values) });
  }
}

/** Alarms, with the history and the values that they were decided by. */
export function addAlarms(scene: ServiceScene, { alarms = [] }: Sketch): void {
  for (const { name, state, reason, metric = "HTTPCode_Target_5XX_Count", threshold = 1, values = [], minutesAgo = 5 } of alarms) {
    const { account } = scene;
    const at = account.clock.ago(minutesAgo * 60);
    const Dimensions = { TargetGroup: "targetgroup/orders/73e2d6bc24d8a067", LoadBalancer: "app/dev/50dc6c495c0c9188" };
    scene.state.alarms.push({
      ...{ AlarmName: name, AlarmArn: account.arn("cloudwatch", `alarm:${name}`), StateValue: state, StateReason: reason },
      ...{ StateUpdatedTimestamp: at, ActionsEnabled: true, MetricName: metric, Namespace: "AWS/ApplicationELB", Statistic: "Sum" },
      ...{ Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: threshold, ComparisonOperator: "GreaterThanThreshold" },
      Dimensions: Object.entries(Dimensions).map(([Name, Value]) => ({ Name, Value })),
    });
    const crossed = values.findIndex((value) => value > threshold);
    if (crossed >= 0) {
      scene.state.alarmHistory.push({
        ...{ AlarmName: name, HistoryItemType: "StateUpdate", HistorySummary: "Alarm updated from OK to ALARM" },
        Timestamp: account.clock.ago((minutesAgo + values.length - 1 - crossed - 2) * 60),
      });
    }
    scene.state.metrics.push({
      Namespace: "AWS/ApplicationELB",
      MetricName: metric,
      Dimensions,
      points: series(scene, values, minutesAgo),
    });
  }
}

/** What autoscaling may and did. */
export function addScaling(scene: ServiceScene, { scaling }: Sketch): void {
  if (!scaling) return;
  const ResourceId = `service/${scene.clusterName}/${scene.serviceName}`;
  const target = { ServiceNamespace: "ecs", ResourceId, ScalableDimension: "ecs:service:DesiredCount" } as const;
  const { clock, accountId } = scene.account;
  const RoleARN = `arn:aws:iam::${accountId}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;
  scene.state.scalableTargets.push({
    ...target,
    MinCapacity: scaling.minimum,
    MaxCapacity: scaling.maximum,
    RoleARN,
    CreationTime: clock.ago(30 * 86_400),
  });
  for (const [minutes, StatusMessage] of scaling.activities ?? []) {
    const desired = /desired count to (\d+)/.exec(StatusMessage)?.[1];
    scene.state.scalingActivities.push({
      ...{ ActivityId: `activity-${minutes}`, ...target, StatusCode: "Successful", StatusMessage, StartTime: clock.ago(minutes * 60) },
      ...{ EndTime: clock.ago(minutes * 60 - 30), Description: `Setting desired count to ${desired}.` },
      Cause: "monitor alarm TargetTracking-service/dev/orders-AlarmHigh in state ALARM triggered policy orders-cpu",
    });
  }
}
