import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/** Names of the stacks: those with a configuration file. */
export function stackNames(workspaceRoot: string, folder = "stacks"): string[] {
  return readdirSync(join(workspaceRoot, folder))
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** The packages that environments are composed of, and with them every service. */
export function stackPackages(workspaceRoot: string, folder = "stacks"): string[] {
  const stacks = stackNames(workspaceRoot, folder);
  const texts = readdirSync(join(workspaceRoot, folder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({
      isStack: stacks.includes(file.slice(0, -".ts".length)),
      text: readFileSync(join(workspaceRoot, folder, file), "utf8"),
    }))
    .filter(({ isStack, text }) => !isStack || readsServices(text));
  return [...new Set(texts.flatMap(({ text }) => packagesIn(text)))].sort();
}

/** Whether a composition is an environment's. A stack for an account's access has no services, and little in common with those that have. */
export function readsServices(composition: string): boolean {
  return composition.includes("servicesOf(");
}

/** The packages that a file imports. */
export function packagesIn(text: string): string[] {
  return [...text.matchAll(/from "(@fairlead\/[\w-]+)/g)].map(([, name]) => name!);
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

/** The name in a service's manifest; where that says none, its folder's. */
export function nameOfService(folder: string): string {
  const { name } = readManifest(join(folder, "service.yaml"));
  return typeof name === "string" ? name : basename(folder);
}

/** The services in a folder of services. */
export function servicesIn(workspaceRoot: string, folder: string): { name: string; root: string }[] {
  const directory = join(workspaceRoot, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, "service.yaml")))
    .map((name) => ({ name: nameOfService(join(directory, name)), root: `${folder}/${name}` }));
}

/** Their names, sorted. */
export function serviceNames(workspaceRoot: string, folder: string): string[] {
  return servicesIn(workspaceRoot, folder)
    .map(({ name }) => name)
    .sort();
}
