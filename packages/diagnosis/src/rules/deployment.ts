import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import { quoted } from "@fairlead/model";
import { stopOf } from "@fairlead/rollout";

import type { Facts } from "../facts";
import type { Finding, Wait } from "../finding";
import { graphOf } from "../graph";

/** A service that is not there any longer, though ECS still shows it. */
export function deletedFindings({ service }: Facts): Finding[] {
  const status = service?.status;
  if (status !== "INACTIVE" && status !== "DRAINING") return [];
  return [
    {
      ...{ cause: "service-deleted", certainty: "sure", weight: 100 },
      problem: `the service is ${status}: ${status === "INACTIVE" ? "it was deleted" : "it is being deleted, and starts no task"}`,
      evidence: [{ where: service!.serviceArn!, saw: `status ${status}` }],
      fix: "Deploy again, where nobody meant to delete it: `pulumi refresh` and `pulumi up`, once it is INACTIVE.",
    },
  ];
}

/** Why a deployment ended, where it is more than its tasks: an alarm, a hook, the traffic; else, the circuit breaker itself. */
export function deploymentFindings(facts: Facts): Finding[] {
  const { deployment, deploymentState: state } = facts;
  if (!deployment || !["failed", "rollingBack", "stopped"].includes(state)) return [];
  const reason = [deployment.statusReason, deployment.rollback?.reason].filter(Boolean).join("; ");
  const evidence = [{ where: deployment.serviceDeploymentArn!, saw: quoted(`${deployment.status}: ${reason || "no reason given"}`) }];
  const hooks = (deployment.lifecycleHookDetails ?? []).filter(({ status }) => status === "FAILED" || status === "TIMED_OUT");
  const triggered = deployment.alarms?.triggeredAlarmNames ?? [];
  if (triggered.length > 0 || /alarm/i.test(reason))
    return [alarm(facts, triggered[0] ?? /alarms?[^\w]*(?:\(s\))?[^\w]+([\w-]+-[\w-]+)/i.exec(reason)?.[1], evidence)];
  if (hooks.length > 0 || /hook/i.test(reason)) {
    const [hook] = hooks;
    return [
      {
        ...{ cause: "deployment-hook-failed", certainty: "sure", weight: 85, key: "deployment.lifecycleHooks" },
        problem: `a lifecycle hook ended the deployment${hook ? `: ${quoted(hook.targetArn ?? hook.hookId ?? "")} ${hook.status === "TIMED_OUT" ? "did not answer in time" : "failed"}` : ""}`,
        evidence,
        fix: "Read the function's own log: it answered FAILED, or not at all.",
        commands: hook?.targetArn ? [`aws logs tail /aws/lambda/${hook.targetArn.split(":").pop()} --since 1h`] : undefined,
      },
    ];
  }
  if (/traffic|listener|rule|networking configuration|ELB resources|infrastructure role/i.test(reason)) {
    return [
      {
        cause: "traffic-not-shifted",
        certainty: "sure",
        weight: 60,
        problem: "ECS could not shift the traffic to the new revision",
        evidence,
        fix: "Look at the listener's rules and at the role with which ECS changes them.",
      },
    ];
  }
  if (/circuit breaker/i.test(reason) || deployment.deploymentCircuitBreaker?.status === "TRIGGERED") {
    const { failureCount, threshold } = deployment.deploymentCircuitBreaker ?? {};
    return [
      {
        ...{ cause: "circuit-breaker", certainty: "sure", weight: 5 },
        problem: `the circuit breaker ended the deployment${failureCount ? ` after ${failureCount} failed tasks${threshold ? ` of ${threshold} that it allows` : ""}` : ""}`,
        evidence,
        fix: "Deploy again and ask while it runs: what its tasks failed of decides, and ECS keeps stopped tasks for an hour.",
      },
    ];
  }
  // Whatever else ECS says, or doesn't: a deployment that it took back is not nothing.
  if (state !== "failed" || wasStopped(deployment)) return [];
  const isStuck = deployment.status === "ROLLBACK_FAILED";
  const silent = isStuck
    ? "ECS could not take the deployment back, and does not say why"
    : "the deployment was taken back, and ECS does not say why";
  return [
    {
      ...{ cause: "deployment-failed", certainty: reason ? "sure" : "perhaps", weight: 5 },
      problem: reason ? quoted(`ECS ended the deployment: ${reason}`) : silent,
      evidence,
      fix: reason
        ? "Mend what ECS names, and deploy again."
        : "See by `npx fairlead history` who deployed, and deploy again: ask while it runs.",
    },
  ];
}

/**
 * Whether somebody stopped it: ECS has a time for that, which it has as well where it gave up and had nothing to go back to.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
function wasStopped({ status, stoppedAt, statusReason = "" }: ServiceDeployment): boolean {
  return status === "STOPPED" || stoppedAt !== undefined || /\b(?:by|from) (?:a |the )?user\b|StopServiceDeployment/i.test(statusReason);
}

/** Of Fairlead's alarms the end of the name tells the key of service.yaml. */
const keys: [RegExp, string][] = [
  [/-5xx$/, "alarms.errorPercent"],
  [/-latency/, "alarms.latencyP99Seconds"],
  [/-cpu$/, "alarms.cpuPercent"],
  [/-memory$/, "alarms.memoryPercent"],
  [/-queue-age$/, "alarms.queueAgeSeconds"],
];

function alarm(facts: Facts, name: string | undefined, evidence: Finding["evidence"]): Finding {
  const described = facts.gathered.alarms.find(({ AlarmName }) => AlarmName === name);
  const series = facts.gathered.metrics.find((each) => each.name === name && each.points.length > 0);
  const history = facts.gathered.alarmHistory.find(
    ({ AlarmName, HistorySummary = "" }) => AlarmName === name && /to ALARM/.test(HistorySummary),
  );
  const where = name ?? "alarm";
  return {
    ...{ cause: "alarm-rollback", certainty: "sure", weight: 85, key: keys.find(([pattern]) => pattern.test(name ?? ""))?.[1] },
    problem: `the alarm${name ? ` ${quoted(name)}` : ""} ended the deployment${described?.AlarmDescription ? `: ${quoted(described.AlarmDescription)}` : ""}`,
    evidence: [
      ...evidence,
      ...(described?.StateReason ? [{ where, saw: quoted(described.StateReason) }] : []),
      ...(history?.Timestamp ? [{ where, saw: quoted(`${history.Timestamp.toISOString()}: ${history.HistorySummary}`) }] : []),
      ...(series ? [{ where, saw: graphOf(series, described?.Threshold) }] : []),
    ],
    fix: "Look at what the new revision did wrong then: its log, its errors. Where the alarm is too strict for any deployment, raise its threshold.",
  };
}

/** ECS does not start what is wanted, and says nothing of why. */
export function silentFindings(facts: Facts): Finding[] {
  const { service, gathered } = facts;
  if (!service || facts.missing === 0 || facts.failures.length > 0) return [];
  const since = facts.deployment?.createdAt ?? service.createdAt;
  const minutes = since ? (facts.now.getTime() - since.getTime()) / 60_000 : 0;
  const isBusy =
    (service.pendingCount ?? 0) > 0 || gathered.runningTasks.some(({ lastStatus }) => lastStatus !== "RUNNING" && lastStatus !== undefined);
  const lastEvent = service.events?.[0]?.createdAt;
  const isLively = lastEvent !== undefined && facts.now.getTime() - lastEvent.getTime() < 5 * 60_000;
  const replaced = gathered.stoppedTasks.some(
    (task) => stopOf(task) === "ordinary" && facts.now.getTime() - (task.stoppedAt ?? facts.now).getTime() < 10 * 60_000,
  );
  if (minutes < 10 || isBusy || isLively || replaced) return [];
  return [
    {
      ...{ cause: "tasks-not-started", certainty: "perhaps", weight: 10 },
      problem: `${service.runningCount ?? 0} of ${service.desiredCount} tasks run, and ECS starts no more`,
      evidence: [{ where: service.serviceArn!, saw: quoted(`last event: ${service.events?.[0]?.message ?? "none"}`) }],
      fix: "Deploy again; where that does nothing either, look at the account's health dashboard.",
    },
  ];
}

/** What goes on, and until when. */
export function waitsOf(facts: Facts): Wait[] {
  const { deployment, service, gathered, deploymentState: state } = facts;
  const waits: Wait[] = [];
  const hook = deployment?.lifecycleHookDetails?.find(({ status }) => status === "AWAITING_ACTION" || status === "IN_PROGRESS");
  if (state === "rollingBack")
    waits.push({
      wait: "rolling-back",
      what: quoted(`the deployment is being rolled back: ${deployment?.statusReason ?? deployment?.rollback?.reason ?? "no reason given"}`),
    });
  if (deployment && ["stopped", "failed"].includes(state) && wasStopped(deployment) && deploymentFindings(facts).length === 0) {
    const reason = deployment.statusReason ? `: ${deployment.statusReason}` : ", and what ran before serves";
    waits.push({ wait: "deployment-stopped", what: quoted(`somebody stopped the newest deployment before its end${reason}`) });
  }
  if (state === "inProgress" && deployment) {
    const until = hook?.expiresAt
      ? `, until ${hook.expiresAt.toISOString()} at most, then ${hook.timeoutAction === "CONTINUE" ? "it goes on" : "it is rolled back"}`
      : "";
    if (hook && (hook.targetType === "PAUSE" || hook.status === "AWAITING_ACTION")) {
      waits.push({
        wait: "deployment-approval",
        what: `the deployment is paused at ${deployment.lifecycleStage}${until}. To go on: \`npx fairlead continue <service> -s <stack>\``,
      });
    } else if (hook)
      waits.push({
        wait: "deployment-hook",
        what: quoted(`the deployment waits for ${hook.targetArn ?? hook.hookId} at ${deployment.lifecycleStage}${until}`),
      });
    else if (deployment.lifecycleStage === "BAKE_TIME") {
      const minutes = deployment.deploymentConfiguration?.bakeTimeInMinutes;
      waits.push({
        wait: "deployment-bake",
        what: `all traffic has moved; the old revision stays for ${minutes ?? "its"} minutes of bake`,
      });
    } else {
      const {
        runningTaskCount = 0,
        requestedTaskCount = 0,
        requestedProductionTrafficWeight: share,
      } = deployment.targetServiceRevision ?? {};
      const traffic = share === undefined ? "" : `, ${share} % of the traffic`;
      waits.push({
        wait: "deployment-in-progress",
        what: `a deployment is under way: ${runningTaskCount} of ${requestedTaskCount} tasks${traffic}, ${deployment.lifecycleStage ?? deployment.status}`,
      });
    }
  }
  if (state === "inProgress" && !deployment) waits.push({ wait: "deployment-in-progress", what: "a deployment is under way" });
  const activity = gathered.scalingActivities.find(
    ({ StartTime, StatusCode }) => StatusCode !== "Failed" && StartTime && facts.now.getTime() - StartTime.getTime() < 15 * 60_000,
  );
  if (activity) waits.push({ wait: "scaling", what: quoted(activity.Description ?? "the number of tasks changes") });
  const replaced = gathered.stoppedTasks.filter(
    (task) =>
      ["SpotInterruption", "TerminationNotice", "InfrastructureHealth"].includes(task.stopCode ?? "") ||
      /Spot|maintenance/i.test(task.stoppedReason ?? ""),
  );
  if (replaced.length > 0)
    waits.push({
      wait: "task-replaced",
      what: quoted(`${replaced.length === 1 ? "a task was" : `${replaced.length} tasks were`} replaced: ${replaced[0]!.stoppedReason}`),
    });
  if (service?.desiredCount === 0) waits.push({ wait: "asleep", what: "no task is wanted" });
  if (!service && gathered.runningTasks.length > 0) waits.push({ wait: "job-runs", what: "a run is under way" });
  return waits;
}
