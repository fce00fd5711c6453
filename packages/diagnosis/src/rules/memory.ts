import type { Container } from "@aws-sdk/client-ecs";

import type { Facts } from "../facts";
import type { Finding, ManifestChange } from "../finding";
import { keyOf, moreMemory } from "./fixes";

type Told = Pick<Finding, "cause" | "certainty" | "problem" | "fix"> & Partial<Finding>;

export const outOfMemory = /OutOfMemory/i;

/** A runtime's own limit of memory, which is not the container's. */
const heaps: [pattern: RegExp, variable: string, option: RegExp, value: (memory: number) => string][] = [
  [
    /JavaScript heap out of memory/,
    "NODE_OPTIONS",
    /--max[-_]old[-_]space[-_]size(?:=|\s+)\d+/,
    (memory) => `--max-old-space-size=${Math.floor(memory * 0.75)}`,
  ],
  [
    /java\.lang\.OutOfMemoryError|OutOfMemoryError: Java heap space/,
    "JAVA_TOOL_OPTIONS",
    /-XX:MaxRAMPercentage=[\d.]+|-Xmx\w+/,
    () => "-XX:MaxRAMPercentage=75",
  ],
];
/** A program that is told that there is no memory. */
const refused = /^MemoryError\b|Cannot allocate memory|fatal error: runtime: out of memory|std::bad_alloc/m;
/** Percent of its memory from which on a task had none left. */
const full = 90;
/** The same, where nothing but an exit code speaks of memory. */
const exhausted = 95;

/** The task, or a container, that was killed for its memory. */
export function memoryTold(facts: Facts, container: Container): Told {
  const own = facts.containers.find(({ name }) => name === container.name)?.memory;
  const task = Number(facts.definition?.memory ?? Infinity);
  const used = usedText(facts);
  const more = moreMemory(facts);
  if (own !== undefined && own < task) {
    const path = facts.keyPath(container.name, "memoryMiB");
    const changes: ManifestChange[] | undefined = path.length > 1 && own * 2 < task ? [{ path, value: own * 2 }] : more?.changes;
    return {
      ...{ cause: "out-of-memory-container", certainty: "sure", key: keyOf(path), changes },
      problem: `container ${container.name} used more than its own ${own} MiB${used}`,
      fix: "Give it more memory, or find what it keeps.",
    };
  }
  return {
    ...{ cause: "out-of-memory-task", certainty: "sure", key: "memoryMiB", changes: more?.changes },
    problem: `the task used more than its ${facts.definition?.memory} MiB: container ${container.name} was killed${used}`,
    fix: `Give the task more memory${more ? `, such as ${more.to} MiB` : ""}, or find what the program keeps.`,
  };
}

/** A container that was killed, by whom and for what ECS does not say. */
export function killedTold(facts: Facts, how: string): Told {
  const isFull = mostUsed(facts) >= exhausted;
  return {
    ...{ cause: "out-of-memory-task", certainty: "perhaps", key: "memoryMiB" },
    problem: `${how} (SIGKILL): mostly out of memory, of which ECS has no word here${usedText(facts)}`,
    ...(isFull && { changes: moreMemory(facts)?.changes, weight: 80 }),
    fix: isFull
      ? "Give the task more memory, or find what the program keeps."
      : "Look at its memory, and give the task more; or at what else kills it.",
  };
}

/** A program that asked for memory and was given none. */
function refusedTold(facts: Facts, name: string | undefined): Told {
  const more = moreMemory(facts);
  const isFull = mostUsed(facts) >= full;
  return {
    ...{ cause: "out-of-memory-task", certainty: "perhaps", key: "memoryMiB", weight: 80, ...(isFull && { changes: more?.changes }) },
    problem: `container ${name} says that it was given no more memory; the task has ${facts.definition?.memory} MiB${usedText(facts)}`,
    fix: `Find what it asks so much memory for, or give the task more${more ? `, such as ${more.to} MiB` : ""}.`,
  };
}

/** A runtime that reached its own limit, and said so; undefined where none did. */
export function heapTold(facts: Facts, { name }: Container, text: string, isStart: boolean): Told | undefined {
  if (refused.test(text)) return refusedTold(facts, name);
  const heap = heaps.find(([pattern]) => pattern.test(text));
  if (!heap) return undefined;
  if (mostUsed(facts) >= full) return refusedTold(facts, name);
  const [, variable, option, value] = heap;
  const path = facts.keyPath(name, "environment", variable);
  // What else the variable says stays.
  const { environment = [] } = facts.containers.find((each) => each.name === name) ?? {};
  const others = environment.find((each) => each.name === variable)?.value?.replace(option, "") ?? "";
  const wanted = `${others} ${value(Number(facts.definition?.memory ?? 512))}`.replace(/\s+/g, " ").trim();
  return {
    ...{ cause: isStart ? "crash-at-start" : "crash-while-running", certainty: "sure", key: keyOf(path) },
    problem: `container ${name} reached its runtime's own limit of memory, its heap, and not the task's ${facts.definition?.memory} MiB${usedText(facts)}`,
    changes: [{ path, value: wanted }],
    fix: "Let the runtime use the memory that the task has, or find what the program keeps.",
  };
}

/** Percent of its memory that the service used at most within the last hour; 0 where nobody knows. */
export function mostUsed({ gathered }: Facts): number {
  return Math.max(
    0,
    ...gathered.metrics.filter(({ name }) => name === "MemoryUtilization").flatMap(({ points }) => points.map(({ value }) => value)),
  );
}

function usedText(facts: Facts): string {
  const most = mostUsed(facts);
  return most > 0 ? `; within the last hour it used ${Math.round(most)} % at most by CloudWatch's minutes` : "";
}
