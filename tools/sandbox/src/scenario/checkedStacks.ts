import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compositionFile } from "@fairlead/model";
import { readEnvironments } from "@fairlead/model/files";
import { configFolderOf, stacksOf } from "@fairlead/plan";
import { parse, parseDocument } from "yaml";

import { accountIds } from "../sandboxAccount";
import { builderName } from "../machine/buildkit";

/** A stack of the clone. */
export interface CheckedStack {
  name: string;
  /** Folder of its Pulumi project. */
  project: string;
  /** Its composition. */
  composition: string;
  /** Its configuration. */
  configuration: string;
  /** Whether it is one of those that a commit goes through, and has a deploy role. */
  isEnvironment: boolean;
}

/** The project whose stack has a part of its own. */
const ownPart = "sandbox";

/** Every stack of the clone, in the order in which a team brings them out: those that are no environments, the environments, the examples. */
export function checkedStacks(checkout: string): CheckedStack[] {
  const environments = readEnvironments(join(checkout, "stacks"));
  const place = (name: string) => environments.indexOf(name);
  const product = stacksOf(checkout).sort((one, other) => place(one) - place(other));
  const examples = readdirSync(join(checkout, "examples")).filter(
    (name) => name !== ownPart && existsSync(join(checkout, "examples", name, "Pulumi.yaml")),
  );
  const inProject = (project: string, names: string[]) =>
    names.map((name): CheckedStack => {
      const folder = configFolderOf(name, project)!;
      const configuration = join(folder, `Pulumi.${name}.yaml`);
      return { name, project, composition: join(folder, compositionFile(name)), configuration, isEnvironment: place(name) >= 0 };
    });
  const projects = examples.map((name) => join(checkout, "examples", name));
  return [...inProject(checkout, product), ...projects.flatMap((project) => inProject(project, stacksOf(project)))];
}

/** A digest that stands for one, in an example. */
const placeholder = /@sha256:0{64}$/;

/**
 * Gives a stack what its users have: the sandbox's builder and account, and values where only theirs can be decrypted. Services and
 * sidecars whose image only they have are taken out. Returns the values.
 */
export function settle({ configuration, project }: CheckedStack): Record<string, string> {
  for (const file of manifestFiles(project)) withoutForeignImages(file);
  const document = parseDocument(readFileSync(configuration, "utf8"));
  const config = (document.toJS() as { config: Record<string, unknown> }).config;
  const encrypted = Object.keys(config).filter((key) => typeof config[key] === "object" && config[key] !== null && "secure" in config[key]);
  for (const key of encrypted) document.deleteIn(["config", key]);
  if ("aws:allowedAccountIds" in config) document.setIn(["config", "aws:allowedAccountIds"], [accountIds[0]]);
  document.setIn(["config", "fairlead:builder"], builderName);
  document.setIn(["config", "fairlead:buildConcurrency"], "1");
  writeFileSync(configuration, document.toString());
  return Object.fromEntries(encrypted.map((key) => [key, "only-for-the-sandbox"]));
}

/** The variables that builds of a project's services take secrets from. */
export function buildVariables({ project }: CheckedStack): NodeJS.ProcessEnv {
  const variables = manifestsOf(project).flatMap(({ build }) => Object.values(build?.secrets ?? {}));
  return Object.fromEntries(variables.map((name) => [name, process.env[name] ?? "only-for-the-sandbox"]));
}

/** The secrets that a project's services name, which somebody made before, and what is in them. */
export function namedSecrets({ project }: CheckedStack): Record<string, string> {
  const named = manifestsOf(project).flatMap(({ secrets = {} }) => Object.values(secrets));
  const names = named.flatMap(({ secretsManager }) => secretsManager ?? []).filter((name) => !name.startsWith("arn:"));
  const keysOf = (name: string) => named.flatMap(({ secretsManager, jsonKey }) => (secretsManager === name && jsonKey) || []);
  return Object.fromEntries(names.map((name) => [name, secretWith(keysOf(name))]));
}

function secretWith(keys: string[]): string {
  const value = "only-for-the-sandbox";
  return keys.length > 0 ? JSON.stringify(Object.fromEntries(keys.map((key) => [key, value]))) : value;
}

function withoutForeignImages(file: string): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  const { image, sidecars = {} } = document.toJS() as Manifest;
  if (image !== undefined && placeholder.test(image)) return rmSync(dirname(file), { recursive: true });
  const foreign = Object.keys(sidecars).filter((name) => placeholder.test(sidecars[name]!.image));
  for (const name of foreign) {
    document.deleteIn(["sidecars", name]);
    document.deleteIn(["dependsOn", name]);
  }
  if (foreign.length > 0) writeFileSync(file, document.toString());
}

interface Manifest {
  image?: string;
  sidecars?: Record<string, { image: string }>;
  build?: { secrets?: Record<string, string> };
  secrets?: Record<string, { secretsManager?: string; jsonKey?: string }>;
}

function manifestsOf(project: string): Manifest[] {
  return manifestFiles(project).map((file) => parse(readFileSync(file, "utf8")) as Manifest);
}

function manifestFiles(project: string): string[] {
  const apps = join(project, "apps");
  const files = existsSync(apps) ? readdirSync(apps).map((name) => join(apps, name, "service.yaml")) : [];
  return files.filter((file) => existsSync(file));
}

/** Takes the protection off, as docs/environments.md says; false where there is none. */
export function unprotect({ composition }: CheckedStack): boolean {
  const constant = /const deletionProtection = true;/;
  const text = readFileSync(composition, "utf8");
  if (!constant.test(text)) return false;
  writeFileSync(
    composition,
    text.replace(constant, "const deletionProtection = false;").replace("forceDeleteRepositories: false", "forceDeleteRepositories: true"),
  );
  return true;
}
