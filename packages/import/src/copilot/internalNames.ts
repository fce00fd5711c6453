import { posix } from "node:path";

import type { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import type { Workload } from "./readManifest";
import { isNamedIn } from "./sourceMentions";

/**
 * Says what becomes of the names that Copilot gives services behind the internal load balancer, `<service>.<environment>.<application>.internal`: a zone in
 * Route 53 that nobody makes here.
 */
export function tellInternalNames(
  workloads: readonly Workload[],
  files: SourceFiles,
  root: string,
  application: string,
  claims: Claims,
): void {
  const domain = `.${application}.internal`;
  const isUsed =
    workloads.some(({ base, environments }) =>
      [base, ...environments.values()].some(({ manifest }) => JSON.stringify(manifest).includes(domain)),
    ) || isNamedIn(files, posix.normalize(root === "" ? "." : root), domain) === true;
  for (const { root: manifest, name, type, base } of workloads) {
    if (type !== "Backend Service" || base.manifest.internal !== true) continue;
    claims.say({
      outcome: isUsed ? "decide" : "changed",
      place: (manifest.entries.get("http")?.value ?? manifest).origin.place,
      source: "http",
      service: name,
      to: "internal",
      text: isUsed
        ? `Somebody calls it ${name}.<environment>${domain}, which no zone answers to here: lead that name to the internal load balancer, or call it by its name in DNS.`
        : `nobody here calls it ${name}.<environment>${domain}, and no zone answers to that any more: the internal load balancer has a name of AWS's.`,
    });
  }
}
