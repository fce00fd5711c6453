import { containerService } from "@fairlead/local";
import { printableJson, UserError } from "@fairlead/model";

import { openInBrowser } from "../../openInBrowser";
import { colorsOf } from "../../operate/terminal";
import { chosenTask } from "../choice";
import { ComposeEngine } from "../composeEngine";
import { containersOf } from "../containers";
import { composeArguments, prepare, writeCompose } from "../files";
import { hasItsNeeds } from "../needs";
import { openLocal, type LocalOptions } from "../openLocal";
import { renderAddress, renderStates } from "../renderLocal";
import { startNetworks } from "../schedules/composeRuns";
import { hasItsResources, look } from "../watchParts";

/** Prints the Compose file. */
export async function config(options: LocalOptions): Promise<void> {
  process.stdout.write((await openLocal(options)).text);
}

/** Says how the parts of an environment are. */
export async function status(options: LocalOptions & { json?: boolean }): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
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
}

/** Runs a command in a container of a service that runs. */
export async function exec(
  name: string,
  command: string[],
  { container, ...options }: LocalOptions & { container?: string },
): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const task = chosenTask(local, name);
  writeCompose(local);
  const service = container === undefined ? task.name : containerService(task, container);
  const words = command.length > 0 ? command : ["/bin/sh"];
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? [] : ["--no-TTY"];
  process.exitCode = await compose.attach([...composeArguments(local), "exec", ...terminal, service, ...words]);
}

/** Runs a job, or another command with all that a service has. */
export async function run(name: string, command: string[], options: LocalOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const task = chosenTask(local, name);
  const containers = await containersOf(compose, local.place.project);
  if (containers.some(({ isRelay, state }) => isRelay && state === "running"))
    throw new UserError(
      "`fairlead local up --with-dev` runs, on networks of its own: a job here would start what that left out. Nothing was started. fix: end it first.",
    );
  await prepare(local);
  const isReady = hasItsNeeds(local.environment.compose.services, task.name, containers) && hasItsResources(containers);
  if (isReady) await startNetworks(compose, local, [task]);
  const words = ["run", "--rm", "--quiet-pull", ...(isReady ? ["--no-deps"] : []), task.name, ...command];
  process.exitCode = await compose.attach([...composeArguments(local), ...words]);
}

/** Prints the address of the load balancer or of a service, and opens it where this is a terminal. */
export async function open(name: string | undefined, { print, ...options }: LocalOptions & { print?: boolean }): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const address = name === undefined ? local.url : local.environment.urlOf(chosenTask(local, name).name);
  if (address === undefined)
    throw new UserError(
      name === undefined ? `${local.stack} has no load balancer.` : `${name} has no route: the load balancer sends it nothing.`,
    );
  process.stdout.write(`${address}\n`);
  if (!print && process.stdout.isTTY) openInBrowser(address);
}
