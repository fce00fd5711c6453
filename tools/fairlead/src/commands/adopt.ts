import { adoptionOf, chosenImports, importFile, settingsOf, urnParts, type Adoption, type ChosenImport } from "@fairlead/adoption";
import { coded, printableJson, UserError } from "@fairlead/model";
import type { OperatedStack } from "@fairlead/operations";
import { InvalidArgumentError, type Command } from "commander";

import { awsProviderVersion } from "../adopt/awsProviderVersion";
import { copiedConfiguration } from "../adopt/copiedConfiguration";
import { importIntoStack } from "../adopt/importIntoStack";
import { interruptible } from "../adopt/interrupts";
import { referencedStacks, statesOf } from "../adopt/referencedStacks";
import { renderAll } from "../adopt/renderAdoption";
import { refuseVerdict, type Proof } from "../adopt/renderProof";
import { ScratchStack } from "../adopt/scratchStack";
import { stackState, type StackState } from "../adopt/stackState";
import { nameOf } from "../export/source";
import { withStack } from "../operate/openStack";
import { Progress } from "../progress";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("adopt")
    .description(
      "Find what exists at AWS of what a stack would make: say how the composition names it instead, take what has the very name into the state once Pulumi's " +
        "preview shows that nothing is replaced or deleted, and say what still answers the services' requests. Reads AWS; writes nothing without --write.",
    )
    .argument("<stack>", "the stack; of Pulumi Cloud also <organization>/<stack>")
    .option("--tag <key=value>", "look only at what has this tag; repeatable", keyAndValue("a tag"))
    .option(
      "--import <name=id>",
      "take this for the plan's resource of that name; repeatable. Of several with one name: <type>:<name>",
      keyAndValue("a resource"),
    )
    .option("--skip <name>", "leave this one out of the import; repeatable", (name: string, all: string[] = []) => [...all, name])
    .option("--write", "take what is proven into the stack's state")
    .option("--json", "print what was found, and the proof, as JSON")
    .addHelpText(
      "after",
      epilogue(
        "Needs credentials that may read; to prove an import, Pulumi's CLI with the AWS provider's plugin. Exit code 0: all was looked at. 1: something was refused, or AWS " +
          "didn't tell all of what it was asked.",
      ),
    )
    .action(adopt);
}

/** Options of `fairlead adopt`. */
interface AdoptOptions {
  tag?: Record<string, string>;
  import?: Record<string, string>;
  skip?: string[];
  write?: boolean;
  json?: boolean;
}

async function adopt(named: string, options: AdoptOptions): Promise<void> {
  const stack = nameOf(named);
  await withStack(stack, async (operated) => {
    const progress = new Progress();
    try {
      progress.step(`asking AWS what of ${stack} exists`);
      const state = await stackState(operated.project, named);
      const adoption = await adoptionOf(operated, options.tag ?? {}, { urns: new Set(state?.ids.keys()), own: state?.own ?? new Set() });
      if (adoption.unseen.length > 0) process.exitCode = 1;
      const wanted = withoutOwned(wantedImports(operated, adoption, options), state, named);
      const chosen = { wanted, settings: newSettings(operated, wanted, state) };
      const isAny = wanted.length + chosen.settings.length > 0;
      if (options.write === true && isAny && state === undefined)
        throw new UserError(coded("FL3203", `there is no stack ${named} to write to.\n  fix: pulumi stack init ${named}`));
      const { proof, written } = isAny
        ? await interruptible(() => proveAndWrite(operated, named, chosen, state, { write: options.write === true, progress }))
        : { proof: undefined, written: false };
      progress.end();
      if (options.json) process.stdout.write(`${printableJson({ ...adoption, proof, written })}\n`);
      else process.stdout.write(renderAll(adoption, proof && { proof, stack: named, written }));
      if (proof) refuseVerdict(proof);
    } finally {
      progress.end();
    }
  });
}

/** What was named, and what has the very name of a resource of the plan. */
function wantedImports({ plan }: OperatedStack, { taken }: Adoption, options: AdoptOptions): ChosenImport[] {
  const chosen = chosenImports(
    plan,
    Object.entries(options.import ?? {}).map(([name, id]) => ({ name, id })),
  );
  const urns = new Set(chosen.map(({ urn }) => urn));
  const { skip = [] } = options;
  const unknown = skip.filter((skipped) => !taken.some(({ name }) => name === skipped));
  if (unknown.length > 0)
    throw new UserError(
      `--skip ${unknown.join(", ")}: not among what would be imported (${taken.map(({ name }) => name).join(", ") || "nothing"}).`,
    );
  const byName = taken.filter(({ urn, name }) => !urns.has(urn) && !skip.includes(name));
  return [...chosen, ...byName.map(({ urn, name }) => ({ urn, id: name }))];
}

/**
 * Those that the state doesn't have under this very id, as after an import that ended half-way: Pulumi imports nothing twice.
 *
 * @throws UserError with FL3201 where the state has another one in its place
 */
function withoutOwned(wanted: readonly ChosenImport[], state: StackState | undefined, stack: string): ChosenImport[] {
  const owned = wanted.flatMap(({ urn, id }) => {
    const known = state?.ids.get(urn);
    return known === undefined || known === id ? [] : [`${urnParts(urn).name}, as ${known}`];
  });
  if (owned.length > 0) throw new UserError(coded("FL3201", `the state of ${stack} has already: ${owned.join("; ")}.`));
  return wanted.filter(({ urn }) => state?.ids.has(urn) !== true);
}

/** What is set of the wanted ones, and of those that an earlier import took in before it ended half-way: no `up` has taken their protection off yet. */
function newSettings({ plan }: OperatedStack, wanted: readonly ChosenImport[], state: StackState | undefined): ChosenImport[] {
  const came = plan.resources.flatMap(({ urn, options }) =>
    options.protect !== true && state?.protectedUrns.has(urn) ? [{ urn, id: state.ids.get(urn)! }] : [],
  );
  return settingsOf(plan, [...wanted, ...came]).filter(({ urn }) => state?.ids.has(urn) !== true);
}

/** What is to be imported, and what is set of it. */
interface Chosen {
  wanted: readonly ChosenImport[];
  settings: readonly ChosenImport[];
}

async function proveAndWrite(
  operated: OperatedStack,
  named: string,
  chosen: Chosen,
  state: StackState | undefined,
  { write, progress }: { write: boolean; progress: Progress },
): Promise<{ proof: Proof; written: boolean }> {
  const proof = await proven(operated, named, chosen, state, progress);
  const written = write && isSafe(proof) && proof.imported.length > 0;
  if (written) {
    progress.step(`taking ${proof.imported.length} resources into the state of ${named}`);
    await importIntoStack(operated.project, named, proof.imported, fileOf(operated, state)(proof.imported));
  }
  return { proof, written };
}

async function proven(
  operated: OperatedStack,
  named: string,
  { wanted, settings }: Chosen,
  state: StackState | undefined,
  progress: Progress,
): Promise<Proof> {
  const { project, plan } = operated;
  progress.step(`trying the import of ${wanted.length} resources on a copy of the state`);
  const copied = { state, configuration: await copiedConfiguration(project, named), read: await statesOf(project, referencedStacks(plan)) };
  const scratch = await ScratchStack.make(project, nameOf(named), copied);
  try {
    const imported = await scratch.import(wanted, settings, fileOf(operated, state));
    progress.step("asking Pulumi what an up would do then");
    return { imported, newSettings: settings.filter((each) => !imported.includes(each)), ...(await scratch.verdict()) };
  } finally {
    scratch.remove();
  }
}

const fileOf =
  ({ plan, project }: OperatedStack, state: StackState | undefined) =>
  (chosen: readonly ChosenImport[]) =>
    importFile(plan, chosen, new Set(state?.ids.keys()), awsProviderVersion(project.root));

const isSafe = ({ verdict }: Proof) => verdict.replaced.length === 0 && verdict.deleted.length === 0;

/** Collects `key=value`. */
function keyAndValue(what: string) {
  return (text: string, all: Record<string, string> = {}): Record<string, string> => {
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) throw new InvalidArgumentError(`Expected ${what} as <name>=<value>.`);
    return { ...all, [key]: value };
  };
}
