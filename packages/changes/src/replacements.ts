import table from "./replacedBy.json";

const replacedBy: Record<string, string[]> = table.replacedBy;
const dynamicResource = "pulumi-nodejs:dynamic";

/** Whether a change of a property makes the provider replace the resource; undefined for a type that nobody asked the provider about. */
export function replaces(type: string, path: readonly string[]): boolean | undefined {
  if (type.startsWith(dynamicResource)) return false;
  const properties = replacedBy[type];
  if (!properties) return undefined;
  const words = path.filter((word) => !/^\d+$/.test(word)).join(".");
  return properties.some((property) => words === property || words.startsWith(`${property}.`) || property.startsWith(`${words}.`));
}
