import type { DependentsFact, NameFact } from "./facts";
import type { Sides } from "./sides";

/** Who calls what is exchanged, or goes. Who uses a name that goes was told with the name. */
export function dependentFacts({ pairs, gone, before, after }: Sides, names: readonly NameFact[]): DependentsFact[] {
  const exchanged = pairs
    .filter(({ change }) => change.rollout !== undefined)
    .map(({ name, after: { callers } }): DependentsFact => ({ kind: "dependents", of: name, callers: [...callers].sort(), goes: false }));
  const left = gone.map(({ service, formerName }): DependentsFact => {
    const of = formerName ?? service;
    const told = new Set(names.filter((name) => name.of === of).flatMap(({ users }) => users));
    const callers = (before.get(of)?.callers ?? []).filter((caller) => after.has(caller) && !told.has(caller));
    return { kind: "dependents", of, callers: callers.sort(), goes: true };
  });
  return [...exchanged, ...left].filter(({ callers }) => callers.length > 0);
}
