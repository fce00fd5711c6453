import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Names of the stacks: those with a configuration file. */
export function stackNames(workspaceRoot: string, folder = "stacks"): string[] {
  return readdirSync(join(workspaceRoot, folder))
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** The packages that stacks are composed of, and with them every service. */
export function stackPackages(workspaceRoot: string, folder = "stacks"): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(workspaceRoot, folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies).filter((name) => name.startsWith("@fairlead/"));
}

/** What of a manifest the targets need. One that can't be read has its folder's name: its mistakes are told by preview and `up`. */
export interface ManifestPart {
  name?: string;
  kind?: string;
  build?: { context?: string; dockerfile?: string; target?: string; args?: Record<string, string>; secrets?: Record<string, string> };
}

export function readManifest(file: string): ManifestPart {
  try {
    const value: unknown = parse(readFileSync(file, "utf8"), { logLevel: "error" });
    return value !== null && typeof value === "object" ? (value as ManifestPart) : {};
  } catch {
    return {};
  }
}

/** Names of the services in a folder of services. */
export function serviceNames(workspaceRoot: string, folder: string): string[] {
  const directory = join(workspaceRoot, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, "service.yaml")))
    .map((name) => readManifest(join(directory, name, "service.yaml")).name ?? name)
    .sort();
}
