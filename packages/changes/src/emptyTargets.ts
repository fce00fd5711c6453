import { referencesIn } from "@fairlead/plan";

import type { ChangeSet, ResourceChange } from "./model";

/** Listener rules and listeners that turn to a target group which the same change makes: nobody is in it yet. */
export function turnedToEmptyTargets({ resources }: Pick<ChangeSet, "resources">): ResourceChange[] {
  const isTargetGroup = ({ type, operation }: ResourceChange) => operation === "create" && type === "aws:lb/targetGroup:TargetGroup";
  const empty = new Set(resources.filter(isTargetGroup).map(({ urn }) => urn));
  return resources.filter(
    ({ type, operation, properties }) =>
      operation === "update" &&
      /^aws:lb\/listener(Rule)?:/.test(type) &&
      properties.some(({ after }) => referencesIn(after).some(({ urn }) => empty.has(urn))),
  );
}
