import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { printableLine } from "@fairlead/model";

import { LogPrinter } from "../../operate/renderLogs";
import { colorsOf } from "../../operate/terminal";
import { chosenTask, isTasks } from "../choice";
import { ComposeEngine, nowhere } from "../composeEngine";
import { endGroup } from "../endGroup";
import { knownLocal, type KnownLocal } from "../known";
import type { LocalOptions } from "../openLocal";

/** Options of `fairlead local logs`. */
export interface LogsOptions extends LocalOptions {
  follow?: boolean;
  tail: string;
  raw?: boolean;
}

/** What of logs is printed. */
interface PrintedLogs extends Pick<LogsOptions, "follow" | "tail" | "raw"> {
  /** ISO 8601. */
  since?: string;
  /** Lines that are known already are left out. */
  after?: LastLines;
  /** Whether a service's end is nothing to tell of. */
  isReplaced?: (service: string) => boolean;
}

/** When each service wrote its last line, by the engine's clock. */
export class LastLines {
  private readonly times = new Map<string, string>();

  /** Whether a line is one of those that were asked about before. @param time RFC 3339 with nanoseconds, as Docker writes it */
  knows(service: string, time: string): boolean {
    if (time <= (this.times.get(service) ?? "")) return true;
    this.times.set(service, time);
    return false;
  }
}

/** Prints what services and jobs wrote. */
export async function logs(names: string[], options: LogsOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await knownLocal(options, compose);
  if ((await followLogs(compose, local, names, options)) === "interrupted") process.exitCode = 130;
}

/** `api-1  | 2026-01-01T00:00:00.000000000Z text`, as Compose writes it. */
const line = /^(\S+?)-\d+\s+\|\s(\S+)\s?(.*)$/s;

const allTasks = ({ environment: { compose } }: KnownLocal): string[] =>
  Object.keys(compose.services).filter((service) => isTasks(compose.services[service]!));

/** Of a service or job, or of what stands for AWS: `status` lists both. */
function servicesOf(local: KnownLocal, name: string): string[] {
  const { services } = local.environment.compose;
  const own = Object.keys(services).filter((service) => services[service]!.labels?.["fairlead.task"] === name);
  if (own.length > 0) return own;
  return name in services ? [name] : [chosenTask(local, name).name];
}

/** Prints them as Compose has them. @returns the program that does */
export function printLogs(
  compose: ComposeEngine,
  local: KnownLocal,
  names: readonly string[],
  { follow, tail, raw, since, after, isReplaced = () => false }: PrintedLogs,
  printer = new LogPrinter(colorsOf(process.stdout), raw),
): ChildProcess {
  const services = new Set(names.length > 0 ? names.flatMap((name) => servicesOf(local, name)) : allTasks(local));
  const until = [...(since ? ["--since", since] : []), ...(follow ? ["--follow"] : [])];
  const words = ["logs", "--no-color", "--timestamps", "--tail", tail, ...until];
  // Whatever a file says, and of all: asked for one that has no container, Compose tells nothing.
  const child = compose.spawn(["--project-name", local.place.project, ...words], {
    cwd: nowhere,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  createInterface({ input: child.stdout! }).on("line", (text) => {
    const [, service, time = "", message = ""] = line.exec(text) ?? [];
    if (service === undefined) {
      // Compose says so itself when a container ends.
      const [, written = "", code] = /(\S+?)-\d+ exited with code (\d+)/.exec(text) ?? [];
      const ended = written.replace("\x1b[K", "");
      if (services.has(ended) && !isReplaced(ended)) process.stderr.write(`${printableLine(ended)} ended with exit code ${code}\n`);
      return;
    }
    if (!services.has(service) || after?.knows(service, time)) return;
    const { "fairlead.task": task = service, "fairlead.container": container = service } =
      local.environment.compose.services[service]?.labels ?? {};
    const shown = { timestamp: Date.parse(time) || 0, service: task, container, isOwn: container === task, task: "", message };
    process.stdout.write(raw ? `${printableLine(message)}\n` : `${printer.line(shown)}\n`);
  });
  return child;
}

/** @returns how it ended */
export function followLogs(
  compose: ComposeEngine,
  local: KnownLocal,
  names: readonly string[],
  options: PrintedLogs,
  printer?: LogPrinter,
): Promise<"ended" | "interrupted"> {
  const child = printLogs(compose, local, names, options, printer);
  return new Promise((resolve, reject) => {
    const interrupt = () => {
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt).off("SIGHUP", interrupt);
      endGroup(child);
      resolve("interrupted");
    };
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt).on("SIGHUP", interrupt);
    child.on("error", reject);
    child.on("close", () => resolve("ended"));
  });
}
