import type { Container, Task } from "@aws-sdk/client-ecs";
import { likelyCause, quoted, type LikelyCause, type LikelyCauseId } from "@fairlead/model";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Evidence, Finding } from "../finding";
import type { LogTail } from "../gather/gathered";
import { valueOf } from "../gather/lookout";
import { keyOf } from "./fixes";
import { headline, lastLine, tellingLines } from "./lastWords";
import { heapTold, killedTold, memoryTold, outOfMemory } from "./memory";
import { fixOfWords } from "./words";

/** Seconds within which an end counts as one at the start. */
const startSeconds = 120;
/** Lines that are quoted of a log. */
const quotedAtMost = 3;
/** Exit codes of a container that was told to end: they say nothing of itself. */
const toldToEnd = new Set([143, 130]);

/** Why a container ended by itself, and with it its task. */
export function endedFindings(facts: Facts, task: Task): Finding[] {
  const container = culpritOf(facts, task);
  if (!container) return [];
  const log = facts.logOf(task, container.name);
  const ran = facts.ranSeconds(task);
  const { exitCode, reason = "" } = container;
  const code = exitCode === undefined ? "no exit code" : `exit code ${exitCode}`;
  const how = `container ${container.name} ended with ${code}${ran === undefined ? "" : ` after ${Math.round(ran)} s`}`;
  const words = [reason, task.stoppedReason].filter(Boolean).join("; ");
  const isStart = ran === undefined || ran <= startSeconds;
  return endFindings(facts, { container, words, how, log, isOwnLog: log?.taskArn === task.taskArn, isStart, where: task.taskArn! });
}

/** How a container ended, as far as that is known. */
export interface End {
  container: Container;
  /** ECS's. */
  words: string;
  how: string;
  log: LogTail | undefined;
  /** Whether the log is this very task's, not that of one which stopped alike. */
  isOwnLog: boolean;
  isStart: boolean;
  where: string;
}

/** Why a container ended, by ECS's words, its exit code and its own last lines. */
export function endFindings(facts: Facts, end: End): Finding[] {
  const { container, words, how, log, isStart, where } = end;
  const all = (log?.lines ?? []).map(({ text }) => text);
  const lines = tellingLines(all);
  const last = headline(lines);
  const quotedLines = [...new Set([...(last === undefined ? [] : [last]), ...all.slice(-quotedAtMost)])];
  const evidence: Evidence[] = [
    { where, saw: quoted(`${how}: ${container.reason || words}`) },
    ...(log
      ? all
          .filter((line) => quotedLines.includes(line))
          .slice(-quotedAtMost - 1)
          .map((line) => ({ where: `${log.group} ${log.stream}`, saw: quoted(line) }))
      : []),
  ];
  const finding = (told: Pick<Finding, "cause" | "certainty" | "problem" | "fix"> & Partial<Finding>): Finding => ({
    ...{ evidence, weight: told.certainty === "sure" ? 80 : 60 },
    ...told,
  });
  const { exitCode } = container;
  if (outOfMemory.test(words)) return [finding(memoryTold(facts, container))];
  const heap = heapTold(facts, container, lines.join("\n"), isStart);
  if (heap) return [finding(heap)];
  const remains = { exitCode, reason: words };
  const cause = likelyCause({ ...remains, lines: lines.slice(-15) }) ?? likelyCause({ ...remains, lines });
  if (!cause) {
    const said = last ? `; its last words: "${quoted(last)}"` : log ? ", and logged nothing" : unreadText(facts, container);
    const fix = last
      ? "Read its last lines: it says itself why it ended."
      : "Start it on your machine with the same variables: `npx fairlead run <service> -s <stack>`.";
    const certainty = exitCode === undefined && words === "" ? "perhaps" : "sure";
    return [finding({ cause: isStart ? "crash-at-start" : "crash-while-running", certainty, problem: `${how}${said}`, fix, weight: 40 })];
  }
  if (cause.id === "killed") return [finding(killedTold(facts, how))];
  // What it complained of before it was done is not why it ended.
  if (cause.id === "exits-as-done" || (exitCode === 0 && !isSaidFrom(lastLine(all), cause, lines))) {
    const key = keyOf(facts.keyPath(container.name, "command"));
    return [finding({ cause: "exits-as-done", certainty: "sure", problem: `${how}, as if its work were done`, key, fix: endsAsDone })];
  }
  const { id } = cause;
  const certainty = isSaid(cause, end, lines) ? "sure" : "perhaps";
  // The image is of the right CPU, and the kernel knows what is in it for no program: a missing interpreter is another error.
  if (id === "image-architecture" && hasPlatform(facts, container))
    return [finding({ cause: "program-not-executable", certainty, problem: `${how}: ${strange.problem}`, fix: strange.fix })];
  const main = finding({ ...toldOf(facts, id, cause, container, lines, how), certainty });
  return [main, ...besides(facts, id, container, lines, how).map((told) => finding({ ...told, certainty: "perhaps", weight: 70 }))];
}

const endsAsDone = likelyCause({ exitCode: 0, reason: "", lines: [] })!.fix!;

/**
 * Whether ECS says it of this container, or the container itself with its last words as it ended with an error. An exit code alone, an older line, or a line
 * of another task tells what usually is behind such an end.
 */
function isSaid(cause: LikelyCause, { container: { exitCode = 0 }, words, isOwnLog }: End, lines: readonly string[]): boolean {
  if (likelyCause({ reason: words, lines: [] })?.id === cause.id) return true;
  return isOwnLog && exitCode !== 0 && !toldToEnd.has(exitCode) && isSaidFrom(headline(lines), cause, lines);
}

/** Whether a line, or what comes after it, says so. */
function isSaidFrom(line: string | undefined, cause: LikelyCause, lines: readonly string[]): boolean {
  const last = lines.slice(Math.max(0, lines.lastIndexOf(line ?? "")));
  return likelyCause({ reason: "", lines: last })?.id === cause.id;
}

type Told = Pick<Finding, "cause" | "problem" | "fix"> & Partial<Finding>;

function toldOf(facts: Facts, cause: CauseId, likely: LikelyCause, container: Container, lines: readonly string[], how: string): Told {
  const told = fixOfWords(cause, facts, container, lines);
  const { key, changes, commands } = told ?? {};
  const problem = `${how}: ${told?.problem ?? likely.cause.replace(/\.$/, "")}`;
  return { cause, problem, fix: told?.fix ?? likely.fix ?? "Read its last lines.", key, changes, commands };
}

/** Causes that may stand beside another: what a program says of what it calls. */
const besidesOthers = new Set<LikelyCauseId>(["database-connections", "database-password", "task-role-permission", "unresolvable-name"]);

function besides(facts: Facts, main: CauseId, container: Container, lines: readonly string[], how: string): Told[] {
  const others = new Map<CauseId, Told>();
  for (const line of lines) {
    const likely = likelyCause({ reason: "", lines: [line] });
    if (!likely || likely.id === main || likely.id === "killed" || !besidesOthers.has(likely.id)) continue;
    others.set(likely.id, toldOf(facts, likely.id, likely, container, [line], how));
  }
  return [...others.values()];
}

const strange = {
  problem: "its program is for another CPU than its image says, is empty, or is a script without #! line",
  fix: "Build the program in the Dockerfile, for the image's platform, instead of copying one that was built elsewhere; a script begins with #! and its interpreter.",
};

/** Why nobody knows what a container logged. */
function unreadText({ gathered, containers }: Facts, { name }: Container): string {
  const driver = containers.find((each) => each.name === name)?.logConfiguration?.logDriver;
  if (driver === undefined) return "; it has no log driver, so that nothing of what it logged is kept";
  if (driver !== "awslogs") return `; its log goes to ${driver}, and was not read`;
  const denied = gathered.unseen.some(({ action }) => action === "logs:GetLogEvents");
  return denied ? "; its log could not be read (logs:GetLogEvents)" : "; no log of it was found";
}

/** Whether the container's image was seen to have the task's platform. */
function hasPlatform(facts: Facts, { name }: Container): boolean {
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture === "ARM64" ? "linux/arm64" : "linux/amd64";
  const image = facts.containers.find((each) => each.name === name)?.image;
  return valueOf(facts.gathered.images.get(image ?? ""))?.platforms?.includes(wanted) === true;
}

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
        fix: "Let the program end on SIGTERM (a shell that starts it must `exec` it); where it needs the time, raise stopTimeoutSeconds, 120 at most.",
      },
    ];
  }
  return [];
}

/** What the log says of tasks that failed more than an hour ago, of which ECS keeps nothing. */
export function goneFindings(facts: Facts): Finding[] {
  const { gathered, deploymentState } = facts;
  if (facts.failures.length > 0 || gathered.runningTasks.length > 0 || deploymentState !== "failed") return [];
  return gathered.logs
    .filter(({ taskArn }) => taskArn === "")
    .slice(0, 1)
    .flatMap((log) => {
      const container = { name: log.container };
      const how = `container ${log.container} ended with its task, of which ECS keeps nothing after an hour`;
      return endFindings(facts, { container, words: "", how, log, isOwnLog: false, isStart: true, where: `${log.group} ${log.stream}` });
    });
}

/** Whether the image of the task definition lacks the task's platform, although it was not yet pulled. */
export function platformFindings(facts: Facts): Finding[] {
  const wanted = facts.definition?.runtimePlatform?.cpuArchitecture === "ARM64" ? "linux/arm64" : "linux/amd64";
  return facts.containers.flatMap(({ name, image = "" }): Finding[] => {
    const platforms = valueOf(facts.gathered.images.get(image))?.platforms;
    if (!platforms || platforms.length === 0 || platforms.includes(wanted)) return [];
    const isOwn = name === facts.ownContainer;
    const other = wanted === "linux/arm64" ? "X86_64" : "ARM64";
    const hasOther = platforms.includes(other === "ARM64" ? "linux/arm64" : "linux/amd64");
    const changes = [{ path: ["runtimePlatform", "cpuArchitecture"], value: other }];
    return [
      {
        ...{ cause: "image-architecture", certainty: "sure", weight: 95 },
        problem: `the image of ${name} has ${platforms.join(", ")}, and the task needs ${wanted}`,
        evidence: [{ where: image, saw: `its index has ${platforms.join(", ")}` }],
        ...(isOwn ? { key: "runtimePlatform.cpuArchitecture", ...(hasOther && { changes }) } : { key: `sidecars.${name}.image` }),
        fix: isOwn ? "Build the image for the task's platform, or run the task on the image's." : "Name an image that has the platform.",
      },
    ];
  });
}
