import { consequenceOf, nounOf, type ChangeSet, type ResourceChange } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import type { OneDanger } from "./danger";

/** Data that is kept, and that nothing uses any more: what used it turns to something new of its kind, which is empty. */
export function leftBehind({ resources }: ChangeSet): OneDanger[] {
  const created = new Map(
    resources.flatMap(({ urn, operation, after }) => (operation === "create" && after ? [[urn, after] as const] : [])),
  );
  const staying = resources.flatMap(({ before, after }) => (before && after ? [{ before, after }] : []));
  return resources.filter(isForgottenData).flatMap(({ type, name, urn, before }): OneDanger[] => {
    const turned = staying.flatMap(({ before: was, after: is }) => {
      if (!isUsedBy(before!.urn, was)) return [];
      const [other] = referencesIn(is.inputs)
        .flatMap((reference) => created.get(reference.urn) ?? [])
        .filter((each) => each.type === type);
      return other ? [{ user: is.name, other: other.name }] : [];
    });
    if (turned.length === 0) return [];
    const text =
      `It stays as it is, managed by nobody, and ${firstFew([...new Set(turned.map(({ user }) => user))], 3)} ` +
      `from then on uses ${turned[0]!.other}, which is new and empty. An alias of the former name keeps it.`;
    return [{ severity: "unreachable", verb: `leaves ${nounOf(type, before!.inputs)}`, name, urn, text }];
  });
}

const isUsedBy = (urn: string, { inputs }: PlanResource) => referencesIn(inputs).some((reference) => reference.urn === urn);

/** Whether it goes from the program, stays in AWS, and would take data along otherwise. */
function isForgottenData(change: ResourceChange): boolean {
  const { operation, before } = change;
  if (operation !== "delete" || !before?.options.retainOnDelete) return false;
  const options = { ...before.options, retainOnDelete: false };
  return consequenceOf({ ...change, before: { ...before, options } })?.severity === "dataLoss";
}
