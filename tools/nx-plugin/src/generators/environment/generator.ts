import { logger, type Tree } from "@nx/devkit";

import { addFile } from "../addFile";

/** Options of the generator; schema.json describes them. */
export interface EnvironmentOptions {
  name: string;
  from?: string;
  region?: string;
}

/** Writes an environment as a copy of another one: its composition, its configuration, its line in stacks/program.ts. */
export default function environmentGenerator(tree: Tree, { name, from = "staging", region }: EnvironmentOptions): void {
  if (name === from) throw new Error(`--from names the new environment itself.`);
  const source = `stacks/${from}.ts`;
  if (!tree.exists(source)) throw new Error(`There is no ${source}. Environments: ${environmentsIn(tree).join(", ")}.`);
  const identifier = camelCase(name);
  const composition = tree
    .read(source, "utf8")!
    .replace(new RegExp(`export function ${camelCase(from)}\\(`), `export function ${identifier}(`)
    // Names of resources, and the domain that services find each other under.
    .replace(new RegExp(`(["'])${from}(?=["'.-])`, "g"), `$1${name}`);
  addFile(tree, `stacks/${name}.ts`, composition);
  addFile(tree, `stacks/Pulumi.${name}.yaml`, configurationOf(tree, from, region));
  addToProgram(tree, name, identifier);
  logger.info(`Next: npx fairlead preview ${name}. Then, with an account: pulumi stack init ${name} && pulumi up -s ${name}`);
}

function environmentsIn(tree: Tree): string[] {
  return tree
    .children("stacks")
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .filter((name) => tree.exists(`stacks/${name}.ts`));
}

/** The other's configuration without what is its own: its secrets' salt and values, and whom it takes images over from. */
function configurationOf(tree: Tree, from: string, region: string | undefined): string {
  const lines = tree.read(`stacks/Pulumi.${from}.yaml`, "utf8")!.split("\n");
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^encryption(salt|key)|^secretsprovider|^ +secure:/.test(line) || /^ +secure:/.test(lines[index + 1] ?? "")) continue;
    kept.push(region ? line.replace(/^( +aws:region:).*/, `$1 ${region}`) : line);
  }
  return kept.join("\n");
}

function addToProgram(tree: Tree, name: string, identifier: string): void {
  const file = "stacks/program.ts";
  const program = tree.read(file, "utf8")!;
  const key = name === identifier ? name : `"${name}"`;
  if (new RegExp(`^  ${key}: `, "m").test(program)) return;
  const marker = "const environments: Record<string, () => Environment> = {\n";
  if (!program.includes(marker)) {
    logger.warn(`${file} has no list of environments where it is looked for: add ${name} yourself.`);
    return;
  }
  const entry = `  ${key}: () => (require("./${name}") as typeof import("./${name}")).${identifier},\n`;
  const end = program.indexOf("};", program.indexOf(marker));
  tree.write(file, `${program.slice(0, end)}${entry}${program.slice(end)}`);
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
