import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";

import { UsageError } from "./usageError";

/** What Pulumi.yaml and the stack's configuration file say. */
export interface Project {
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

/** Reads the project that a folder is in. */
export function readProject(stack: string, overrides: readonly string[] = [], from = process.cwd()): Project {
  const root = rootOf(from);
  const { settings, configFolder } = settingsOf(root);
  const file = join(configFolder, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) throw new UsageError(`There is no stack "${stack}". Stacks: ${stacksOf(root).join(", ")}.`);
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

/** The stacks of a project: those with a configuration file, sorted. */
export function stacksOf(root: string): string[] {
  const { configFolder } = settingsOf(root);
  return readdirSync(configFolder)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

function settingsOf(root: string) {
  const settings = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { name: string; main: string; stackConfigDir?: string };
  return { settings, configFolder: join(root, settings.stackConfigDir ?? ".") };
}

/** The project's folder: the one that a folder is in. */
export function rootOf(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (folder === dirname(folder)) throw new UsageError(`There is no Pulumi.yaml in ${from} or above it. Run this inside the repository.`);
  }
}
