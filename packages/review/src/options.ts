import { nounOf, type ResourceChange } from "@fairlead/changes";
import type { PlanOptions } from "@fairlead/plan";

import type { OneDanger } from "./danger";

type Told = Pick<OneDanger, "severity" | "verb" | "text">;

/** What follows from other resource options, of a resource that stays. */
export function changedOptions({ type, name, urn, before, after }: ResourceChange): OneDanger[] {
  if (!before?.custom || !after) return [];
  return optionChanges(before.options, after.options, urn.includes("::fairlead:")).map(({ verb, ...told }) => ({
    ...told,
    verb: `${verb} ${nounOf(type)}`,
    name,
    urn,
  }));
}

/** @param isComponents whether a component of ours sets them: what it ignores is what something else decides, such as a number of tasks that is scaled */
function optionChanges(before: PlanOptions, after: PlanOptions, isComponents: boolean): Told[] {
  const told: Told[] = [];
  if (before.protect && !after.protect) {
    const text = "Until now Pulumi refused to delete or replace it. From then on an `up` may.";
    told.push({ severity: "lessProtected", verb: "no longer protects", text });
  }
  if (before.retainOnDelete && !after.retainOnDelete) {
    const text = "Until now it stayed in AWS when it left the program. From then on it is deleted there.";
    told.push({ severity: "lessProtected", verb: "no longer retains", text });
  }
  if (isComponents) return told;
  const [ignored, ignores] = [before.ignoreChanges ?? [], after.ignoreChanges ?? []];
  const lost = ignored.filter((path) => !ignores.includes(path));
  const gained = ignores.filter((path) => !ignored.includes(path));
  if (lost.length > 0) {
    const text = "What it is in AWS may differ from the program by now; `up` sets it back. The engine's preview shows to what.";
    told.push({ severity: "unknown", verb: `no longer ignores changes of ${lost.join(", ")}:`, text });
  }
  if (gained.length > 0) {
    const text = "What the program says of it no longer reaches AWS.";
    told.push({ severity: "unknown", verb: `ignores changes of ${gained.join(", ")}:`, text });
  }
  return told;
}
