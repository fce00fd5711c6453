import type { Task } from "../task/task";
import { edgeNetwork, groupName } from "./names";

/** That one task may open connections to another. */
export interface Edge {
  caller: Task;
  callee: Task;
}

/** A network on which each of some tasks finds each of others, or of the same. */
export interface Link {
  network: string;
  callers: readonly Task[];
  callees: readonly Task[];
}

/**
 * The networks for who reaches whom. Tasks that all reach each other, and the same others, share one: a network for each pair would be hundreds where each lets
 * in the whole VPC. A task that reaches itself alone needs none.
 */
export function linksOf(edges: readonly Edge[]): Link[] {
  const groups = groupsOf(edges);
  const links = new Map<string, Link>();
  for (const { caller, callee } of edges) {
    const [callers, callees] = [groups.get(caller)!, groups.get(callee)!];
    if (callers === callees && callees.length === 1) continue;
    const network = callers === callees ? groupName(callees) : edgeNetwork(groupName(callers), groupName(callees));
    links.set(network, { network, callers, callees });
  }
  return [...links.values()];
}

/**
 * By their tasks. Those whose callers and callees are the same reach each other, where each reaches itself: it is among its own callers, and so among those of
 * the others. Clients of Service Connect are apart: they alone find its names.
 */
function groupsOf(edges: readonly Edge[]): Map<Task, Task[]> {
  const [callersOf, calleesOf] = [new Map<Task, Set<string>>(), new Map<Task, Set<string>>()];
  for (const { caller, callee } of edges) {
    for (const [map, key, value] of [
      [callersOf, callee, caller],
      [calleesOf, caller, callee],
    ] as const)
      map.set(key, (map.get(key) ?? new Set<string>()).add(value.name));
  }
  const byKey = new Map<string, Task[]>();
  const groups = new Map<Task, Task[]>();
  for (const task of new Set(edges.flatMap(({ caller, callee }) => [caller, callee]))) {
    const [callers, callees] = [callersOf, calleesOf].map((map) => [...(map.get(task) ?? [])].sort()) as [string[], string[]];
    const reachesItself = callers.includes(task.name);
    const key = JSON.stringify(reachesItself ? [callers, callees, task.isClientOfServiceConnect] : task.name);
    const group = byKey.get(key) ?? [];
    byKey.set(key, group);
    group.push(task);
    groups.set(task, group);
  }
  for (const group of byKey.values()) group.sort((a, b) => (a.name < b.name ? -1 : 1));
  return groups;
}
