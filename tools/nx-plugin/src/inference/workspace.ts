import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { stacksAmong, UserError } from "@fairlead/model";
import { readEnvironments } from "@fairlead/model/files";
import { parse } from "yaml";

/** Folder of the compositions, of the stacks' configuration and of environments.json. */
export const stacksFolder = "stacks";
/** Folder of the services. */
export const appsFolder = "apps";

/** What of a workspace every project is inferred from: read once. */
export interface Workspace {
  readonly root: string;
  /** Those with a configuration file, sorted. */
  readonly stacks: readonly string[];
  /** In the order of promotion. */
  readonly environments: readonly string[];
  /** The workspace's own packages that environments are composed of, and with them every service. */
  readonly environmentPackages: readonly string[];
}

/**
 * Reads a workspace. What can't be read counts as not there: its mistakes are told by `fairlead preview` and `pulumi up`, and a mistake in one file must not
 * keep nx from running for all others.
 */
export function readWorkspace(root: string): Workspace {
  const stacks = stackNames(root);
  return { root, stacks, environments: environmentsOrNone(root), environmentPackages: environmentPackages(root, stacks) };
}

export function stackNames(root: string): string[] {
  return stacksAmong(filesIn(join(root, stacksFolder)));
}

/**
 * The environments, in the order of promotion.
 *
 * @throws UserError where environments.json says anything else
 */
export function environmentNames(root: string): string[] {
  return readEnvironments(join(root, stacksFolder));
}

function environmentsOrNone(root: string): string[] {
  try {
    return environmentNames(root);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The services of the folder that environments read them from, and where each lies, relative to the workspace's root. */
export function servicesIn(root: string): { name: string; root: string }[] {
  const folders = filesIn(join(root, appsFolder)).filter((name) => existsSync(join(root, appsFolder, name, "service.yaml")));
  return folders.map((folder) => ({ name: nameOfService(join(root, appsFolder, folder)), root: `${appsFolder}/${folder}` }));
}

/** The name in a service's manifest; where that says none, its folder's. */
export function nameOfService(folder: string): string {
  const { name } = (readYaml(join(folder, "service.yaml")) ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : basename(folder);
}

function environmentPackages(root: string, stacks: readonly string[]): string[] {
  const texts = filesIn(join(root, stacksFolder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ isStack: stacks.includes(basename(file, ".ts")), text: readFileSync(join(root, stacksFolder, file), "utf8") }))
    .filter(({ isStack, text }) => !isStack || readsServices(text));
  return packagesIn(root, texts.map(({ text }) => text).join("\n"));
}

/** Whether a composition is an environment's. A stack for an account's access has no services, and little in common with those that have. */
export function readsServices(composition: string): boolean {
  return composition.includes("servicesOf(");
}

/** The workspace's own packages that a text imports. Of others nx knows nothing, and one that it does not know stops every command. */
export function packagesIn(root: string, text: string): string[] {
  const imported = [...text.matchAll(/from "(@[\w-]+\/[\w-]+)/g)].map(([, name]) => name!);
  const known = new Set(filesIn(join(root, "packages")).map((folder) => nameOfPackage(join(root, "packages", folder))));
  return [...new Set(imported)].filter((name) => known.has(name)).sort();
}

function nameOfPackage(folder: string): unknown {
  return (readYaml(join(folder, "package.json")) as { name?: unknown } | undefined)?.name;
}

/** The value of a YAML or JSON file; undefined where there is none that can be read. */
export function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"), { logLevel: "error" }) ?? undefined;
  } catch {
    return undefined;
  }
}

export function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
