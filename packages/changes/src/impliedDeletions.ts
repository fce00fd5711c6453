import { sheetOf } from "@fairlead/model/awsTypes";

import type { ChangeSet, ResourceChange } from "./model";

/** URNs of deleted parts of what is deleted as well, such as the rules of a security group: the loss of the whole says it all. */
export function impliedDeletions({ resources }: Pick<ChangeSet, "resources">): ReadonlySet<string> {
  const goes = ({ operation, before }: ResourceChange) => operation === "delete" && !before?.options.retainOnDelete;
  const gone = new Set(resources.filter(goes).map(({ urn }) => urn));
  const isImplied = ({ type, operation, before }: ResourceChange) => {
    if (operation !== "delete" || before?.options.protect) return false;
    const input = sheetOf(type)?.partOf;
    const wholes = (input && before?.propertyDependencies[input]) || [];
    return wholes.length > 0 && wholes.every((urn) => gone.has(urn));
  };
  return new Set(resources.filter(isImplied).map(({ urn }) => urn));
}
