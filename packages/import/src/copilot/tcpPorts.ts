import type { Claims } from "../findings/claims";
import type { Workload } from "./readManifest";

/** With Copilot each service has a network load balancer of its own; here they share one, so that a port is one service's. */
export function separateTcpPorts(workloads: readonly Workload[], claims: Claims): void {
  const owners = new Map<string, Workload>();
  for (const workload of workloads) {
    for (const translation of [workload.base, ...workload.environments.values()]) {
      const { tcp } = translation.manifest as { tcp?: { port: number } };
      if (!tcp) continue;
      const key = JSON.stringify([translation.environment, tcp.port]);
      const owner = owners.get(key) ?? workload;
      owners.set(key, owner);
      if (owner === workload) continue;
      delete translation.manifest.tcp;
      claims.say(
        {
          outcome: "decide",
          place: (workload.root.entries.get("nlb")?.value ?? workload.root).origin.place,
          source: "nlb.port",
          service: workload.name,
          to: "tcp.port",
          was: String(tcp.port),
          text: `The services of an environment share its network load balancer, and ${owner.name} has the port: choose another, or leave one of the two out.`,
        },
        translation.environment,
      );
    }
  }
}
