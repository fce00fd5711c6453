import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, exceptionsIn } from "@fairlead/policy";

import { embeddedPlan, inProject } from "./checkout";

/**
 * The repository's policy pack, beside the real one, for a language host that is older than policy packs: with a runtime that has no plugin
 * the engine runs `pulumi-analyzer-policy-<runtime>` from PATH.
 */
export function policyPackFor(checkout: string): string {
  const pack = join(checkout, "packages/policy/pack");
  const copy = `${pack}-sandbox`;
  cpSync(pack, copy, { recursive: true });
  const settings = join(copy, "PulumiPolicy.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("runtime: nodejs", "runtime: sandboxjs"));
  return copy;
}

/** What the rules say of the embedded plan of the same checkout, as the engine names it. */
export async function findingsOfPlan(checkout: string): Promise<string[]> {
  return evaluate(await embeddedPlan(checkout), exceptionsIn(inProject(checkout)))
    .findings.map(({ control, urn }) => `${control.replace(/\./g, "-")} ${urn}`)
    .sort();
}
