import { quoted, scheduledTask } from "@fairlead/model";

import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { valueOf } from "../gather/lookout";

/** Why a job that a schedule starts does not start. */
export function jobFindings(facts: Facts): Finding[] {
  const { gathered } = facts;
  const { subject, schedule: seen } = gathered;
  if (subject.scheduleName === undefined || facts.service) return [];
  if (seen?.state === "absent") {
    return [
      {
        ...{ cause: "job-never-starts", certainty: "sure", weight: 90, key: "schedule" },
        problem: `there is no schedule ${quoted(subject.scheduleName)}`,
        evidence: [{ where: subject.scheduleName, saw: quoted(seen.words) }],
        fix: "Deploy again: `pulumi refresh` and `pulumi up` make it.",
      },
    ];
  }
  const schedule = valueOf(seen);
  if (!schedule) return [];
  const where = schedule.Arn ?? subject.scheduleName;
  const isOver = schedule.EndDate !== undefined && schedule.EndDate < gathered.now;
  if (schedule.State === "DISABLED" || isOver) {
    return [
      {
        ...{ cause: "job-schedule-disabled", certainty: "sure", weight: 90, key: "schedule" },
        problem: isOver ? `the schedule ended at ${schedule.EndDate!.toISOString()}` : "the schedule is disabled",
        evidence: [{ where, saw: `State ${schedule.State}${schedule.EndDate ? `, EndDate ${schedule.EndDate.toISOString()}` : ""}` }],
        fix: "Enable it: deploy again, or `pulumi refresh` first where somebody disabled it by hand.",
      },
    ];
  }
  const at = /^at\((.+)\)$/.exec(schedule.ScheduleExpression ?? "")?.[1];
  if (
    at &&
    timeIn(schedule.ScheduleExpressionTimezone, at) < gathered.now &&
    gathered.stoppedTasks.length + gathered.runningTasks.length === 0
  ) {
    return [
      {
        ...{ cause: "job-schedule-disabled", certainty: "sure", weight: 90, key: "schedule" },
        problem: `the schedule's one time, ${quoted(at)}, is over`,
        evidence: [{ where, saw: quoted(schedule.ScheduleExpression!) }],
        fix: "Give it a time that is still to come, or a cron(…).",
      },
    ];
  }
  const revision = [...gathered.taskDefinitions.values()].find(
    ({ taskDefinitionArn }) => taskDefinitionArn === scheduledTask(schedule.Target ?? {})?.TaskDefinitionArn,
  );
  if (revision && revision.status !== "ACTIVE") {
    return [
      {
        ...{ cause: "job-never-starts", certainty: "sure", weight: 85, key: "schedule" },
        problem: `the schedule starts revision ${revision.revision} of ${revision.family}, which is ${revision.status}: it was deregistered`,
        evidence: [{ where: revision.taskDefinitionArn!, saw: `status ${revision.status}` }],
        fix: "Deploy again, which registers a revision and points the schedule at it.",
      },
    ];
  }
  const denials = valueOf(gathered.scheduleDenials) ?? [];
  if (gathered.scheduleDenials?.state === "absent" || denials.length > 0) {
    const role = schedule.Target?.RoleArn ?? "its role";
    return [
      {
        ...{ cause: "job-never-starts", certainty: "sure", weight: 80, key: "schedule" },
        problem:
          denials.length > 0
            ? `the schedule's role may not do ${denials[0]!.action} on ${quoted(denials[0]!.resource)}`
            : `the schedule's role ${quoted(role)} is not there`,
        evidence:
          denials.length > 0
            ? denials.map(({ action, resource }) => ({
                where: role,
                saw: quoted(`IAM's simulation: ${action} on ${resource} is not allowed`),
              }))
            : [{ where, saw: quoted(role) }],
        fix: "Deploy again, which gives the role its permissions: `pulumi refresh` and `pulumi up`.",
      },
    ];
  }
  const rate = /^rate\((\d+) (minute|hour)s?\)$/.exec(schedule.ScheduleExpression ?? "");
  const minutes = rate ? Number(rate[1]) * (rate[2] === "hour" ? 60 : 1) : undefined;
  const began = Math.max(schedule.CreationDate?.getTime() ?? 0, schedule.StartDate?.getTime() ?? 0);
  const due = (gathered.now.getTime() - began) / 60_000;
  // ECS keeps a task for an hour: what runs more rarely may have run. The first run is a whole period after the schedule's beginning.
  const isDue =
    minutes !== undefined && minutes < 55 && due > minutes + 5 && gathered.stoppedTasks.length + gathered.runningTasks.length === 0;
  const tasksUnseen = gathered.unseen.some(({ action }) => /^ecs:(ListTasks|DescribeTasks)$/.test(action));
  if (!isDue || tasksUnseen) return [];
  return [
    {
      ...{ cause: "job-never-starts", certainty: "perhaps", weight: 60, key: "schedule" },
      problem: `it should run every ${minutes} minutes, and no task of it was seen within the last hour`,
      evidence: [{ where, saw: quoted(`${schedule.ScheduleExpression}, ${schedule.State}`) }],
      fix: "Look into its dead-letter queue, which says why ECS did not take the task: mostly a role, or a network that is gone.",
    },
  ];
}

/** A schedule's time, which is of its own zone; UTC without one. */
function timeIn(timeZone = "UTC", local: string): Date {
  const asUtc = new Date(`${local}Z`);
  // Swedish writes dates as ISO 8601 does.
  const there = new Date(`${asUtc.toLocaleString("sv-SE", { timeZone }).replace(" ", "T")}Z`);
  return new Date(2 * asUtc.getTime() - there.getTime());
}
