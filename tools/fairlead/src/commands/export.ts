import { resolve } from "node:path";
import { exportTaskDefinitions, exportTerraformImport, type OpenValue } from "@fairlead/export";
import { printableJson } from "@fairlead/model";
import type { Command } from "commander";

import { counted } from "../counted";
import { deployedOrPlanned, deployedState, nameOf, type SourceOptions } from "../export/source";
import { renderWritten, writeExported } from "../export/writeExported";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  const command = program
    .command("export")
    .description(
      "Write what is deployed as plain files that need nothing of ours: for AWS's CLI and GitHub's actions, for Docker Compose, for Terraform. " +
        "Writes over nothing, and changes nothing that runs.",
    );

  common(command.command("task-definition"))
    .description(
      "Write a task-definition.json for each service and job, as `aws ecs register-task-definition` and GitHub's actions take it, and what starts it.",
    )
    .option("--state <file>", "the state, as `pulumi stack export` wrote it (default: what that says now)")
    .option("--planned", "take the plan, without credentials; what only AWS knows is left to be filled in")
    .addHelpText("after", epilogue("Without a state that can be read the plan is taken, and says so. Secrets are never written."))
    .action(taskDefinition);

  common(command.command("compose"))
    .description("Write a compose.yaml that `docker compose up` runs, from the same manifests and names.")
    .option(
      "-c, --config <key=value>",
      "set a value of the stack's configuration; repeatable",
      (value: string, all: string[]) => [...all, value],
      [],
    )
    .action(compose);

  common(command.command("terraform-import"))
    .description("Write an `import` block of Terraform for each resource that is deployed. Nothing of a resource is written but its id.")
    .option("--state <file>", "the state, as `pulumi stack export` wrote it (default: what that says now)")
    .action(terraformImport);
}

function common(command: Command): Command {
  return command
    .argument("<stack>", "the stack; of Pulumi Cloud also <organization>/<stack>")
    .option("--out <folder>", "where to write (default: exported/<stack>/ and what it is)")
    .option("--json", "print the files as JSON; nothing is written without --out");
}

/** More of what is to be filled in is in the README.md that is written. */
const mostShown = 5;

/** Options that all exports have. */
interface ExportOptions extends SourceOptions {
  out?: string;
  json?: boolean;
}

async function taskDefinition(stack: string, options: ExportOptions): Promise<void> {
  const { deployed, notDeployed } = await deployedOrPlanned(stack, options);
  const { files, tasks, open } = exportTaskDefinitions(deployed);
  const said = [
    ...(notDeployed === undefined
      ? []
      : [`No state could be read, so that this is the plan:\n${notDeployed.replaceAll(/^(?=.)/gm, "  ")}`]),
    `${deployed.stack}: ${counted(tasks.length, "task definition")}, from its ${deployed.from}`,
  ];
  finish(options, stack, "task-definition", files, { stack: deployed.stack, from: deployed.from, open }, [...said, ...renderOpen(open)]);
}

function renderOpen(open: readonly OpenValue[]): string[] {
  if (open.length === 0) return [];
  const lines = open.slice(0, mostShown).map(({ text, why }) => `  ${text}  ${why}`);
  const more = open.length > mostShown ? [`  and ${open.length - mostShown} more in README.md`] : [];
  return [`To be filled in, ${counted(open.length, "value")} that AWS refuses as they are:`, ...lines, ...more];
}

async function compose(stack: string, options: ExportOptions & { config: string[] }): Promise<void> {
  const { composeExport } = await import("../export/composeExport");
  const folder = folderOf(options, stack, "compose");
  const { files, url, needed, notes, prepare } = await composeExport(nameOf(stack), folder, options.config);
  const said = [
    ...(needed.length > 0 ? [`To be filled in, in .env beside the file: ${needed.join(", ")}`] : []),
    ...notes.map((note) => `  ${note}`),
    ...(url === undefined ? [] : [`It answers at ${url} after \`docker compose up --build\`.`]),
  ];
  const isWritten = finish(options, stack, "compose", files, { stack: nameOf(stack), url, needed, notes }, said);
  if (isWritten) await prepare();
}

function terraformImport(stack: string, options: ExportOptions): void {
  const deployed = deployedState(stack, options);
  const { files, blocks, leftOut } = exportTerraformImport(deployed);
  const said = [
    `${deployed.stack}: ${counted(blocks.length, "resource")} to import, ${leftOut.length} not`,
    ...leftOut.map(({ type, name, why }) => `  ${type} ${name}\n    ${why}`),
    "Then: terraform init && terraform plan -generate-config-out=generated.tf",
  ];
  finish(options, stack, "terraform-import", files, { stack: deployed.stack, blocks, leftOut }, said);
}

/** Writes and tells. @returns whether anything may be written */
function finish(
  options: ExportOptions,
  stack: string,
  form: string,
  files: ReadonlyMap<string, string>,
  facts: object,
  said: readonly string[],
): boolean {
  const isWritten = !options.json || options.out !== undefined;
  const written = isWritten ? writeExported(folderOf(options, stack, form), files) : undefined;
  if (options.json) process.stdout.write(`${printableJson({ ...facts, ...written, files: Object.fromEntries(files) })}\n`);
  else process.stdout.write(`${said.join("\n")}\n\n${renderWritten(written!)}`);
  return isWritten;
}

const folderOf = ({ out }: ExportOptions, stack: string, form: string) => resolve(out ?? `exported/${nameOf(stack)}/${form}`);
