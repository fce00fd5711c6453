import type { Claims } from "../findings/claims";
import type { Workload } from "./readManifest";

/**
 * A Backend Service with `http` is behind the internal load balancer, as a web service can be here. One without a port is one that nobody calls, which is a worker here. A kind is the same in all environments.
 */
export function settleKinds(workloads: readonly Workload[], claims: Claims): void {
  for (const { root, name, type, base, environments } of workloads) {
    if (type !== "Backend Service") continue;
    const all = [base, ...environments.values()];
    if (all.some(({ manifest }) => manifest.routes !== undefined)) {
      for (const { manifest } of all) {
        delete manifest.kind;
        manifest.internal = true;
      }
      continue;
    }
    if (all.some(({ manifest }) => manifest.containerPort !== undefined)) continue;
    for (const { manifest } of all) manifest.kind = "worker";
    claims.say({
      outcome: "changed",
      place: (root.entries.get("type")?.value ?? root).origin.place,
      source: "type",
      service: name,
      to: "kind: worker",
      text: "it has no port, so that nobody calls it: such a service is a worker here.",
    });
  }
}
