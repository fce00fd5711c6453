import { nounOf, type ChangeSet } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import { holdsSecret } from "@fairlead/plan";

import { isHarmless } from "./arguments";
import type { Danger } from "./danger";

/** Secrets that both plans have and that nobody compared: a commit from before they could be makes such a plan. */
export function uncomparedSecrets({ source, before, after, resources }: ChangeSet): Danger[] {
  // The engine compares them itself.
  if (source !== "embedded" || before === after) return [];
  const found = resources.flatMap(({ urn, type, name, before: was, after: is }) => {
    if (!was || !is) return [];
    const hidden = (value: unknown) => holdsSecret(value) && !holdsSecret(value, { marked: true });
    const names = Object.keys(is.inputs).filter(
      (argument) => !isHarmless(type, argument) && hidden(is.inputs[argument]) && hidden(was.inputs[argument]),
    );
    return names.map((argument) => ({ urn, told: `${argument} of ${nounOf(type, is.inputs)} ${name}` }));
  });
  if (found.length === 0) return [];
  return [
    {
      severity: "unknown",
      title: `has secrets that could not be compared: ${firstFew(
        found.map(({ told }) => told),
        3,
      )}`,
      forcedBy: [],
      text: "The plan before was made by a version that has no way to. Whether they are other values only the sources say.",
      urns: [...new Set(found.map(({ urn }) => urn))],
    },
  ];
}
