import { relative } from "node:path";
import { stringify } from "yaml";

/** The paths that a service with a path answers to. */
export function routesOf(path: string): string[] {
  return path === "/" ? ["/*"] : [path, `${path}/*`];
}

/** The manifest of a new service: what it needs and no more. */
export function manifestOf(
  { name, owner, template, path, port }: { name: string; owner: string; template: string; path: string; port: number },
  directory: string,
): string {
  const schema = relative(directory, "packages/manifest/service.schema.json");
  const head = [`# yaml-language-server: $schema=${schema}`, `name: ${name}`, `owner: ${stringify(owner).trimEnd()}`, "version: 1.0.0"];
  if (template === "worker") return [...head, "kind: worker", "cpu: 256", "memoryMiB: 512", ""].join("\n");
  // Somebody else's program answers where its author chose; / is the likeliest.
  const health = template === "dockerfile" ? "/" : "/health";
  return [
    ...head,
    `containerPort: ${port}`,
    "cpu: 256",
    "memoryMiB: 512",
    "routes:",
    ...routesOf(path).map((one) => `  - path: ${one}`),
    "healthCheck:",
    `  path: ${health}`,
    "",
  ].join("\n");
}
