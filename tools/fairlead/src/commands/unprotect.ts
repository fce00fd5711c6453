import { spawnSync } from "node:child_process";
import { UserError } from "@fairlead/model";
import { today } from "@fairlead/model/files";
import { readProject } from "@fairlead/plan";
import { readAllowedChanges, urnsThatMayGo } from "@fairlead/review";
import type { Command } from "commander";

import { Progress } from "../progress";
import type { StoredResource } from "../smoke/storedResource";
import { tools } from "../tools";
import { writeFile } from "../writeFile";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("unprotect")
    .description(
      "Take Pulumi's protection (`protect`) off what stacks/allowed-changes.yaml lets go (delete, replace), so that `pulumi up` can replace or delete it. " +
        "Changes Pulumi's state and nothing at AWS; `up` protects again what stays.",
    )
    .requiredOption("-s, --stack <stack>", "the stack; of Pulumi Cloud also <organization>/<stack>")
    .option(
      "--list <file>",
      "write the URNs of what it takes the protection off, a line each: to protect them again where `up` does not come to it",
    )
    .action(unprotect);
}

function unprotect({ stack, list }: { stack: string; list?: string }): void {
  const name = stack.split("/").at(-1)!;
  const { configFolder } = readProject(name);
  const allowed = urnsThatMayGo(name, { entries: readAllowedChanges(configFolder), today: today() });
  if (allowed.size === 0) return say(`${name}: nothing is allowed to go, so all stays protected that is.`);
  const progress = new Progress();
  progress.say(`asking Pulumi what ${stack} protects`);
  try {
    const found = protectedUrns(resourcesOf(stack), allowed);
    if (list !== undefined) writeFile(list, found.map((urn) => `${urn}\n`).join(""));
    for (const urn of found) {
      progress.say(`unprotecting ${urn}`);
      pulumi("state", "unprotect", urn, "--yes", "--stack", stack);
    }
    progress.end();
    say(
      found.length === 0
        ? `${name}: of what is allowed to go, nothing is protected.`
        : found.map((urn) => `not protected any more: ${urn}`).join("\n"),
    );
  } finally {
    progress.end();
  }
}

/** Protected resources that are allowed to go, by themselves or with a component around them. What is allowed of the stack, such as another region, is none of them. */
function protectedUrns(resources: readonly StoredResource[], allowed: ReadonlySet<string>): string[] {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const isAllowed = (urn: string | undefined): boolean =>
    urn !== undefined && !urn.includes("::pulumi:pulumi:Stack::") && (allowed.has(urn) || isAllowed(parents.get(urn)));
  return resources.filter(({ urn, protect }) => protect && isAllowed(urn)).map(({ urn }) => urn);
}

function resourcesOf(stack: string): StoredResource[] {
  const state = JSON.parse(pulumi("stack", "export", "--stack", stack)) as { deployment?: { resources?: StoredResource[] } };
  return state.deployment?.resources ?? [];
}

function pulumi(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync("pulumi", args, { encoding: "utf8", env: process.env, maxBuffer: 1 << 30 });
  if (error) throw new UserError(`${tools.pulumi.missing} (${error.message})`);
  if (status !== 0) throw new UserError(`\`pulumi ${args.slice(0, 2).join(" ")}\` ended with ${status}:\n${stderr.trim()}`);
  return stdout;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
