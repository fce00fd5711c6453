import { sheetOf } from "@fairlead/model/awsTypes";

import type { ChangeSet, ResourceChange } from "./model";
import { supersededOpenings } from "./superseded";

/**
 * URNs of deleted and replaced resources whose loss says nothing more: parts of what goes or is replaced as well, such as the rules of a security group
 * or the instances of a database, and those that the same change makes anew under another name.
 */
export function impliedDeletions(changes: Pick<ChangeSet, "resources" | "before">): ReadonlySet<string> {
  const { resources } = changes;
  const goes = ({ operation, before }: ResourceChange) =>
    operation === "replace" || (operation === "delete" && !before?.options.retainOnDelete);
  const gone = new Set(resources.filter(goes).map(({ urn }) => urn));
  const isPartOfGone = ({ type, before }: ResourceChange) => {
    const input = sheetOf(type)?.partOf;
    const wholes = (input && before?.propertyDependencies[input]) || [];
    return wholes.length > 0 && wholes.every((urn) => gone.has(urn));
  };
  const isSuperseded = supersededOpenings(changes);
  const isImplied = (change: ResourceChange) => {
    if ((change.operation !== "delete" && change.operation !== "replace") || change.before?.options.protect) return false;
    return isPartOfGone(change) || (change.operation === "delete" && isSuperseded(change));
  };
  return new Set(resources.filter(isImplied).map(({ urn }) => urn));
}
