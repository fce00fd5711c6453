import { quoted } from "@fairlead/model";
import { stopOf } from "@fairlead/rollout";

import type { Facts } from "../facts";
import type { Finding } from "../finding";
import { keyOf } from "./fixes";
import { clocks } from "./health";
import { readyLine } from "./listening";

/** Tasks that ECS stopped, or will, because a container's own health check fails. */
export function containerHealthFindings(all: Facts): Finding[] {
  const stopped = all.failures.filter((task) => stopOf(task) === "unhealthyContainer");
  const unhealthy = all.gathered.runningTasks.filter(({ healthStatus }) => healthStatus === "UNHEALTHY");
  const [task] = [...stopped, ...unhealthy];
  if (!task) return [];
  const facts = all.of(task);
  const failing = (task.containers ?? []).find(({ healthStatus }) => healthStatus === "UNHEALTHY");
  const checked = facts.containers.filter(({ healthCheck }) => healthCheck);
  const definition = checked.find(({ name }) => name === failing?.name) ?? checked[0];
  const { interval = 30, retries = 3, startPeriod = 0, command = [] } = definition?.healthCheck ?? {};
  const ran = facts.ranSeconds(task);
  const log = facts.logOf(task, definition?.name);
  const firstFailure = startPeriod + interval * retries;
  // It was never healthy, and is stopped as early as its check allows.
  const isCutShort =
    ran !== undefined &&
    ran <= firstFailure + interval * 2 + 30 &&
    log !== undefined &&
    log.lines.length > 0 &&
    !log.lines.some(
      ({ text, at }) => readyLine.test(text) && (at.getTime() - (task.startedAt?.getTime() ?? 0)) / 1000 <= startPeriod + interval,
    );
  const path = facts.keyPath(definition?.name, "containerHealthCheck", ...(isCutShort ? ["startPeriodSeconds"] : ["command"]));
  return [
    {
      ...{ cause: "container-health-check", certainty: "sure", weight: 75, key: keyOf(path) },
      problem: `the health check of container ${definition?.name ?? failing?.name} fails: ${quoted(command.join(" "))}${ran === undefined ? "" : `; its task was stopped after ${Math.round(ran)} s`}`,
      evidence: [
        { where: task.taskArn!, saw: quoted(task.stoppedReason ?? "its health is UNHEALTHY") },
        ...clocks(facts, facts.gathered.targetGroups[0]),
        ...(log ? log.lines.slice(-2).map(({ text }) => ({ where: `${log.group} ${log.stream}`, saw: quoted(text) })) : []),
      ],
      ...(isCutShort && startPeriod < 300 && { changes: [{ path, value: Math.min(300, Math.max(60, startPeriod * 2)) }] }),
      fix: isCutShort
        ? "Count failures later (startPeriodSeconds): it is stopped before it says that it is ready."
        : "Run the command in the image: its program, such as curl, must be there, and its port and path must be the program's.",
    },
  ];
}
