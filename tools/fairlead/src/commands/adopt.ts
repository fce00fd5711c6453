import { adoptionOf, chosenImports, importFile, settingsOf, urnParts, type Adoption, type ChosenImport } from "@fairlead/adoption";
import { coded, printableJson, UserError } from "@fairlead/model";
import type { OperatedStack } from "@fairlead/operations";
import { InvalidArgumentError, type Command } from "commander";

import { awsProviderVersion } from "../adopt/awsProviderVersion";
import { refuseVerdict, renderAdoption, renderProof, type Proof } from "../adopt/renderAdoption";
import { importIntoStack, ScratchStack } from "../adopt/scratchStack";
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
    .option("--tag <key=value>", "look only at what has this tag; repeatable", keyAndValue("a tag"), {})
    .option(
      "--import <name=id>",
      "take this for the plan's resource of that name; repeatable. Of several with one name: <type>:<name>",
      keyAndValue("a resource"),
      {},
    )
    .option("--skip <name>", "leave this one out of the import; repeatable", (name: string, all: string[]) => [...all, name], [])
    .option("--write", "take what is proven into the stack's state")
    .option("--json", "print what was found, and the proof, as JSON")
    .addHelpText("after", epilogue("Needs credentials that may read; to prove an import, Pulumi's CLI with the AWS provider's plugin."))
    .action(adopt);
}

/** Options of `fairlead adopt`. */
interface AdoptOptions {
  tag: Record<string, string>;
  import: Record<string, string>;
  skip: string[];
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
      const adoption = await adoptionOf(operated, options.tag, { urns: new Set(state?.ids.keys()), own: state?.own ?? new Set() });
      const wanted = wantedImports(operated, adoption, options);
      refuseOwned(wanted, state, named);
      if (options.write === true && wanted.length > 0 && state === undefined)
        throw new UserError(coded("FL3203", `there is no stack ${named} to write to.\n  fix: pulumi stack init ${named}`));
      const proof = wanted.length === 0 ? undefined : await proven(operated, stack, wanted, state, progress);
      const written = options.write === true && proof !== undefined && isSafe(proof);
      if (written) {
        progress.step(`taking ${proof.imported.length} resources into the state of ${named}`);
        await importIntoStack(operated.project, named, fileOf(operated, state)(proof.imported));
      }
      progress.end();
      if (options.json) process.stdout.write(`${printableJson({ ...adoption, proof, written })}\n`);
      else process.stdout.write(`${renderAdoption(adoption)}${proof ? renderProof(proof, named, written) : ""}`);
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
    Object.entries(options.import).map(([name, id]) => ({ name, id })),
  );
  const urns = new Set(chosen.map(({ urn }) => urn));
  const unknown = options.skip.filter((skipped) => !taken.some(({ name }) => name === skipped));
  if (unknown.length > 0)
    throw new UserError(
      `--skip ${unknown.join(", ")}: not among what would be imported (${taken.map(({ name }) => name).join(", ") || "nothing"}).`,
    );
  const byName = taken.filter(({ urn, name }) => !urns.has(urn) && !options.skip.includes(name));
  return [...chosen, ...byName.map(({ urn, name }) => ({ urn, id: name }))];
}

/** Pulumi imports nothing twice: what the state has it would pass over in silence. */
function refuseOwned(wanted: readonly ChosenImport[], state: StackState | undefined, stack: string): void {
  const owned = wanted.flatMap(({ urn }) => (state?.ids.has(urn) ? [`${urnParts(urn).name}, as ${state.ids.get(urn)}`] : []));
  if (owned.length > 0) throw new UserError(coded("FL3201", `the state of ${stack} has already: ${owned.join("; ")}.`));
}

async function proven(
  operated: OperatedStack,
  stack: string,
  wanted: readonly ChosenImport[],
  state: StackState | undefined,
  progress: Progress,
): Promise<Proof> {
  progress.step(`trying the import of ${wanted.length} resources on a copy of the state`);
  const scratch = await ScratchStack.make(operated.project, stack, state);
  try {
    const settings = settingsOf(operated.plan, wanted);
    const imported = await scratch.import(wanted, settings, fileOf(operated, state));
    progress.step("asking Pulumi what an up would do then");
    return { imported, newSettings: settings.filter((each) => !imported.includes(each)), verdict: await scratch.verdict() };
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
  return (text: string, all: Record<string, string>): Record<string, string> => {
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) throw new InvalidArgumentError(`Expected ${what} as <name>=<value>.`);
    return { ...all, [key]: value };
  };
}
