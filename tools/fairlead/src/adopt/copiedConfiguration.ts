import { coded, configurationFile, isMap, UserError } from "@fairlead/model";
import type { Project } from "@fairlead/plan";

import { throwIfInterrupted } from "./interrupts";
import { pulumi, saidBy } from "./pulumiCommand";

/** A stack's configuration as its program reads it, for a copy of the stack. In memory alone. */
export interface CopiedConfiguration {
  plain: Readonly<Record<string, string>>;
  /** Values that Pulumi keeps encrypted, and that the copy is to keep so as well. */
  secret: Readonly<Record<string, string>>;
  /** What environments of Pulumi ESC set for Pulumi and the program. */
  variables: Readonly<Record<string, string>>;
}

/**
 * The configuration of a stack with the values of its secrets, which Pulumi decrypts: a program that reads others would plan something else.
 *
 * @param named as Pulumi knows the stack, with its organization or without
 * @throws UserError with FL3205 for what can't be had in the copy
 */
export async function copiedConfiguration(project: Project, named: string): Promise<CopiedConfiguration> {
  const { config, secretKeys, environments = [] } = project;
  refuseInlineEnvironment(project, named);
  if (secretKeys.length === 0 && environments.length === 0) return { plain: config, secret: {}, variables: {} };
  const shown = (await read(project, ["config", "--show-secrets", "--json", "--stack", named], secretsFix(named))) as Shown;
  const plain = Object.entries(config).filter(([key]) => !secretKeys.includes(key));
  // A command that looks after a stack lets uncommitted sources be planned.
  const sources = Object.entries(config).filter(([key]) => key === `${project.name}:uncommittedSources`);
  const [secret, others] = [true, false].map((isSecret) =>
    Object.fromEntries(
      Object.entries(shown).flatMap(([key, { value = "", secret = false }]) => (secret === isSecret ? [[key, value]] : [])),
    ),
  );
  return {
    plain: Object.fromEntries(
      Object.entries({ ...Object.fromEntries(plain), ...others, ...Object.fromEntries(sources) }).filter(([key]) => !(key in secret!)),
    ),
    secret: secret!,
    variables: Object.assign({}, ...(await eachInOrder(environments, (name) => variablesOf(project, named, name)))) as Record<
      string,
      string
    >,
  };
}

/** What `pulumi config --json` prints, by full key; lists and maps as JSON. */
type Shown = Record<string, { value?: string; secret?: boolean }>;

/** What an environment of Pulumi ESC sets, which Pulumi does before it starts the program. */
async function variablesOf(project: Project, named: string, name: string): Promise<Record<string, string>> {
  const { environmentVariables = {}, files = {} } = (await read(project, ["env", "open", name], environmentFix(named))) as {
    environmentVariables?: Record<string, unknown>;
    files?: Record<string, unknown>;
  };
  const kept = Object.keys(files);
  if (kept.length > 0)
    throw uncopied(
      `the environment ${name} of Pulumi ESC has files (${kept.join(", ")}), which would lie on this disk in clear.`,
      environmentFix(named),
    );
  return Object.fromEntries(Object.entries(environmentVariables).map(([key, value]) => [key, String(value)]));
}

/** Values in the stack's own file have no name by which Pulumi opens them. */
function refuseInlineEnvironment({ besides = {} }: Project, named: string): void {
  const file = configurationFile(named.split("/").at(-1)!);
  const environment = besides[`${file} environment`];
  if (isMap(environment) && environment.values !== undefined)
    throw uncopied(
      `${file} has values of its own for Pulumi ESC (environment: values), which only Pulumi Cloud opens.`,
      environmentFix(named),
    );
}

/** Runs a command that prints secrets: what it printed is in no message. */
async function read({ root }: Project, args: readonly string[], fix: string): Promise<unknown> {
  throwIfInterrupted();
  const { code, output, errors } = await pulumi(args, { folder: root });
  throwIfInterrupted();
  const command = `\`pulumi ${args.slice(0, 3).join(" ")}\``;
  if (code !== 0) throw uncopied(`${command} ended with ${code}:\n${saidBy(errors)}`, fix);
  try {
    return JSON.parse(output) as unknown;
  } catch {
    throw uncopied(`${command} printed no JSON.`, fix);
  }
}

async function eachInOrder<T, Result>(items: readonly T[], work: (item: T) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** What the program reads, and a copy of the stack can't have. */
export const uncopied = (what: string, fix: string) => new UserError(coded("FL3205", `${what} Nothing was written.\n  fix: ${fix}`));

const secretsFix = (named: string) =>
  `have \`pulumi config --show-secrets -s ${named}\` work: the passphrase (PULUMI_CONFIG_PASSPHRASE) or the key of the stack's secrets, a login; where there is no such stack yet, pulumi stack init ${named}`;
const environmentFix = (named: string) =>
  `make it a named environment without files, or set what the program reads by \`pulumi config set --secret <key> -s ${named}\` and take it out of \`environment\` for as long as you adopt.`;
