import { stopOf } from "@fairlead/rollout";

import type { CauseId } from "./causes";
import { Facts } from "./facts";
import type { Finding, Wait } from "./finding";
import type { Gathered } from "./gather/gathered";
import { containerHealthFindings } from "./rules/containerHealth";
import { deletedFindings, deploymentFindings, silentFindings, waitsOf } from "./rules/deployment";
import { endedFindings, goneFindings, platformFindings, stopTimeoutFindings } from "./rules/ended";
import { targetFindings } from "./rules/health";
import { jobFindings } from "./rules/job";
import { addressFindings, placeFindings } from "./rules/places";
import { runningFindings } from "./rules/running";
import { startFindings } from "./rules/start";

/** What is wrong, the likeliest first, and what goes on. */
export interface Judgement {
  findings: Finding[];
  waits: Wait[];
}

/** Tasks that are looked at one by one. Those that failed alike are told once. */
const mostTasks = 50;

/** Names causes from what was gathered. It asks nobody anything. */
export function judge(gathered: Gathered): Judgement {
  const facts = new Facts(gathered);
  const ofTasks = facts.failures.slice(0, mostTasks).flatMap((task): Finding[] => {
    const stop = stopOf(task);
    if (stop === "notStarted") return startFindings(facts.of(task), task);
    return stop === "ended" ? endedFindings(facts.of(task), task) : [];
  });
  const findings = [
    ...deletedFindings(facts),
    ...ofTasks,
    ...(facts.isTroubled ? platformFindings(facts) : []),
    ...goneFindings(facts),
    ...containerHealthFindings(facts),
    ...targetFindings(facts),
    ...placeFindings(facts),
    ...addressFindings(facts),
    ...runningFindings(facts),
    ...jobFindings(facts),
    ...deploymentFindings(facts),
    ...stopTimeoutFindings(facts),
    ...silentFindings(facts),
  ];
  return { findings: ordered(merged(withoutConsequences(withHealth(findings)))), waits: waitsOf(facts) };
}

/** Of each cause and key the one with the most weight, and more where several tasks say so. */
function merged(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.cause} ${finding.key ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const best = group.reduce((most, finding) => (rank(finding) > rank(most) ? finding : most));
    const certainty = group.some((each) => each.certainty === "sure") ? "sure" : "perhaps";
    return { ...best, certainty, weight: best.weight + Math.min(9, group.length - 1) };
  });
}

/** What a program complains of is why its answers are errors: what the load balancer saw belongs to it. */
function withHealth(findings: readonly Finding[]): Finding[] {
  const health = findings.find(({ cause, problem }) => cause === "target-health-status" && / with 5\d\d/.test(problem));
  if (!health) return [...findings];
  return findings.map((finding) =>
    complaints.has(finding.cause)
      ? { ...finding, evidence: [...finding.evidence, { where: "load balancer", saw: health.problem }] }
      : finding,
  );
}

const complaints = new Set<CauseId>([
  "database-connections",
  "database-password",
  "dependency-unreachable",
  "unresolvable-name",
  "task-role-permission",
]);

/** What is only what follows from another cause, and is told by nobody who has named that. */
const consequences: Partial<Record<CauseId, (others: ReadonlySet<CauseId>) => boolean>> = {
  "circuit-breaker": (others) => others.size > 0,
  "tasks-not-started": (others) => others.size > 0,
  "crash-while-running": (others) => others.has("crash-at-start"),
};

function withoutConsequences(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ cause }) => {
    const others = new Set(findings.map((each) => each.cause).filter((other) => other !== cause && other !== "stop-timeout"));
    return !consequences[cause]?.(others);
  });
}

const rank = ({ certainty, weight }: Finding) => weight + (certainty === "sure" ? 0 : -25);

const ordered = (findings: readonly Finding[]) => [...findings].sort((a, b) => rank(b) - rank(a));
