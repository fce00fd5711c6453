import { changedStackOutputs, type ChangeSet } from "@fairlead/changes";
import { isReference, referencesIn } from "@fairlead/plan";

import type { Danger } from "./danger";

/** What `deployServices` says of each service's image, which changes whenever one is deployed. */
const toldByServices = ["images", "releases"];

/** Outputs of the stack that go or say something else: other stacks, and people, read them. */
export function changedOutputs(changes: ChangeSet): Danger[] {
  const { before, after, source } = changes;
  // The engine's preview tells none.
  if (before.resources.length === 0 || after.resources.length === 0 || source === "engine") return [];
  const { former, gone, changed } = changedStackOutputs(changes);
  const told = (severity: Danger["severity"], verb: string, names: string[], text: string): Danger[] => {
    const title = `${verb} ${names.length === 1 ? "output" : "outputs"} ${names.join(", ")}`;
    return names.length === 0 ? [] : [{ severity, title, forcedBy: [], text, urns: [] }];
  };
  const elsewhere = changed.filter((name) => isOfOther(former[name], after.outputs[name]));
  const others = changed.filter((name) => !elsewhere.includes(name) && !toldByServices.includes(name));
  return [
    ...told("interruption", "no longer has the", gone, "A stack or a script that reads it fails."),
    ...told(
      "interruption",
      "has something else as",
      elsewhere,
      "A stack or a script that reads it goes on with what it says from then on.",
    ),
    ...told(
      "unknown",
      "has another value as",
      others,
      "Whoever reads it, such as another stack, a script or a test, gets another: nobody here knows who does.",
    ),
  ];
}

/** Whether a text, or a single value, comes from other resources than before. */
function isOfOther(was: unknown, is: unknown): boolean {
  const sources = (value: unknown) => [...new Set(referencesIn(value).map(({ urn }) => urn))].sort().join(" ");
  return (typeof was === "string" || typeof is === "string" || isReference(was)) && sources(was) !== sources(is);
}
