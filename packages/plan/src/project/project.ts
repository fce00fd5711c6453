import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { configurationFile, stacksAmong, UserError } from "@fairlead/model";
import { checkedFile, readEnvironments } from "@fairlead/model/files";

import { besidesOf } from "./besides";
import { configurationOf, fullKey, projectValues, stackValues, valueSources, type Configuration, type ValueSources } from "./configuration";
import { settingsOf } from "./settings";

/** What Pulumi.yaml and the stack's configuration file say. */
export interface Project extends Configuration, ValueSources {
  /** Folder of Pulumi.yaml. */
  root: string;
  name: string;
  /** Absolute path of the program that Pulumi runs. */
  main: string;
  /** Folder of the stacks' configuration files. */
  configFolder: string;
  /** Where the states are kept, if Pulumi.yaml says so; else wherever `pulumi login` went. */
  backend?: string;
  /** What else the files say that decides what happens, by file and key: `Pulumi.yaml runtime`. No plan shows it. */
  besides?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the project of a stack: the one that a folder is in, or an example of it that has the stack.
 *
 * @param overrides `key=value`, for this reading alone
 * @throws UserError where there is no such stack, or a mistake in its files
 */
export function readProject(stack: string, overrides: readonly string[] = [], from = process.cwd()): Project {
  const repository = rootOf(from);
  const root = projectWith(repository, stack);
  if (root === undefined) {
    const examples = examplesOf(repository).flatMap((example) => stacksOf(example));
    const also = examples.length > 0 ? ` Examples: ${examples.join(", ")}.` : "";
    throw new UserError(`There is no stack "${stack}". Stacks: ${stacksOf(repository).join(", ")}.${also}`);
  }
  const { settings, configFolder } = settingsOf(root);
  const { name, main } = settings;
  const ofStack = checkedFile(join(configFolder, configurationFile(stack)), "FL2401", (file, refuse) => ({
    values: stackValues(name, file, refuse),
    sources: valueSources(file),
    file,
  }));
  const { config, secretKeys, ciphertexts } = configurationOf({ ...projectValues(name, settings.config), ...ofStack.values });
  for (const override of overrides) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(override) ?? [];
    if (!key) throw new UserError(`--config ${override}: expected key=value.`);
    config[fullKey(name, key)] = value!;
  }
  const backend = settings.backend?.url;
  return {
    root,
    name,
    main: resolve(root, main),
    configFolder,
    config,
    secretKeys,
    ciphertexts,
    ...ofStack.sources,
    ...(typeof backend === "string" && { backend }),
    besides: besidesOf(settings, configurationFile(stack), ofStack.file, { root, configFolder }),
  };
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
 * @throws UserError where there are no stacks
 */
export function defaultStack(from = process.cwd()): string {
  const root = rootOf(from);
  const { configFolder } = settingsOf(root);
  const [first = stacksOf(root)[0]] = readEnvironments(configFolder);
  if (first === undefined) throw new UserError(`There is no stack in ${configFolder}.`);
  return first;
}

/** The project's folder: the one that a folder is in. */
export function rootOf(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (folder === dirname(folder)) throw new UserError(`There is no Pulumi.yaml in ${from} or above it. Run this inside the repository.`);
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
