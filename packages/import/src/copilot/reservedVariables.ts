import { regionVariable, portVariable } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { childOf } from "../source/sourceNode";
import type { Workload } from "./readManifest";

/** A secret can't have the name of a variable that a service has anyway: ECS takes a name once. */
export function leaveReservedSecrets(workloads: readonly Workload[], claims: Claims): void {
  for (const { root, name: service, base, environments } of workloads) {
    for (const translation of [base, ...environments.values()]) {
      const { secrets, containerPort } = translation.manifest as { secrets?: Record<string, unknown>; containerPort?: number };
      for (const variable of [regionVariable, ...(containerPort === undefined ? [] : [portVariable])]) {
        if (!secrets || !(variable in secrets)) continue;
        delete secrets[variable];
        if (Object.keys(secrets).length === 0) delete translation.manifest.secrets;
        claims.say({
          outcome: "changed",
          place: (childOf(childOf(root, "secrets"), variable) ?? root).origin.place,
          source: `secrets.${variable}`,
          service,
          to: variable === regionVariable ? "(the environment's region)" : "containerPort",
          text: "a service has this variable already, and ECS takes a name once: what the secret held has to be the same.",
        });
      }
    }
  }
}
