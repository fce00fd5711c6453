import type { Claims } from "../findings/claims";
import type { StoredParameter } from "./addons/storedParameters";
import { nameBound } from "./cloudFormationImports";
import type { Workload } from "./readManifest";
import { use } from "./steps/topics";

/** Binds who reads parameters that addons wrote of their data, and says what becomes of the parameters, and of each secret of a service's own container. */
export function settleStoredSecrets(workloads: readonly Workload[], parameters: readonly StoredParameter[], claims: Claims): void {
  const read = new Map<StoredParameter, Set<string>>();
  for (const { name, base, environments } of workloads)
    for (const translation of [base, ...environments.values()]) {
      const secrets = translation.manifest.secrets as Record<string, { ssm?: string }> | undefined;
      for (const { field, variable, claimed } of translation.storedSecrets) {
        const parameter = parameters.find((each) => {
          const path = each.nameIn(translation.environment);
          return path !== undefined && secrets?.[variable]?.ssm === path;
        });
        if (!parameter) {
          field.claim(claimed);
          continue;
        }
        delete secrets![variable];
        if (Object.keys(secrets!).length === 0) delete translation.manifest.secrets;
        use(translation, { name: parameter.data.name });
        nameBound(translation, parameter.data.name, parameter.part, variable);
        read.set(parameter, (read.get(parameter) ?? new Set()).add(name));
        field.claim({
          outcome: "changed",
          to: `uses: ${parameter.data.name}, as ${parameter.part}`,
          text: "an addon wrote the parameter of its data: the binding brings the same of the data here, with a login of the service's own.",
        });
      }
    }
  for (const parameter of parameters) {
    const readers = [...(read.get(parameter) ?? [])];
    claims.say(
      readers.length > 0
        ? {
            ...parameter.finding,
            outcome: "changed",
            to: `uses: ${parameter.data.name}, as ${parameter.part}`,
            text: `no parameter is made: who read it (${readers.join(", ")}) is bound to the data.`,
          }
        : {
            ...parameter.finding,
            outcome: "decide",
            text: `No manifest reads it. Whoever does is to be bound to ${parameter.data.name}, under uses.`,
          },
    );
  }
}
