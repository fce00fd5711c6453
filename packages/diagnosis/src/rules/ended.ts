import type { Container, Task } from "@aws-sdk/client-ecs";
import { likelyCause, type LikelyCauseId } from "@fairlead/model";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Evidence, Finding } from "../finding";
import { valueOf } from "../gather/lookout";
import { quoted } from "../quoted";
import { keyOf, moreMemory } from "./fixes";
import { fixOfWords } from "./words";

/** Seconds within which an end counts as one at the start. */
const startSeconds = 120;
/** Lines that are quoted of a log. */
const quotedLines = 3;
/** Exit codes of a container that was told to end: they say nothing of itself. */
const toldToEnd = new Set([143, 130]);

const outOfMemory = /OutOfMemory/i;
const heapOutOfMemory =
  /JavaScript heap out of memory|java\.lang\.OutOfMemoryError|MemoryError$|Cannot allocate memory|fatal error: runtime: out of memory|std::bad_alloc/im;

/** Why a container ended by itself, and with it its task. */
export function endedFindings(facts: Facts, task: Task): Finding[] {
  const container = culpritOf(facts, task);
  if (!container) return [];
  const log = facts.logOf(task, container.name);
  const lines = (log?.lines ?? []).map(({ text }) => text);
  const { exitCode, reason = "" } = container;
  const ran = facts.ranSeconds(task);
  const how = `container ${container.name} ended with ${exitCode === undefined ? "no exit code" : `exit code ${exitCode}`}${ran === undefined ? "" : ` after ${Math.round(ran)} s`}`;
  const evidence: Evidence[] = [
    { where: task.taskArn!, saw: quoted([how, reason || task.stoppedReason].filter(Boolean).join(": ")) },
    ...(log ? lines.slice(-quotedLines).map((line) => ({ where: `${log.group} ${log.stream}`, saw: quoted(line) })) : []),
  ];
  const finding = (
    cause: CauseId,
    certainty: Finding["certainty"],
    problem: string,
    more: Pick<Finding, "fix"> & Partial<Finding>,
  ): Finding => ({
    ...{ cause, certainty, problem, evidence, weight: certainty === "sure" ? 80 : 60 },
    ...more,
  });

  if (outOfMemory.test(`${reason} ${task.stoppedReason}`) || heapOutOfMemory.test(lines.join("\n")))
    return [memory(facts, container, finding)];
  if (exitCode === 137 && usedMost(facts)) return [memory(facts, container, finding)];
  const remains = { exitCode, reason: [reason, task.stoppedReason].filter(Boolean).join("; ") };
  const cause = likelyCause({ ...remains, lines: lines.slice(-15) }) ?? likelyCause({ ...remains, lines });
  const crash = (): Finding => {
    const last = lines.filter((line) => line.trim() !== "").at(-1);
    const isStart = ran === undefined || ran <= startSeconds;
    return finding(
      isStart ? "crash-at-start" : "crash-while-running",
      "sure",
      `${how}${last ? `; its last words: "${quoted(last)}"` : ", and logged nothing"}`,
      {
        fix: last
          ? "Read its last lines: it says itself why it ended."
          : "Start it on your machine with the same variables: `npx fairlead run`.",
        weight: 40,
      },
    );
  };
  if (!cause || cause.id === "killed") return cause ? [killed(facts, task, container, how, finding)] : [crash()];
  if (cause.id === "exits-as-done") {
    return [
      finding("exits-as-done", "sure", `${how}, as if its work were done`, {
        key: keyOf(facts.keyPath(container.name, "command")),
        fix: cause.fix!,
      }),
    ];
  }
  const id = causeIds[cause.id];
  // What the exit code alone tells is what usually is behind it; what the program says is its own word.
  const isSaid = ![126, 127, 139].includes(exitCode ?? 0) || cause.said === true || lines.length > 0;
  const told = fixOfWords(id, facts, container, lines);
  const problem = `${how}: ${told?.problem ?? cause.cause.replace(/\.$/, "")}`;
  const more = { fix: told?.fix ?? cause.fix ?? "Read its last lines.", key: told?.key, changes: told?.changes, commands: told?.commands };
  return [finding(id, isSaid ? "sure" : "perhaps", problem, more)];
}

const causeIds: Record<Exclude<LikelyCauseId, "killed">, CauseId> = {
  "image-architecture": "image-architecture",
  "image-missing": "image-missing",
  "secrets-unreachable": "secrets-unreachable",
  "out-of-memory-task": "out-of-memory-task",
  "segmentation-fault": "segmentation-fault",
  "script-line-endings": "script-line-endings",
  "shared-library-missing": "shared-library-missing",
  "module-missing": "module-missing",
  "read-only-file-system": "read-only-file-system",
  "user-missing": "user-missing",
  "privileged-port": "privileged-port",
  "port-in-use": "port-in-use",
  "disk-full": "disk-full",
  ulimits: "ulimits",
  "program-not-executable": "program-not-executable",
  "interpreter-or-loader-missing": "interpreter-or-loader-missing",
  "program-missing": "program-missing",
  "database-connections": "database-connections",
  "database-password": "database-password",
  "task-role-permission": "task-role-permission",
  "calls-throttled": "calls-throttled",
  "unresolvable-name": "unresolvable-name",
  "dependency-unreachable": "dependency-unreachable",
  "user-rights": "user-rights",
  "exits-as-done": "exits-as-done",
};

/** The container that ended first: the others end with it. */
export function culpritOf(facts: Facts, task: Task): Container | undefined {
  const containers = (task.containers ?? []).filter(({ name }) => facts.containerOf(task, name)?.essential !== false);
  const withReason = containers.find(({ reason = "" }) => outOfMemory.test(reason) || /Error/.test(reason));
  const failed = containers.filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0 && !toldToEnd.has(exitCode));
  return (
    withReason ??
    failed.find(({ exitCode }) => exitCode !== 137) ??
    failed[0] ??
    containers.find(({ exitCode }) => exitCode === 0) ??
    containers.find(({ exitCode }) => exitCode !== undefined) ??
    containers[0]
  );
}

type Make = (cause: CauseId, certainty: Finding["certainty"], problem: string, more: Pick<Finding, "fix"> & Partial<Finding>) => Finding;

function memory(facts: Facts, container: Container, finding: Make): Finding {
  const own = facts.containers.find(({ name }) => name === container.name)?.memory;
  const used = usedText(facts);
  if (own !== undefined && own < Number(facts.definition?.memory ?? Infinity)) {
    const path = facts.keyPath(container.name, "memoryMiB");
    const doubled = own * 2;
    const fits = doubled < Number(facts.definition?.memory);
    return finding("out-of-memory-container", "sure", `container ${container.name} used more than its own ${own} MiB${used}`, {
      ...{ key: keyOf(path), changes: path.length > 1 && fits ? [{ path, value: doubled }] : moreMemory(facts)?.changes },
      fix: "Give it more memory, or find what it keeps.",
    });
  }
  const more = moreMemory(facts);
  return finding(
    "out-of-memory-task",
    "sure",
    `the task used more than its ${facts.definition?.memory} MiB: container ${container.name} was killed${used}`,
    {
      ...{ key: "memoryMiB", changes: more?.changes },
      fix: `Give the task more memory${more ? `, such as ${more.to} MiB` : ""}, or find what the program keeps.`,
    },
  );
}

function usedText({ gathered }: Facts): string {
  const most = Math.max(
    ...gathered.metrics.filter(({ name }) => name === "MemoryUtilization").flatMap(({ points }) => points.map(({ value }) => value)),
  );
  return Number.isFinite(most) ? `; within the last hour it used ${Math.round(most)} % at most by CloudWatch's minutes` : "";
}

function usedMost({ gathered }: Facts): boolean {
  return gathered.metrics.some(({ name, points }) => name === "MemoryUtilization" && points.some(({ value }) => value >= 95));
}

function killed(facts: Facts, task: Task, container: Container, how: string, finding: Make): Finding {
  const more = moreMemory(facts);
  return finding("out-of-memory-task", "perhaps", `${how} (SIGKILL): mostly out of memory, of which ECS has no word here`, {
    ...{ key: "memoryMiB", changes: more?.changes },
    fix: "Look at its memory, and give the task more; or at what else kills it.",
  });
}

/** A task that took its whole stop timeout to end, and was killed. */
export function stopTimeoutFindings(facts: Facts): Finding[] {
  for (const task of facts.gathered.stoppedTasks) {
    const { stoppingAt, stoppedAt, executionStoppedAt = stoppedAt, containers = [] } = task;
    if (!stoppingAt || !executionStoppedAt || executionStoppedAt < facts.since) continue;
    const took = (executionStoppedAt.getTime() - stoppingAt.getTime()) / 1000;
    const killed = containers.find(
      ({ name, exitCode, reason = "" }) =>
        exitCode === 137 && !outOfMemory.test(reason) && took >= (facts.containerOf(task, name)?.stopTimeout ?? 30),
    );
    if (!killed) continue;
    const timeout = facts.containerOf(task, killed.name)?.stopTimeout ?? 30;
    const path = facts.keyPath(killed.name, "stopTimeoutSeconds");
    return [
      {
        ...{ cause: "stop-timeout", certainty: "sure", weight: 20, key: keyOf(path) },
        problem: `container ${killed.name} did not end within ${timeout} s of SIGTERM, and was killed`,
        evidence: [{ where: task.taskArn!, saw: `exit code 137, ${Math.round(took)} s after ECS told it to stop` }],
        ...(timeout < 120 && { changes: [{ path, value: Math.min(120, timeout * 2) }] }),
        fix: "Let the program end on SIGTERM (a shell that starts it must `exec` it), or give it longer.",
      },
    ];
  }
  return [];
}

/** Whether the image of the task definition lacks the task's platform, although it was not yet pulled. */
export function platformFindings(facts: Facts): Finding[] {
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture === "ARM64" ? "linux/arm64" : "linux/amd64";
  return facts.containers.flatMap(({ name, image = "" }): Finding[] => {
    const platforms = valueOf(facts.gathered.images.get(image))?.platforms;
    if (!platforms || platforms.length === 0 || platforms.includes(wanted)) return [];
    const isOwn = name === facts.ownContainer;
    const other = wanted === "linux/arm64" ? "X86_64" : "ARM64";
    return [
      {
        ...{ cause: "image-architecture", certainty: "sure", weight: 95 },
        problem: `the image of ${name} has ${platforms.join(", ")}, and the task needs ${wanted}`,
        evidence: [{ where: image, saw: `its index has ${platforms.join(", ")}` }],
        ...(isOwn
          ? { key: "runtimePlatform.cpuArchitecture", changes: [{ path: ["runtimePlatform", "cpuArchitecture"], value: other }] }
          : { key: `sidecars.${name}.image` }),
        fix: isOwn ? "Build the image for the task's platform, or run the task on the image's." : "Name an image that has the platform.",
      },
    ];
  });
}
