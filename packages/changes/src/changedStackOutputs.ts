import type { Plan } from "@fairlead/plan";

import { ChangedOutputs } from "./changedOutputs";
import type { ChangeSet } from "./model";
import { outputsUnderNewUrns } from "./renamedResources";
import { differences } from "./valueDifference";

/** What becomes of a stack's outputs. What comes with the change is read by nobody yet. */
export interface StackOutputChanges {
  /** As they were, under the names that resources have then. */
  former: Plan["outputs"];
  gone: string[];
  /** Those that say something else. */
  changed: string[];
  /** Those that say the same, which will be another value after apply. */
  moved: string[];
}

export function changedStackOutputs(changes: ChangeSet): StackOutputChanges {
  const moved = new ChangedOutputs();
  for (const { urn, type, operation } of changes.resources) moved.record(urn, type, operation);
  const [former, { outputs }] = [outputsUnderNewUrns(changes), changes.after];
  const staying = Object.keys(former).filter((name) => name in outputs);
  const isOther = (name: string, isMoved: (value: unknown) => boolean) => differences(former[name], outputs[name], isMoved).length > 0;
  const changed = staying.filter((name) => isOther(name, () => false));
  return {
    former,
    gone: Object.keys(former).filter((name) => !(name in outputs)),
    changed,
    moved: staying.filter((name) => !changed.includes(name) && isOther(name, moved.has)),
  };
}
