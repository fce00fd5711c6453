import { readEnginePreview } from "@fairlead/changes";
import { reviewOf, type JudgedDanger } from "@fairlead/review";

/**
 * What a preview's changes of resources that are there mean, as a review of them says it: a bucket that may be emptied when it is deleted, logs that are kept
 * for less long.
 *
 * @param preview what `pulumi preview --json` printed
 */
export function dangersIn(preview: string): JudgedDanger[] {
  const changes = readEnginePreview(preview, "pulumi preview");
  const updated = new Set(changes.resources.flatMap(({ urn, operation }) => (operation === "update" ? [urn] : [])));
  return reviewOf(changes, undefined, undefined).dangers.filter(({ urns }) => urns.some((urn) => updated.has(urn)));
}
