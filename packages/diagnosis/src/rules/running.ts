import type { Task } from "@aws-sdk/client-ecs";
import { likelyCause, quoted, type LikelyCauseId } from "@fairlead/model";
import { stopOf } from "@fairlead/rollout";

import type { CauseId } from "../causes";
import type { Facts } from "../facts";
import type { Finding } from "../finding";
import type { LogTail } from "../gather/gathered";
import { valueOf } from "../gather/lookout";
import { fixOfWords } from "./words";

/** What a program that runs may complain of, and that is wrong all the same. */
const complaints: Partial<Record<LikelyCauseId, CauseId>> = {
  "database-connections": "database-connections",
  "database-password": "database-password",
  "task-role-permission": "task-role-permission",
  "calls-throttled": "calls-throttled",
  "unresolvable-name": "unresolvable-name",
  "dependency-unreachable": "dependency-unreachable",
  ulimits: "ulimits",
  "disk-full": "disk-full",
  "read-only-file-system": "read-only-file-system",
};
/** Lines of a complaint that are more than an accident. */
const fewest = 2;

/**
 * What programs that run say in their last lines, or those that ECS stopped as unhealthy. One line is an accident that a good program survives: several,
 * or one of a task that is unhealthy, are told.
 */
export function runningFindings(facts: Facts): Finding[] {
  const unhealthy = new Set([
    ...unhealthyTargets(facts),
    ...facts.failures.filter((task) => /^unhealthy/.test(stopOf(task))).map(({ taskArn }) => taskArn),
  ]);
  const running = new Set(facts.gathered.runningTasks.map(({ taskArn }) => taskArn));
  return facts.gathered.logs.flatMap((log): Finding[] => {
    const isUnhealthy = unhealthy.has(log.taskArn);
    if (!isUnhealthy && !running.has(log.taskArn)) return [];
    const told = unsettled(log.lines).flatMap(({ text, at }) => {
      const id = likelyCause({ reason: "", lines: [text] })?.id;
      const cause = id && complaints[id];
      // What it complained of before it got going is over.
      return cause && facts.now.getTime() - at.getTime() < 30 * 60_000 ? [{ cause, text }] : [];
    });
    const counts = new Map<CauseId, string[]>();
    for (const { cause, text } of told) counts.set(cause, [...(counts.get(cause) ?? []), text]);
    return [...counts].flatMap(([cause, lines]): Finding[] => {
      if (lines.length < fewest && !isUnhealthy) return [];
      const words = fixOfWords(cause, facts, { name: log.container }, lines);
      return [
        {
          // It says what it can't do; whether it is unhealthy for that it does not say.
          ...(isUnhealthy ? { cause, certainty: "perhaps", weight: 97 } : { cause, certainty: "sure", weight: 45 }),
          problem: `container ${log.container} says ${lines.length === 1 ? "" : `${lines.length} times `}that ${words?.problem ?? "it can't do what it tries"}`,
          evidence: lines.slice(-2).map((line) => ({ where: `${log.group} ${log.stream}`, saw: quoted(line) })),
          ...{ key: words?.key, changes: words?.changes, commands: words?.commands },
          fix: words?.fix ?? likelyCause({ reason: "", lines })?.fix ?? "Read its log.",
        },
      ];
    });
  });
}

/** Lines after which a program says that all is well again. */
const settled = /\b(?:re)?connected\b|\brecovered\b|\bconnection (?:re-?)?established\b|\bback online\b/i;

/** The lines since a program last said that all is well again. */
function unsettled(lines: LogTail["lines"]): LogTail["lines"] {
  return lines.slice(lines.findLastIndex(({ text }) => settled.test(text)) + 1);
}

/** ARNs of the tasks that the load balancer finds unhealthy. */
function unhealthyTargets({ gathered }: Facts): (string | undefined)[] {
  const addresses = [...gathered.targetHealth.values()]
    .flatMap((seen) => valueOf(seen) ?? [])
    .flatMap(({ Target, TargetHealth }) => (TargetHealth?.State === "unhealthy" ? (Target?.Id ?? []) : []));
  const isOne = ({ containers = [] }: Task) =>
    containers.some(({ networkInterfaces = [] }) =>
      networkInterfaces.some(({ privateIpv4Address }) => addresses.includes(privateIpv4Address ?? "")),
    );
  return gathered.runningTasks.filter(isOne).map(({ taskArn }) => taskArn);
}
