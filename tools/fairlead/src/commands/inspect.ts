import { performance } from "node:perf_hooks";
import { ImageError } from "@fairlead/images";
import { formatFindings, inspectImage, type Certainty, type ImageReport } from "@fairlead/inspection";
import { platforms, printableJson, printableLine, shortened, UserError, withoutLogins } from "@fairlead/model";
import { colors } from "@fairlead/report/colors";
import type { Command } from "commander";

import { Progress } from "../progress";
import { runOfImage, type ContainerRun } from "../run/containerRun";
import { NotTried } from "../run/engine";
import type { PlannedTask } from "../run/plannedTask";
import { renderRun } from "../run/renderRun";
import { runImage, type RunReport } from "../run/runImage";
import { textOf } from "../textOf";

/** Adds the command. */
export default function register(program: Command): void {
  const command = program.command("inspect");
  command
    .description(
      "Tell why a container of an image would not start on ECS: reads index, manifests, configs and layers back and checks what it runs. " +
        "With --run it starts one as well, without a network, and tells what became of it. " +
        "Exit code 0: nothing was found that keeps it from running; 1: it would not, or did not, live; 2: nothing is known, " +
        "because it can't be read, could not be run here, or the call is wrong.",
    )
    // Commander's own would be that of an image that does not live.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : nothingKnown))
    .configureOutput({ outputError: (text, write) => write(/unknown option/.test(text) ? `${text}${hintOf(command.opts())}` : text) })
    .argument("<image>", "a reference (registry/repository:tag or @sha256:…), the folder of an OCI layout, or a `docker save` file")
    .option(
      "-p, --platform <platform...>",
      "what to judge: linux/amd64, linux/arm64 (default: the --service's own; without it, or with --run, those of them that the image has)",
    )
    .option("--entry-point <words...>", "the entryPoint of the task definition, as words or as a JSON array")
    .option("--command <words...>", "the command of the task definition, as words or as a JSON array")
    .option("--user <user>", "the user of the task definition")
    .option(
      "--service <name>",
      "take all of that from the task definition of this service, in the embedded plan: platform, command, user, mounts",
    )
    .option("--stack <stack>", "the stack whose plan has it (default: the first of stacks/environments.json)")
    .option("--run", "start a container with Docker or Podman, as the task definition says, until it is healthy or --seconds are over")
    .option("--run-if-possible", "the same; where no engine answers, say so, and judge by the files alone")
    .option("--seconds <seconds>", "how long a container without a health check has to live", "10")
    .option("--no-cache", "read the image again, although its digest was inspected before")
    .option("--json", "print the report as JSON")
    .option("--timings", "say on standard error where the time went, in milliseconds")
    .action((image: string, options: InspectOptions) =>
      inspectCommand(image, options).catch((error: unknown) => tell(error, image, options)),
    );
}

/** Options of `fairlead inspect`. */
interface InspectOptions {
  platform?: string[];
  entryPoint?: string[];
  command?: string[];
  user?: string;
  service?: string;
  stack?: string;
  run?: boolean;
  runIfPossible?: boolean;
  seconds: string;
  json?: boolean;
  cache?: boolean;
  timings?: boolean;
}

/** Exit code where neither is known: that a container of the image would live, or that it would not. */
const nothingKnown = 2;

/** Tells what kept an image from being inspected: as JSON, where that is asked for, what of the image can't be read. */
function tell(error: unknown, image: string, { json }: InspectOptions): void {
  process.exitCode = nothingKnown;
  if (json && error instanceof ImageError)
    process.stdout.write(`${printableJson({ image, error: { code: error.code, message: withoutLogins(error.problem) } })}\n`);
  else
    console.error(
      textOf(error instanceof ImageError ? new UserError(`${printableLine(error.message)}\nNothing is known of the image.`) : error),
    );
}

/** How to write words that begin with a dash, which end the list of an option; empty where no such option was given. */
function hintOf({ command, entryPoint }: Partial<InspectOptions>): string {
  const option = command ? "--command" : entryPoint ? "--entry-point" : undefined;
  return option ? `Words that begin with a dash are given as one JSON array: ${option} '["nginx","-g","daemon on;"]'.\n` : "";
}

/** Inspects an image, runs it where that is asked for, and prints what was found. Exit code 1: a container of it would not live. */
async function inspectCommand(image: string, options: InspectOptions): Promise<void> {
  const unknown = (options.platform ?? []).filter((platform) => !(platforms as readonly string[]).includes(platform));
  if (unknown.length > 0)
    throw new UserError(`--platform ${unknown.join(", ")}: tasks run on ${platforms.join(" and ")}.\n${hintOf(options)}`.trimEnd());
  const seconds = secondsOf(options.seconds);
  if (options.stack && !options.service) throw new UserError(`--stack ${options.stack}: name the --service of it that the image is for.`);
  const given = settingsOf(options);
  const started = performance.now();
  const progress = new Progress();
  try {
    const task = options.service ? await taskOf(options.service, options.stack, (text) => progress.say(text)) : undefined;
    progress.say(`reading ${printableLine(image)}`);
    const run = task || given ? { ...task?.settings, ...given } : undefined;
    const wantsRun = options.run || options.runIfPossible;
    const report = await inspectImage(image, {
      // What is built to be run here is for this machine.
      platforms: options.platform ?? (task && !wantsRun ? [task.platform] : undefined),
      run,
      cache: options.cache === false ? false : undefined,
    });
    const inspected = performance.now();
    const ran = wantsRun ? await runOrReason(report, { task, given, seconds, progress }) : undefined;
    progress.end();
    print(report, ran, task?.requirements ?? [], options);
    if (options.timings) {
      const milliseconds = { start: started, inspection: inspected - started, run: performance.now() - inspected };
      console.error(JSON.stringify(milliseconds, (_, value: unknown) => (typeof value === "number" ? Math.round(value) : value)));
    }
  } finally {
    progress.end();
  }
}

async function taskOf(service: string, stack: string | undefined, say: (text: string) => void): Promise<PlannedTask> {
  // A plan takes a second to load, for which an inspection by itself need not wait.
  const { serviceTask } = await import("../run/serviceTask");
  return serviceTask(service, stack, say);
}

/** What the caller says of the task definition; undefined where nothing is said. */
function settingsOf(options: InspectOptions): Pick<ContainerRun, "entryPoint" | "command" | "user"> | undefined {
  const given = {
    entryPoint: wordsOf("--entry-point", options.entryPoint),
    command: wordsOf("--command", options.command),
    user: options.user,
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return said.length > 0 ? (Object.fromEntries(said) as typeof given) : undefined;
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,4}$/.test(text) && seconds >= 1) return seconds;
  throw new UserError(`--seconds ${text}: expected a number from 1 to 9999.`);
}

interface RunArgs {
  task?: PlannedTask;
  given?: Pick<ContainerRun, "entryPoint" | "command" | "user">;
  seconds: number;
  progress: Progress;
}

/** What the run showed, or why there was none. */
async function runOrReason(report: ImageReport, { task, given, seconds, progress }: RunArgs): Promise<RunReport | NotTried> {
  const runOf = (platform: string): ContainerRun => {
    const { healthCheck } = report.platforms.find((one) => one.platform === platform)!;
    if (!task) return runOfImage(given ?? {}, healthCheck);
    // `up` states the image's own where the manifest says nothing of it.
    return { ...task.run, healthCheck: task.run.healthCheck ?? healthCheck, ...given };
  };
  const manifests = report.platforms.flatMap(({ platform, digest }) => (digest ? [{ platform, digest }] : []));
  const say = (text: string) => progress.say(text);
  return runImage({ image: report.image, manifests, platform: task?.platform, runOf, seconds, say }).catch((error: unknown) => {
    if (error instanceof NotTried) return error;
    if (error instanceof ImageError) return new NotTried(error.message);
    throw error;
  });
}

function print(
  report: ImageReport,
  ran: RunReport | NotTried | undefined,
  requirements: readonly string[],
  { json, service, runIfPossible, run }: InspectOptions,
): void {
  const isNotTried = ran instanceof NotTried;
  const findings = [...report.platforms.flatMap((platform) => platform.findings), ...(ran && !isNotTried ? ran.findings : [])];
  const count = (wanted: Certainty) => findings.filter(({ certainty }) => certainty === wanted).length;
  const runText = !ran ? "" : isNotTried ? `${colors.yellow("!")} ${ran.message}\n` : renderRun(ran, report, service);
  const shown = {
    ...report,
    ...(requirements.length > 0 && { requirementsNotChecked: requirements }),
    ...(ran && { run: isNotTried ? { notTried: ran.message } : ran }),
  };
  const required = requirements.length > 0 ? `The stack's ${requirements.join(", ")} were not checked: \`pulumi up\` does that.\n` : "";
  process.stdout.write(json ? `${printableJson(shown)}\n` : render(report, runText, count("dies"), count("may")) + required);
  if (count("dies") > 0) process.exitCode = 1;
  else if (isNotTried && (run || !runIfPossible)) process.exitCode = nothingKnown;
}

/** Words as they are, or one JSON array of them, which may hold words that begin with a dash. */
function wordsOf(option: string, words: string[] | undefined): string[] | undefined {
  const [first, ...others] = words ?? [];
  if (!first?.startsWith("[") || others.length > 0) return words;
  try {
    const parsed = JSON.parse(first) as unknown;
    if (Array.isArray(parsed) && parsed.every((word) => typeof word === "string")) return parsed;
  } catch {
    // Told below.
  }
  throw new UserError(`${option} ${first}: expected a JSON array of texts, such as ["sh", "-c", "…"].`);
}

function render(report: ImageReport, run: string, dies: number, may: number): string {
  const lines = [printableLine(report.image), colors.dim(report.digest), ""];
  for (const { platform, findings, layers, size, arguments: words, user } of report.platforms) {
    const dead = findings.some(({ certainty }) => certainty === "dies");
    const mark = dead ? colors.red("✗") : findings.length > 0 ? colors.yellow("!") : colors.green("✓");
    const runs = words.length > 0 ? printableLine(shortened(`${JSON.stringify(words)} as ${user || "root"}`, 2000)) : "";
    lines.push(
      `${mark} ${printableLine(platform)}  ${colors.dim(`${layers} layer${layers === 1 ? "" : "s"}, ${megabytes(size)} MB`)}  ${runs}`,
    );
  }
  if (report.others) lines.push(colors.dim(`- not looked at, for no task runs on it: ${printableLine(report.others.join(", "))}`));
  const things = (count: number) => `${count} ${count === 1 ? "thing" : "things"}`;
  const verdicts = [
    ...(dies > 0 ? [`${things(dies)} will keep it from running.`] : []),
    ...(may > 0 ? [`${things(may)} may keep it from running.`] : []),
    ...(dies + may === 0 ? ["Nothing was found that keeps it from running."] : []),
  ];
  const told = formatFindings([{ report }]).flatMap((text) => [text, ""]);
  return [...lines, "", ...told, ...(run ? [run] : []), verdicts.join(" "), ""].join("\n");
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
