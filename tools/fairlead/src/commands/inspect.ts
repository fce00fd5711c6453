import { performance } from "node:perf_hooks";
import { ImageError } from "@fairlead/images";
import { formatFindings, inspectImage, type Certainty, type ImageReport } from "@fairlead/inspection";
import { platforms, printableLine, shortened, UserError } from "@fairlead/model";
import { colors } from "@fairlead/report/colors";
import type { Command } from "commander";

import { Progress } from "../progress";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("inspect")
    .description(
      "Tell why a container of an image would not start on ECS: reads index, manifests, configs and layers back and checks what it runs. " +
        "Exit code 1: it would not.",
    )
    .argument("<image>", "a reference (registry/repository:tag or @sha256:…), the folder of an OCI layout, or a `docker save` file")
    .option("-p, --platform <platform...>", "what the task needs: linux/amd64, linux/arm64 (default: those of them that the image has)")
    .option("--entry-point <words...>", "the entryPoint of the task definition, as words or as a JSON array")
    .option("--command <words...>", "the command of the task definition, as words or as a JSON array")
    .option("--user <user>", "the user of the task definition")
    .option("--no-cache", "read the image again, although its digest was inspected before")
    .option("--json", "print the report as JSON")
    .option("--timings", "say on standard error where the time went, in milliseconds")
    .action(inspectCommand);
}

/** Options of `fairlead inspect`. */
interface InspectOptions {
  platform?: string[];
  entryPoint?: string[];
  command?: string[];
  user?: string;
  json?: boolean;
  cache?: boolean;
  timings?: boolean;
}

/** Inspects an image and prints what was found. Exit code 1: a container of it would not start. */
async function inspectCommand(image: string, options: InspectOptions): Promise<void> {
  const { user } = options;
  const [entryPoint, command] = [wordsOf("--entry-point", options.entryPoint), wordsOf("--command", options.command)];
  const unknown = (options.platform ?? []).filter((platform) => !(platforms as readonly string[]).includes(platform));
  if (unknown.length > 0) throw new UserError(`--platform ${unknown.join(", ")}: tasks run on ${platforms.join(" and ")}.`);
  const run = entryPoint || command || user ? { entryPoint, command, user } : undefined;
  const started = performance.now();
  const progress = new Progress();
  progress.say(`reading ${printableLine(image)}`);
  const report = await inspectImage(image, { platforms: options.platform, run, cache: options.cache === false ? false : undefined })
    .catch((error: unknown) => {
      throw error instanceof ImageError ? new UserError(`${printableLine(error.message)}\nNothing is known of the image.`) : error;
    })
    .finally(() => progress.end());
  const inspected = performance.now();
  const findings = report.platforms.flatMap((platform) => platform.findings);
  const count = (wanted: Certainty) => findings.filter(({ certainty }) => certainty === wanted).length;
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : render(report, count("dies"), count("may")));
  if (options.timings) console.error(JSON.stringify({ start: Math.round(started), inspection: Math.round(inspected - started) }));
  if (count("dies") > 0) process.exitCode = 1;
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

function render(report: ImageReport, dies: number, may: number): string {
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
  return [...lines, "", ...formatFindings([{ report }]).flatMap((text) => [text, ""]), verdicts.join(" "), ""].join("\n");
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
