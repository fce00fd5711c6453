import { randomBytes } from "node:crypto";
import { containerService } from "@fairlead/local";
import { printableJson, UserError } from "@fairlead/model";

import { openInBrowser } from "../../openInBrowser";
import { colorsOf } from "../../operate/terminal";
import { bringUpNeeds } from "../bringUp";
import { causesOf } from "../causes";
import { chosenTask, isTasks } from "../choice";
import { ComposeEngine, nowhere } from "../composeEngine";
import { containersOf, runningServices } from "../containers";
import { composeArguments } from "../files";
import { unlessInterrupted } from "../interrupts";
import { knownLocal, type KnownLocal } from "../known";
import { openLocal, type LocalOptions } from "../openLocal";
import { renderAddress, renderCauses, renderStates } from "../renderLocal";
import { look } from "../watchParts";

/** Prints the Compose file. */
export async function config(options: LocalOptions): Promise<void> {
  process.stdout.write((await openLocal(options)).text);
}

/** Says how the parts of an environment are. */
export async function status(options: LocalOptions & { json?: boolean }): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await knownLocal(options, compose);
  const parts = await look(compose, local);
  const { environment, url } = local;
  const isRunning = parts.some(({ phase }) => phase === "up");
  if (options.json) {
    const shown = parts.map(({ name, phase, restarts, containers }) => ({
      name,
      phase,
      restarts,
      url: environment.urlOf(name),
      containers,
    }));
    process.stdout.write(`${printableJson({ project: local.place.project, url: isRunning ? url : undefined, parts: shown })}\n`);
    return;
  }
  const colors = colorsOf(process.stdout);
  const lines = [
    ...renderStates(parts, environment.urlOf, colors),
    "",
    ...renderAddress(isRunning ? url : undefined, environment.notes, colors),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  const failed = parts.filter(({ phase }) => phase === "failed");
  if (failed.length === 0) return;
  const causes = await causesOf(failed, { compose, tasks: environment.tasks, data: environment.bindable });
  process.stdout.write(`\n${renderCauses(causes, colors)}\n`);
}

/** Runs a command in a container of a service that runs, or of what stands for AWS. */
export async function exec(
  name: string,
  command: string[],
  { container, ...options }: LocalOptions & { container?: string },
): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await knownLocal(options, compose);
  const service = serviceOf(local, name, container);
  if (!runningServices(await containersOf(compose, local.place.project)).includes(service))
    throw new UserError(`${service} doesn't run. fix: npx fairlead local up; what it wrote last: npx fairlead local logs ${name}`);
  const words = command.length > 0 ? command : ["/bin/sh"];
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? [] : ["--no-TTY"];
  process.exitCode = await compose.attach(["--project-name", local.place.project, "exec", ...terminal, service, ...words], {
    cwd: nowhere,
  });
}

function serviceOf(local: KnownLocal, name: string, container?: string): string {
  if (container !== undefined) return containerService(chosenTask(local, name), container);
  const { services } = local.environment.compose;
  return services[name] && !isTasks(services[name]) ? name : chosenTask(local, name).name;
}

/** Runs a job, or another command with all that a service has. */
export async function run(name: string, command: string[], options: LocalOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const task = chosenTask(local, name);
  const { project } = local.place;
  const containers = await containersOf(compose, project);
  if (containers.some(({ isRelay, state }) => isRelay && state === "running"))
    throw new UserError(
      "`fairlead local up --with-dev` runs, on networks of its own: a job here would start what that left out. Nothing was started. fix: end it first.",
    );
  const begun = await unlessInterrupted(compose, bringUpNeeds(compose, local, task));
  if (begun === "interrupted") return process.exit(130);
  const container = `${project}-${task.name}-run-${randomBytes(4).toString("hex")}`;
  const words = ["run", "--rm", "--no-deps", "--quiet-pull", "--name", container, task.name, ...command];
  try {
    // Compose hands a signal on to the program, and many a one that is the first of a container takes none: it is stopped as a task is.
    const end = () => compose.engine.call(["stop", container], { timeoutSeconds: 150 });
    process.exitCode = await compose.attach([...composeArguments(begun), ...words], { end });
  } finally {
    await compose.engine.call(["rm", "--force", container]);
  }
}

/** Prints the address of the load balancer or of a service, and opens it where this is a terminal. */
export async function open(name: string | undefined, { print, ...options }: LocalOptions & { print?: boolean }): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await knownLocal(options, compose);
  const address = name === undefined ? local.url : local.environment.urlOf(chosenTask(local, name).name);
  if (address === undefined)
    throw new UserError(
      name === undefined ? `${local.stack} has no load balancer.` : `${name} has no route: the load balancer sends it nothing.`,
    );
  process.stdout.write(`${address}\n`);
  if (!print && process.stdout.isTTY) openInBrowser(address);
}
