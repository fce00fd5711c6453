import { spawnSync } from "node:child_process";
import { UserError } from "@fairlead/model";
import { choicesOf, generators, type Generator, type Property, type Schema } from "@fairlead/nx-plugin/src/generators/generators";
import { refusalsOf } from "@fairlead/nx-plugin/src/generators/refusals";
import { rootOf } from "@fairlead/plan";
import { type Command, Option } from "commander";

/** `fairlead new`: a command for each generator of the nx plugin, with the options of its schema. */
export default function addNew(program: Command): void {
  const command = program
    .command("new")
    .description("Make a service, an environment or a component: asks for what is not given, and writes over nothing that is there.");
  for (const generator of generators) addGenerator(command, generator);
}

function addGenerator(parent: Command, generator: Generator): void {
  const { kind, description, schema } = generator;
  const command = parent.command(kind).description(description);
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.$default) command.argument(`[${name}]`, property.description);
    else command.addOption(optionOf(name, property));
  }
  command.option("--dry-run", "Only show what would be written.");
  command.action(() => {
    const { dryRun = false, ...options } = command.opts<Record<string, string> & { dryRun?: boolean }>();
    const given = { ...namedArguments(command), ...options };
    const isInteractive = Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.CI !== "true";
    const problems = [...refusalsOf(generator, given, rootOf()), ...(isInteractive ? [] : missingOf(schema, given))];
    if (problems.length > 0) throw new UserError(problems.join("\n"));
    generate(kind, given, { dryRun, isInteractive });
  });
}

function optionOf(name: string, property: Property): Option {
  const { description, default: preset } = property;
  const option = new Option(`--${name} <${name}>`, preset === undefined ? description : `${description} ${preset} by default.`);
  const choices = choicesOf(property);
  return choices ? option.choices([...choices]) : option;
}

function namedArguments(command: Command): Record<string, string> {
  const named = command.registeredArguments.map((argument, index) => [argument.name(), command.args[index]]);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

function missingOf({ properties, required }: Schema, given: Record<string, string>): string[] {
  const missing = required.filter((name) => given[name] === undefined);
  if (missing.length === 0) return [];
  const flags = missing.map((name) => {
    const property = properties[name]!;
    return `  ${property.$default ? `<${name}>` : `--${name} <${name}>`}  ${choicesOf(property)?.join(", ") ?? property.description}`;
  });
  return [`There is no terminal to ask on. Give also:\n${flags.join("\n")}`];
}

function generate(kind: string, { name, ...flags }: Record<string, string>, { dryRun = false, isInteractive = false }): void {
  const args = [
    ...(name === undefined ? [] : [name]),
    ...Object.entries(flags).map(([option, value]) => `--${option}=${value}`),
    ...(dryRun ? ["--dry-run"] : []),
    ...(isInteractive ? [] : ["--no-interactive"]),
  ];
  const command = [require.resolve("nx"), "generate", `@fairlead/nx-plugin:${kind}`, ...args];
  const { status, error } = spawnSync(process.execPath, command, { stdio: "inherit" });
  if (error) throw error;
  // Ctrl-C in a prompt ends nx by the signal.
  process.exitCode = status ?? 130;
}
