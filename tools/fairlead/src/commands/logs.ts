import { setTimeout as wait } from "node:timers/promises";
import { jsonLine, LogReader, logSources, Sight, since, type LogLine, type OperatedStack } from "@fairlead/operations";
import { printableJson, UserError } from "@fairlead/model";
import type { Command } from "commander";

import { stackOption, withStack } from "../operate/openStack";
import { LogPrinter } from "../operate/renderLogs";
import { unseenLines } from "../operate/renderStatus";
import { colorsOf } from "../operate/terminal";
import { Progress } from "../progress";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("logs")
    .description(
      "Print what services and jobs wrote, of all their tasks, in the order of time. A line in JSON is shown by its level, message and fields. Reads only.",
    )
    .argument("[service...]", "services and jobs (default: all)")
    .addOption(stackOption())
    .option("-f, --follow", "go on with what is written from now on; Ctrl-C ends it")
    .option("--since <time>", "from when: 30s, 10m, 2h, 1d ago, or 2026-06-01T12:00:00 (UTC without a zone)", "10m")
    .option("--until <time>", "until when, as --since (default: now)")
    .option("--grep <text>", "lines that contain a text, or, as /…/, match an expression; upper and lower case differ")
    .option("--container <name>", "of one container (default: all of a task)")
    .option("--raw", "lines as they were written, JSON as well")
    .option("--json", "print each line as a line of JSON, with its service, container, task and time")
    .addHelpText("after", epilogue("Exit code 0: all could be read. 1: something could not."))
    .action(logs);
}

/** Options of `fairlead logs`. */
interface LogsOptions {
  stack?: string;
  follow?: boolean;
  since: string;
  until?: string;
  grep?: string;
  container?: string;
  raw?: boolean;
  json?: boolean;
}

async function logs(services: string[], options: LogsOptions): Promise<void> {
  if (options.follow && options.until !== undefined) throw new UserError("--follow goes on, and --until ends: one of the two.");
  const from = since("--since", options.since);
  const until = options.until === undefined ? undefined : since("--until", options.until);
  if (until !== undefined && until <= from)
    throw new UserError(`--until ${options.until} is before --since ${options.since}: nothing is between.`);
  const grep = expressionOf(options.grep);
  await withStack(options.stack, (stack) => print(stack, services, { ...options, from, until, grep }), {
    check: (inAws) => void logSources(inAws, services, options.container),
  });
}

/** Which lines, and how. */
interface Wanted extends Omit<LogsOptions, "since" | "until" | "grep"> {
  from: number;
  until: number | undefined;
  grep: string | RegExp | undefined;
}

async function print({ inAws, clients }: OperatedStack, services: string[], options: Wanted): Promise<void> {
  const { from, until, grep } = options;
  const sources = logSources(inAws, services, options.container);
  const sight = new Sight(inAws.stack);
  const reader = new LogReader(clients, sight);
  const colors = colorsOf(process.stdout);
  const printer = new LogPrinter(colors, options.raw);
  const write = (lines: LogLine[]) =>
    process.stdout.write(lines.map((line) => `${options.json ? jsonOf(line) : printer.line(line)}\n`).join(""));
  const told = new Set<string>();
  const tellUnseen = () => {
    for (const line of unseenLines(sight.unseen, colorsOf(process.stderr)).filter((each) => !told.has(each))) {
      told.add(line);
      process.stderr.write(`${line}\n`);
    }
    if (sight.unseen.length > 0) process.exitCode = 1;
  };
  if (options.follow) {
    const pause = async (milliseconds: number) => {
      tellUnseen();
      await wait(milliseconds);
    };
    process.stderr.write(
      `Following ${[...new Set(sources.map(({ service }) => service))].join(", ")} of ${inAws.stack}; Ctrl-C ends it.\n`,
    );
    for await (const lines of reader.follow(sources, { since: from, grep }, pause)) write(lines);
    return;
  }
  const progress = new Progress();
  progress.say("reading logs");
  const lines = await reader.read(sources, { since: from, until, grep }).finally(() => progress.end());
  write(lines);
  tellUnseen();
  if (lines.length > 0 || sight.unseen.length > 0) return;
  const range = `since ${new Date(from).toISOString()}${until === undefined ? "" : ` until ${new Date(until).toISOString()}`}`;
  const names = [...new Set(sources.map(({ service }) => service))].join(", ");
  process.stderr.write(
    `Nothing of ${names} ${range}${grep === undefined ? "" : ` with ${typeof grep === "string" ? `"${grep}"` : String(grep)}`}.\n`,
  );
}

/** A line for programs; one that is JSON with what is in it. */
function jsonOf({ timestamp, service, container, task, message }: LogLine): string {
  const json = jsonLine(message);
  const fields = json && (JSON.parse(message) as unknown);
  return printableJson({ time: new Date(timestamp).toISOString(), service, container, task, message, ...(json && { fields }) });
}

/** `/…/` and `/…/i` are expressions. */
function expressionOf(text: string | undefined): string | RegExp | undefined {
  const [, source, flags] = /^\/(.+)\/(i?)$/.exec(text ?? "") ?? [];
  if (source === undefined && /^\/./.test(text ?? "")) {
    process.stderr.write(`--grep ${text} is taken for a text: an expression ends with / as well.\n`);
  }
  if (source === undefined) return text;
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new UserError(`--grep ${text}: ${(error as Error).message}.`);
  }
}
