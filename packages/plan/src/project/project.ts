import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { stacksAmong, UsageError } from "@fairlead/model";
import { parse } from "yaml";

/** What Pulumi.yaml and the stack's configuration file say. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  root: string;
  name: string;
  /** Absolute path of the program that Pulumi runs. */
  main: string;
  /** Folder of the stacks' configuration files. */
  configFolder: string;
  config: Record<string, string>;
  /** Keys whose values only Pulumi can decrypt; the plan shows them as secrets. */
  secretKeys: string[];
}

/**
 * Reads the project of a stack: the one that a folder is in, or an example of it that has the stack.
 *
 * @param overrides `key=value`, for this reading alone
 * @throws UsageError where there is no such stack
 */
export function readProject(stack: string, overrides: readonly string[] = [], from = process.cwd()): Project {
  const repository = rootOf(from);
  const root = projectWith(repository, stack);
  if (root === undefined) {
    const examples = examplesOf(repository).flatMap((example) => stacksOf(example));
    const also = examples.length > 0 ? ` Examples: ${examples.join(", ")}.` : "";
    throw new UsageError(`There is no stack "${stack}". Stacks: ${stacksOf(repository).join(", ")}.${also}`);
  }
  const { settings, configFolder } = settingsOf(root);
  const file = join(configFolder, `Pulumi.${stack}.yaml`);
  const project: Project = { root, name: settings.name, main: resolve(root, settings.main), configFolder, config: {}, secretKeys: [] };
  const values = (parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> } | null)?.config ?? {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== null && typeof value === "object" && "secure" in value) {
      project.config[key] = "encrypted";
      project.secretKeys.push(key);
    } else {
      project.config[key] = typeof value === "object" ? JSON.stringify(value) : String(value);
    }
  }
  for (const override of overrides) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(override) ?? [];
    if (!key) throw new UsageError(`--config ${override}: expected key=value.`);
    project.config[key.includes(":") ? key : `${settings.name}:${key}`] = value!;
  }
  return project;
}

/** The folder of a stack's configuration; undefined where neither the project that a folder is in nor an example of it has the stack. */
export function configFolderOf(stack: string, from = process.cwd()): string | undefined {
  const root = projectWith(rootOf(from), stack);
  return root === undefined ? undefined : settingsOf(root).configFolder;
}

/** The stacks of a project: those with a configuration file, sorted. With `examples` also those of the projects below examples/. */
export function stacksOf(root: string, { examples = false } = {}): string[] {
  const { configFolder } = settingsOf(root);
  return [...stacksAmong(readdirSync(configFolder)), ...(examples ? examplesOf(root).flatMap((example) => stacksOf(example)) : [])].sort();
}

/**
 * The stack that is meant where none is named: the first of environments.json, which a commit reaches first.
 *
 * @throws UsageError where there are no stacks
 */
export function defaultStack(from = process.cwd()): string {
  const root = rootOf(from);
  const file = join(settingsOf(root).configFolder, "environments.json");
  const { environments = [] } = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { environments?: string[] }) : {};
  const [first = stacksOf(root)[0]] = environments;
  if (first === undefined) throw new UsageError(`There is no stack in ${settingsOf(root).configFolder}.`);
  return first;
}

/** The project's folder: the one that a folder is in. */
export function rootOf(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (folder === dirname(folder)) throw new UsageError(`There is no Pulumi.yaml in ${from} or above it. Run this inside the repository.`);
  }
}

function projectWith(repository: string, stack: string): string | undefined {
  return [repository, ...examplesOf(repository)].find((folder) => stacksOf(folder).includes(stack));
}

/** Projects of their own below examples/. */
function examplesOf(repository: string): string[] {
  const folder = join(repository, "examples");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((example) => existsSync(join(example, "Pulumi.yaml")));
}

function settingsOf(root: string) {
  const settings = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string; main: string; stackConfigDir?: string };
  return { settings, configFolder: join(root, settings.stackConfigDir ?? ".") };
}
