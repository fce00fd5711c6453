import type { LoadBalancer, Task } from "@aws-sdk/client-ecs";
import type { TargetGroup, TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { quoted } from "@fairlead/model";
import { stopOf } from "@fairlead/rollout";

import type { Facts } from "../facts";
import type { Evidence, Finding } from "../finding";
import { valueOf } from "../gather/lookout";
import { healthFix, type HealthReason } from "./healthFix";
import { listenedAddresses, readyLine } from "./listening";
import { blocksLoadBalancer } from "./routes";

/** What the load balancer says of tasks that it finds unhealthy. */
interface Unhealthy {
  group: TargetGroup | undefined;
  reasons: { reason: HealthReason; words: string; where: string }[];
}

/** Why the load balancer finds tasks unhealthy. */
export function targetFindings(facts: Facts): Finding[] {
  const stopped = facts.failures.filter((task) => stopOf(task) === "unhealthyTarget");
  // Who ends by itself answers nobody.
  const ends = facts.failures.some((task) => ["ended", "notStarted", "unhealthyContainer"].includes(stopOf(task)));
  const { group, reasons } = unhealthyTargets(facts, stopped);
  if ((reasons.length === 0 && stopped.length === 0) || (ends && stopped.length === 0)) return [];
  const evidence: Evidence[] = [
    ...stopped.slice(0, 1).map((task) => ({ where: task.taskArn!, saw: quoted(`${task.stoppedReason}${ranText(facts, task)}`) })),
    ...reasons.slice(0, 2).map(({ where, words }) => ({ where, saw: quoted(words) })),
    ...clocks(facts, group),
  ];
  return causesOf(
    stopped[0] ? facts.of(stopped[0]) : facts,
    group,
    reasons.map(({ reason }) => reason),
    stopped,
  ).map((finding) => ({ ...finding, evidence: [...evidence, ...finding.evidence] }));
}

function ranText(facts: Facts, task: Task): string {
  const ran = facts.ranSeconds(task);
  return ran === undefined ? "" : `, after ${Math.round(ran)} s`;
}

/** The three clocks that may end a task: the load balancer's, the grace period's, the container's. */
export function clocks(facts: Facts, group: TargetGroup | undefined): Evidence[] {
  const texts = [
    ...(group
      ? [`the load balancer checks every ${group.HealthCheckIntervalSeconds} s, and gives up after ${group.UnhealthyThresholdCount}`]
      : []),
    ...(facts.service?.healthCheckGracePeriodSeconds
      ? [`ECS listens to it from ${facts.service.healthCheckGracePeriodSeconds} s after the start (grace period)`]
      : []),
    ...facts.containers.flatMap(({ name, healthCheck }) =>
      healthCheck
        ? [
            `${name}'s own check: every ${healthCheck.interval ?? 30} s, ${healthCheck.retries ?? 3} failures, not counted for ${healthCheck.startPeriod ?? 0} s`,
          ]
        : [],
    ),
  ];
  return texts.length > 0 ? [{ where: "clocks", saw: quoted(texts.join("; ")) }] : [];
}

/** Seconds until a task that never answers is stopped. */
function patienceOf(facts: Facts, group: TargetGroup | undefined): number {
  const checks = (group?.HealthCheckIntervalSeconds ?? 30) * (group?.UnhealthyThresholdCount ?? 2);
  return (facts.service?.healthCheckGracePeriodSeconds ?? 0) + checks;
}

function unhealthyTargets(facts: Facts, stopped: readonly Task[]): Unhealthy {
  const { targetGroups, targetHealth, runningTasks } = facts.gathered;
  const reasons: Unhealthy["reasons"] = [];
  let group: TargetGroup | undefined;
  for (const [arn, seen] of targetHealth) {
    const targets = valueOf(seen) ?? [];
    const described = targetGroups.find(({ TargetGroupArn }) => TargetGroupArn === arn);
    for (const target of targets) {
      const reason = reasonOf(target);
      if (!reason || isYoung(facts, described, target, runningTasks)) continue;
      group ??= described;
      const { Reason = "", Description = "" } = target.TargetHealth ?? {};
      reasons.push({
        reason,
        where: arn,
        words: `${target.Target?.Id}:${target.Target?.Port}: ${[Reason, Description].filter(Boolean).join(": ")}`,
      });
    }
  }
  group ??= targetGroups[0];
  // A task that is gone has left the load balancer; ECS's events keep what it said.
  if (stopped.length > 0) {
    for (const { message = "" } of facts.events) {
      const words = /is unhealthy in \((?:target-group|elb) [^)]*\) due to \(reason (.+)\)\.?$/.exec(message)?.[1];
      if (words) reasons.push({ reason: reasonIn(words), where: "service events", words: message });
    }
  }
  return { group, reasons };
}

function reasonOf({ TargetHealth }: TargetHealthDescription): HealthReason | undefined {
  const { State, Reason, Description = "" } = TargetHealth ?? {};
  if (Reason === "Target.NotInUse" && /Availability Zone/.test(Description)) return { kind: "zone" };
  if (State !== "unhealthy") return undefined;
  if (Reason === "Target.Timeout") return { kind: "timeout" };
  return reasonIn(Description);
}

function reasonIn(words: string): HealthReason {
  const codes = /codes?:? \[([\d, ]+)\]/.exec(words)?.[1];
  if (codes) return { kind: "status", status: Number(codes.split(",")[0]) };
  if (/timed out/i.test(words)) return { kind: "timeout" };
  if (/Availability Zone/.test(words)) return { kind: "zone" };
  return { kind: "failed" };
}

/** Whether a target's task may still be on its way to be healthy. */
function isYoung(facts: Facts, group: TargetGroup | undefined, { Target }: TargetHealthDescription, tasks: readonly Task[]): boolean {
  const task = tasks.find(({ containers = [] }) =>
    containers.some(({ networkInterfaces = [] }) => networkInterfaces.some(({ privateIpv4Address }) => privateIpv4Address === Target?.Id)),
  );
  if (!task?.startedAt) return task !== undefined;
  return (facts.now.getTime() - task.startedAt.getTime()) / 1000 < patienceOf(facts, group);
}

function causesOf(facts: Facts, group: TargetGroup | undefined, reasons: readonly HealthReason[], stopped: readonly Task[]): Finding[] {
  const [task] = stopped.length > 0 ? stopped : facts.gathered.runningTasks.slice(-1);
  const { containerName: name = facts.ownContainer, containerPort: port = 0 } = balancerOf(facts, group) ?? {};
  const log = task && facts.logOf(task, name);
  const heard = listenedAddresses((log?.lines ?? []).map(({ text }) => text));
  const context = { facts, group, container: name, port, heard, log };

  const status = reasons.find((reason) => reason.kind === "status");
  if (status) return [healthFix.status(context, status)];
  if (reasons.some(({ kind }) => kind === "zone")) return [healthFix.zone(context)];
  const blocked = port > 0 ? blocksLoadBalancer(facts, port) : undefined;
  const loopback = heard.find(({ isLoopback }) => isLoopback);
  if (blocked) return [healthFix.blocked(context, blocked), ...(loopback ? [healthFix.loopback(context, loopback)] : [])];
  const open = heard.find(({ isLoopback, port: other }) => !isLoopback && (other === undefined || other === port));
  if (loopback && !open && (loopback.port === undefined || loopback.port === port)) return [healthFix.loopback(context, loopback)];
  const elsewhere = heard.find(({ port: other }) => other !== undefined && other !== port);
  if (elsewhere && !open) return [healthFix.port(context, elsewhere)];
  // A port that is not open yet refuses at once: who lets the load balancer wait listens already.
  if (reasons.length > 0 && reasons.every(({ kind }) => kind === "timeout")) return [healthFix.timeout(context)];
  if (task && isCutShort(facts, group, task, log?.lines ?? [], stopped.length > 0))
    return [healthFix.gracePeriod(context, facts.ranSeconds(task))];
  if (reasons.some(({ kind }) => kind === "timeout")) return [healthFix.timeout(context)];
  return [healthFix.port(context, undefined)];
}

/** What of the revision is behind a target group: of several on other ports its own. */
function balancerOf({ loadBalancers }: Facts, group: TargetGroup | undefined): LoadBalancer | undefined {
  const arn = group?.TargetGroupArn;
  return (
    loadBalancers.find(
      ({ targetGroupArn, advancedConfiguration }) => arn === targetGroupArn || arn === advancedConfiguration?.alternateTargetGroupArn,
    ) ?? loadBalancers[0]
  );
}

/** Whether a task was stopped before it said that it is ready, or so soon after that nobody could have asked it. */
function isCutShort(
  facts: Facts,
  group: TargetGroup | undefined,
  task: Task,
  lines: readonly { at: Date; text: string }[],
  wasStopped: boolean,
): boolean {
  if (!wasStopped || !task.startedAt || lines.length === 0) return false;
  const ran = facts.ranSeconds(task) ?? 0;
  if (ran > patienceOf(facts, group) + 3 * (group?.HealthCheckIntervalSeconds ?? 30) + 60) return false;
  const ready = lines.find(({ text }) => readyLine.test(text));
  if (!ready) return true;
  const after = (ready.at.getTime() - task.startedAt.getTime()) / 1000;
  return after > ran - (group?.HealthCheckIntervalSeconds ?? 30) * (group?.HealthyThresholdCount ?? 2);
}
