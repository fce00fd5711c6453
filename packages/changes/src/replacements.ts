import { sheetOf } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import type { ValueDifference } from "./valueDifference";

/** Whether a change of an argument makes the provider replace the resource; undefined where nobody asked the provider. */
export function replaces(
  { type, inputs }: Pick<PlanResource, "type" | "inputs">,
  { path, before, after }: ValueDifference,
): boolean | undefined {
  const { replacedBy, inPlace = {}, unasked = [] } = sheetOf(type, inputs) ?? {};
  const argument = path[0]!;
  // Every resource of AWS's that has a region of its own.
  if (type.startsWith("aws:") && argument === "region") return true;
  if (!replacedBy || unasked.includes(argument)) return undefined;
  if (inPlace[argument]?.(before, after)) return false;
  const words = path.filter((word) => !/^\d+$/.test(word)).join(".");
  return replacedBy.some((property) => words === property || words.startsWith(`${property}.`) || property.startsWith(`${words}.`));
}
