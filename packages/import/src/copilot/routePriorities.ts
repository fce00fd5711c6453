import { freePriority, rulePriorities, type RoutePattern } from "@fairlead/model";

import type { Workload } from "./readManifest";

/** Two routes of a load balancer may come to the same priority: the later one, in the order of services, gets one that is free. */
export function separatePriorities(workloads: readonly Workload[]): void {
  const manifests = workloads.flatMap(({ base, environments }) => [base, ...environments.values()]).map(({ manifest }) => manifest);
  for (const isInternal of [false, true])
    separate(
      manifests.flatMap(({ internal = false, routes }) => (internal === isInternal ? [(routes as RoutePattern[] | undefined) ?? []] : [])),
    );
}

function separate(all: RoutePattern[][]): void {
  const taken = new Set<number>();
  const chosen = new Map<string, number | undefined>();
  for (const route of all.flat()) {
    const key = JSON.stringify([route.host, route.path]);
    if (chosen.has(key)) continue;
    const { priority, testPriority } = rulePriorities(route);
    const isFree = !taken.has(priority) && !taken.has(testPriority);
    const own = isFree ? undefined : freePriority(route, taken);
    chosen.set(key, own);
    taken.add(own ?? priority).add((own ?? priority) - 1);
  }
  for (const route of all.flat()) {
    const priority = chosen.get(JSON.stringify([route.host, route.path]));
    if (priority !== undefined) route.priority = priority;
  }
}
