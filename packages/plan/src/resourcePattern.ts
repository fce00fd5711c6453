/**
 * Whether a resource is one of those that a pattern names: `<type> <name>`, where `*` in the name stands for anything. People write it where they
 * except resources from rules and declare what resources are used for.
 */
export function matchesPattern(pattern: string, resource: { type: string; name: string }): boolean {
  const [type, name = ""] = pattern.split(" ");
  const parts = name.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return type === resource.type && new RegExp(`^${parts.join(".*")}$`).test(resource.name);
}
