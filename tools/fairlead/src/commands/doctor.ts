import { markdownOf, textOf as diagnosisText } from "@fairlead/diagnosis";
import type { ReadService } from "@fairlead/manifest";
import { printableJson } from "@fairlead/model";
import { Option, type Command } from "commander";

import { chosen, examine, unwell, type Examined } from "../doctor/examine";
import { openStack, stackOption } from "../operate/openStack";
import { Progress } from "../progress";
import { textOf } from "../textOf";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("doctor")
    .description(
      "Say what is wrong with a service or job, likeliest first: what was seen and where, the line of service.yaml that decides it, and the fix as a diff. " +
        "It only reads, and reads no secret's value. What the credentials may not see is said.",
    )
    .argument("[service...]", "services or jobs (default: the services whose last deployment failed, or whose tasks are not all there)")
    .addOption(stackOption())
    .addOption(new Option("--markdown", "print it as an incident in Markdown").conflicts("json"))
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      "\nExit code 0: nothing wrong was found. 1: a cause was found. 2: the service, its deployments or its tasks could not be seen, or there is no such service.",
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

async function doctor(services: string[], options: DoctorOptions): Promise<void> {
  try {
    const examined = await examineAll(services, options.stack);
    process.stdout.write(`${render(examined, options)}\n`);
    const outcomes = examined.map(({ diagnosis }) => diagnosis.outcome);
    process.exitCode = outcomes.includes("unseen") ? couldNotLook : outcomes.includes("wrong") ? 1 : 0;
  } catch (error) {
    console.error(textOf(error));
    process.exitCode = couldNotLook;
  }
}

async function examineAll(services: string[], named: string | undefined): Promise<Examined[]> {
  let manifests: readonly ReadService[] = [];
  const stack = await openStack(named, { onServicesRead: (read: ReadService[]) => (manifests = read) });
  const progress = new Progress();
  if (services.length === 0) progress.say("asking AWS which services are not well");
  const runnables = (services.length > 0 ? services : await unwell(stack)).map((name) => chosen(stack, name));
  const examined: Examined[] = [];
  try {
    for (const runnable of runnables) {
      examined.push(await examine(runnable, { stack, manifests, progress: (what) => progress.say(`looking at ${what}`) }));
    }
  } finally {
    progress.end();
  }
  return examined;
}

function render(examined: readonly Examined[], { json, markdown }: DoctorOptions): string {
  if (json) {
    const diagnoses = examined.map(({ name, diagnosis, notes }) => ({
      name,
      ...diagnosis,
      causes: diagnosis.causes.map((cause, index) => ({ ...cause, place: notes[index]?.place ?? null, diff: notes[index]?.diff ?? null })),
    }));
    return printableJson({ version: 1, diagnoses });
  }
  if (examined.length === 0) return "All services are steady, and their last deployments came out.";
  return examined.map(({ diagnosis, notes }) => (markdown ? markdownOf(diagnosis, notes) : diagnosisText(diagnosis, notes))).join("\n\n");
}
