import { changedStackOutputs, type ChangeSet } from "@fairlead/changes";
import { readOutputs, type Plan } from "@fairlead/plan";

import type { OutputsFact } from "./facts";

/**
 * Other stacks that read outputs which change or go, by a StackReference. Of stacks that nobody planned nothing is known.
 *
 * @param others as they will be
 */
export function readersOf(changes: ChangeSet, others: readonly Plan[]): OutputsFact[] {
  const { gone, changed: said, moved } = changedStackOutputs(changes);
  const changed = new Set([...gone, ...said, ...moved]);
  if (changed.size === 0) return [];
  return others.flatMap((plan): OutputsFact[] => {
    if (plan.stack === changes.stack) return [];
    const outputs = [...outputsReadBy(plan, changes)].filter((name) => changed.has(name)).sort();
    if (outputs.length === 0) return [];
    return [{ kind: "outputs", of: plan.stack, outputs, gone: outputs.filter((name) => gone.includes(name)) }];
  });
}

/** A reference names a stack alone, or with its organization and project before it. */
function outputsReadBy(plan: Plan, { project, stack }: ChangeSet): Set<string> {
  const read = readOutputs(plan).flatMap(({ stack: named, output }) => {
    const [name, of = project] = named.split("/").reverse();
    return name === stack && of === project ? [output] : [];
  });
  return new Set(read);
}
