import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "@fairlead/plan";
import { evaluate, exceptionsIn } from "@fairlead/policy";

import { inProject } from "./checkout";

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
export function findingsOfPlan(checkout: string): string[] {
  const command = [join(checkout, "tools/fairlead/bin/fairlead.js"), "preview", "sandbox", "--json"];
  const plan = JSON.parse(execFileSync(process.execPath, command, { cwd: checkout, encoding: "utf8", maxBuffer: 1 << 28 })) as Plan;
  return evaluate(plan, exceptionsIn(inProject(checkout)))
    .findings.map(({ control, urn }) => `${control.replace(/\./g, "-")} ${urn}`)
    .sort();
}
