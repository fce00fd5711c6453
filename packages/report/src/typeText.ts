import { nounOf, type ResourceChange } from "@fairlead/changes";

/** A resource's type. Of Fairlead's own, which no provider's documents explain, first what they are: `look-up of images (pulumi-nodejs:dynamic/…)`. */
export function typeText({ type, before, after }: Pick<ResourceChange, "type" | "before" | "after">): string {
  return type.startsWith("pulumi-nodejs:") ? `${nounOf(type, (after ?? before)!.inputs)} (${type})` : type;
}
