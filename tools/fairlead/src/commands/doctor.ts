import { markdownOf, textOf as diagnosisText } from "@fairlead/diagnosis";
import type { ReadService } from "@fairlead/manifest";
import { printableJson } from "@fairlead/model";
import { chosenRunnables, type OperatedStack, type Unseen } from "@fairlead/operations";
import { Option, type Command } from "commander";

import { chosen, examine, type Examined } from "../doctor/examine";
import { unwell } from "../doctor/unwell";
import { unseenLines } from "../operate/renderStatus";
import { colorsOf } from "../operate/terminal";
import { stackOption, withStack } from "../operate/openStack";
import { Progress } from "../progress";
import { textOf } from "../textOf";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("doctor")
    .description(
      "Say what is wrong with a service or job, likeliest first: what was seen and where, the line of service.yaml that decides it, and the fix as a diff. " +
        "It only reads, and reads no secret's value. What the credentials may not see is said.",
    )
    .argument(
      "[service...]",
      "services or jobs (default: those that are not well: tasks missing or unhealthy, an alarm that is on, a last deployment or run that failed)",
    )
    .addOption(stackOption())
    .addOption(new Option("--markdown", "print it as an incident in Markdown").conflicts("json"))
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      epilogue(
        "Exit code 0: nothing wrong was found. 1: a cause was found. 2: the service, its deployments or its tasks could not be seen, or there is no such service.",
      ),
    )
    // 1 says that a cause was found.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : couldNotLook))
    .action(doctor);
}

/** Options of `fairlead doctor`. */
interface DoctorOptions {
  stack?: string;
  markdown?: boolean;
  json?: boolean;
}

const couldNotLook = 2;

/** What was looked at, and what could not be seen of the others. */
interface Looked {
  examined: Examined[];
  unseen: Unseen[];
}

async function doctor(services: string[], options: DoctorOptions): Promise<void> {
  try {
    const { examined, unseen } = await examineAll(services, options.stack);
    process.stdout.write(`${render({ examined, unseen }, options)}\n`);
    const outcomes = examined.map(({ diagnosis }) => diagnosis.outcome);
    process.exitCode = outcomes.includes("unseen") || unseen.length > 0 ? couldNotLook : outcomes.includes("wrong") ? 1 : 0;
  } catch (error) {
    console.error(textOf(error));
    process.exitCode = couldNotLook;
  }
}

async function examineAll(services: string[], named: string | undefined): Promise<Looked> {
  let manifests: readonly ReadService[] = [];
  const hooks = { onServicesRead: (read: ReadService[]) => (manifests = read) };
  return withStack(named, (stack) => examineThese(stack, services, () => manifests), {
    hooks,
    check: (inAws) => void chosenRunnables(inAws, services),
  });
}

async function examineThese(stack: OperatedStack, services: string[], manifests: () => readonly ReadService[]): Promise<Looked> {
  const progress = new Progress();
  if (services.length === 0) progress.say("asking AWS which services are not well");
  const examined: Examined[] = [];
  try {
    const { names, unseen } = services.length > 0 ? { names: services, unseen: [] } : await unwell(stack);
    for (const runnable of names.map((name) => chosen(stack, name))) {
      examined.push(await examine(runnable, { stack, manifests: manifests(), progress: (what) => progress.say(`looking at ${what}`) }));
    }
    return { examined, unseen };
  } finally {
    progress.end();
  }
}

function render({ examined, unseen }: Looked, { json, markdown }: DoctorOptions): string {
  if (json) {
    const diagnoses = examined.map(({ name, diagnosis, notes }) => ({
      name,
      ...diagnosis,
      causes: diagnosis.causes.map((cause, index) => ({ ...cause, place: notes[index]?.place ?? null, diff: notes[index]?.diff ?? null })),
    }));
    return printableJson({ version: 1, diagnoses, unseen });
  }
  if (examined.length === 0 && unseen.length === 0) return "All services are steady, and their last deployments came out.";
  const found = examined.map(({ name, diagnosis, notes }) => (markdown ? markdownOf : diagnosisText)(diagnosis, notes, name));
  if (unseen.length === 0) return found.join("\n\n");
  const others = `Nobody can say whether ${examined.length > 0 ? "the others" : "the services"} are well:`;
  return [...found, [others, ...unseenLines(unseen, colorsOf({}))].join(markdown ? "\n\n" : "\n")].join("\n\n");
}
