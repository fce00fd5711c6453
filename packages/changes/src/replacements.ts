import { sheetOf } from "@fairlead/model/awsTypes";

/** Whether a change of a property makes the provider replace the resource; undefined for a type that nobody asked the provider about. */
export function replaces(type: string, path: readonly string[]): boolean | undefined {
  const properties = sheetOf(type)?.replacedBy;
  if (!properties) return undefined;
  const words = path.filter((word) => !/^\d+$/.test(word)).join(".");
  return properties.some((property) => words === property || words.startsWith(`${property}.`) || property.startsWith(`${words}.`));
}
