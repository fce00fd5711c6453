import type { Workload } from "./readManifest";
import type { DataNeed } from "../write/imported";

/** What stacks/data.ts declares for some services, each name once: as the first environment that has it says. */
export function dataNeeds(workloads: readonly Workload[]): DataNeed[] {
  const all = workloads.flatMap(({ base, environments }) => [...base.data, ...[...environments.values()].flatMap(({ data }) => data)]);
  const byName = new Map<string, DataNeed>();
  for (const need of all) if (!byName.has(need.name)) byName.set(need.name, need);
  // A queue names the topics that it is subscribed to.
  return [...byName.values()].sort((a, b) => Number(a.declaration.startsWith("queue")) - Number(b.declaration.startsWith("queue")));
}
