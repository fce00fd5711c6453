import { composeKeysPage, copilotKeysPage, environmentNameProblem, taskDefinitionKeysPage, type Imported } from "@fairlead/import";
import { coded, manifestNames, UserError } from "@fairlead/model";
import { rootOf } from "@fairlead/plan";
import { InvalidArgumentError, type Command } from "commander";

import { readCompose } from "../import/compose";
import { readCopilot } from "../import/copilot";
import { exampleRemoval, type ExampleRemoval } from "../import/examples";
import { plannedEnvironments, renderPlanned, type PlannedEnvironment } from "../import/planned";
import { renderImport } from "../import/renderImport";
import { readTaskDefinitions } from "../import/taskDefinition";
import { allThere, changesOf, writeAll, type Written } from "../import/writeAll";
import { Progress } from "../progress";

/** Adds the command. */
export default function register(program: Command): void {
  const command = program
    .command("import")
    .description(
      "Take over what was written for another tool: its manifests as services and stacks, with a report of every key. Writes over nothing.",
    );

  withOptions(
    command
      .command("copilot")
      .description(
        "Take an AWS Copilot application over: services, jobs, environments, addons and pipelines. Nothing that runs is touched.",
      )
      .argument("<folder>", "the folder that has the folder copilot"),
  ).action((folder: string, options: ImportOptions) => taken((root) => readCopilot(folder, root, options), options));

  withOptions(
    command
      .command("compose")
      .description("Take a Compose project over: its services, jobs, databases, caches and volumes, as one environment.")
      .argument("<path...>", "the folder of the Compose file, or files that are merged in this order")
      .option("--profile <name...>", "take the services of these profiles over as well; * for all"),
  ).action((paths: string[], options: ImportOptions & { profile?: string[] }) =>
    taken((root) => readCompose(paths, root, options), options),
  );

  withOptions(
    command
      .command("task-definition")
      .description("Take task definitions of ECS over, each as a service, with what the workflow says that deploys them.")
      .argument("<file...>", "task-definition.json; also what `aws ecs describe-task-definition` prints")
      .option("--name <application>", "what they are together (default: the family, of one)")
      .option("--image <reference>", "the image of the service, where a workflow fills it in")
      .option("--environment <name>", "the environment that is written", environmentName, "prod"),
  ).action((paths: string[], options: ImportOptions & { name?: string; image?: string; environment: string }) =>
    taken((root) => readTaskDefinitions(paths, root, options), options),
  );

  command
    .command("compose-keys")
    .description("Print what each key of a Compose file is here, as a page (docs/manifest-from-compose.md).")
    .action(() => void process.stdout.write(composeKeysPage()));

  command
    .command("task-definition-keys")
    .description("Print what each key of a task definition is here, as a page (docs/manifest-from-task-definition.md).")
    .action(() => void process.stdout.write(taskDefinitionKeysPage()));

  command
    .command("copilot-keys")
    .description("Print what each key of Copilot's manifests is here, as a page (docs/manifest-from-copilot.md).")
    .action(() => void process.stdout.write(copilotKeysPage()));
}

/** The name of an environment, which is one of a file and of resources at AWS. */
function environmentName(name: string): string {
  const { pattern, allowed } = manifestNames.service;
  if (!pattern.test(name)) throw new InvalidArgumentError(`Expected ${allowed}.`);
  const problem = environmentNameProblem(name);
  if (problem === undefined) return name;
  throw new UserError(
    coded(
      "FL2908",
      `an environment can't be called ${name}: ${problem}.\n  expected: another name, such as prod\n  fix: name it with --environment.`,
    ),
  );
}

/** Options that every import has. */
function withOptions(command: Command): Command {
  return command
    .option("--dry-run", "only say what would be written")
    .option("--json", "print what became of every key as JSON, for other programs")
    .option("--lenient", "tell of keys that nobody knows in the report, instead of ending with them")
    .option("--remove-examples", "take the example services and stacks of a new clone away first; git has them")
    .option(
      "--copy-sources",
      "copy what git has of the folders that images are built from, where they are outside of this repository; of a folder without git all files",
    );
}

/** Their values. */
interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
  lenient?: boolean;
  removeExamples?: boolean;
  copySources?: boolean;
}

const nothingRemoved: ExampleRemoval = { removed: [], emptied: new Map() };

/** Reads what is imported, writes it, plans it, and says all of that. */
async function taken(read: (root: string) => { result: Imported; files: Map<string, Written> }, options: ImportOptions): Promise<void> {
  const root = rootOf();
  const { result, files } = read(root);
  const isThere = allThere(root, files);
  const { removed, emptied } = options.removeExamples && !isThere ? exampleRemoval(root) : nothingRemoved;
  for (const [path, text] of emptied) files.set(path, { text });
  const changes = changesOf(root, files, removed, new Set(emptied.keys()));
  const isWritten = !options.dryRun && changes.added.length > 0;
  const stays = new Set(changes.unchanged);
  const goes = removed.filter((path) => !stays.has(path) && ![...stays].some((each) => each.startsWith(`${path}/`)));
  if (isWritten) writeAll(root, files, changes.added, goes);
  const names = result.environments.map(({ name }) => name);
  const planned = options.dryRun ? [] : await plannedWithProgress(root, names);
  if (options.json) {
    const { findings, calls, application } = result;
    process.stdout.write(
      `${JSON.stringify({ application, services: result.services.map(({ name }) => name), findings, calls, files: changes, planned })}\n`,
    );
  } else {
    process.stdout.write(`${renderImport(result, changes, options.dryRun === true)}\n${renderPlanned(planned)}`);
  }
  if (planned.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

/** Plans what was written. Whoever waits is told so. */
async function plannedWithProgress(root: string, names: readonly string[]): Promise<PlannedEnvironment[]> {
  const progress = new Progress();
  progress.say("planning what was imported");
  return plannedEnvironments(root, names).finally(() => progress.end());
}
