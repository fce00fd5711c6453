import { containerService, loadBalancerService, networkHolder, type Task } from "@fairlead/local";
import { coded, UserError } from "@fairlead/model";

import { LogPrinter } from "../../operate/renderLogs";
import { colorsOf } from "../../operate/terminal";
import { fitToPrint } from "../../run/lastLines";
import { causesOf } from "../causes";
import { scheduledTasks, startedTasks } from "../choice";
import { ComposeEngine } from "../composeEngine";
import { removeUnstarted } from "../containers";
import { composeArguments, prepare } from "../files";
import { unlessInterrupted } from "../interrupts";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { forgetBroughtUp, remember, remembered } from "../place";
import { composeRuns, startNetworks } from "../schedules/composeRuns";
import { followSchedules } from "../schedules/scheduledRuns";
import { renderTimetable, Timetable, type ScheduledTask } from "../schedules/timetable";
import { renderAddress, renderCauses, renderStates } from "../renderLocal";
import { digestWith } from "../secrets";
import { hasItsResources, isUp, look, startedOnly, untilUp } from "../watchParts";
import type { PartState } from "../taskStates";
import { followLogs } from "./logs";

/** Options of `fairlead local up`. */
export interface UpOptions extends LocalOptions {
  detach?: boolean;
  build?: boolean;
  /** Whether jobs run when they are due. */
  schedules?: boolean;
  timeout: string;
  settle: string;
}

/** Brings an environment up, and follows its logs until somebody ends it. */
export async function up(names: string[], options: UpOptions): Promise<void> {
  if (options.schedules && options.detach)
    throw new UserError("--schedules with --detach: once this command has ended nobody would start what is due. Leave out one of the two.");
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const scheduled = options.schedules ? scheduledTasks(local, names) : [];
  // What AWS would not take as a schedule is told before anything starts.
  new Timetable(scheduled, new Date());
  const parts = await unlessInterrupted(compose, bringUp(compose, local, names, options, scheduled));
  if (parts === "interrupted") return stop(local);
  const colors = colorsOf(process.stdout);
  const { environment, url } = local;
  process.stdout.write(`${renderStates(parts, environment.urlOf, colors).join("\n")}\n\n`);
  if (!isUp(parts)) throw await notUp(compose, local, parts);
  process.stdout.write(`${renderAddress(url, environment.notes, colors).join("\n")}\n`);
  if (options.detach) return;
  const printer = new LogPrinter(colors);
  const schedules = options.schedules ? await beginSchedules(compose, local, scheduled, printer) : undefined;
  const ended = await followLogs(compose, local, [], { follow: true, tail: "0" }, printer);
  await schedules?.end();
  if (ended === "interrupted") await stop(local);
}

/** Runs jobs when they are due, and says when that is. */
async function beginSchedules(compose: ComposeEngine, local: OpenLocal, tasks: readonly ScheduledTask[], printer: LogPrinter) {
  await startNetworks(compose, local, tasks);
  const now = new Date();
  const timetable = new Timetable(tasks, now);
  const lines = tasks.length > 0 ? renderTimetable(timetable, now) : ["No job of these has a schedule."];
  process.stdout.write(`${lines.join("\n")}\n`);
  const end = new AbortController();
  const following = followSchedules(timetable, composeRuns(compose, local, printer), end.signal);
  return { end: () => (end.abort(), following) };
}

/** After Ctrl-C. What still goes on in this process is left behind. */
async function stop({ place: { project, folder } }: OpenLocal): Promise<never> {
  process.stderr.write("\nStopping. Ctrl-C again leaves running what still does.\n");
  await (await ComposeEngine.find()).showOf(project, ["stop"]);
  forgetBroughtUp(folder);
  process.exit(130);
}

/**
 * @param scheduled jobs that will be started later, whose images are built now
 * @returns how the parts are then: all up, or some of them failed
 */
export async function bringUp(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  { build, timeout, settle }: Pick<UpOptions, "build" | "timeout" | "settle">,
  scheduled: readonly Task[] = [],
): Promise<PartState[]> {
  const patience = { timeout: seconds("--timeout", timeout), settle: seconds("--settle", settle) };
  const tasks = startedTasks(local, names);
  const { folder, addresses, ports } = local.place;
  const goal = digestWith(local, [local.text, ...names, ...scheduled.map(({ name }) => `${name} by its schedule`)].join(" "));
  if (!build && remembered(folder).broughtUp === goal) {
    const parts = startedOnly(await look(compose, local), tasks);
    if (isUp(parts) && hasItsResources(parts)) return parts;
  }
  await prepare(local);
  remember(folder, { addresses, ports });
  await buildImages(compose, local, [...new Set([...tasks, ...scheduled])], build === true);
  await removeUnstarted(compose, local.place.project);
  await start(compose, local, tasks, names.length > 0);
  const parts = await untilUp(compose, local, tasks, patience);
  if (isUp(parts)) remember(folder, { addresses, ports, broughtUp: goal });
  return parts;
}

function seconds(option: string, text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new UserError(`${option} ${text}: expected a number of seconds.`);
  return value;
}

/** Images are called by their sources: what is there already is what would be built. */
async function buildImages(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], all: boolean): Promise<void> {
  const services = tasks.filter(({ build }) => build);
  const imageOf = ({ name }: Task) => local.environment.compose.services[name]!.image;
  const { stdout } = await compose.call(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", "reference=fairlead.local/*"]);
  const there = new Set(stdout.split("\n"));
  const due = services.filter((task) => all || !there.has(imageOf(task)));
  if (due.length === 0) return;
  if (!process.stderr.isTTY) process.stderr.write(`Building ${due.map(({ name }) => name).join(", ")}\n`);
  const { status, output } = await compose.show([...composeArguments(local), "build", ...due.map(({ name }) => name)]);
  if (status !== 0) throw new UserError(coded("FL2703", ["docker compose build ended with an error.", ...tail(output)].join("\n")));
}

async function start(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], only: boolean): Promise<void> {
  const services = tasks.flatMap((task) => [networkHolder(task.name), ...task.containers.map(({ name }) => containerService(task, name))]);
  const balancer = local.environment.compose.services[loadBalancerService] ? [loadBalancerService] : [];
  const words = ["up", "--detach", "--no-build", "--remove-orphans", ...(only ? [...services, ...balancer] : [])];
  const { status, output } = await compose.show([...composeArguments(local), "--progress", "plain", ...words], { quiet: true });
  if (status === 0) return;
  // What a container did is told with its cause.
  const parts = await look(compose, local);
  if (parts.some(({ phase }) => phase === "failed")) return;
  throw new UserError(coded("FL2706", ["docker compose up ended with an error.", ...tail(output)].join("\n")));
}

/** What to say of an environment that is not up. */
export async function notUp(compose: ComposeEngine, { environment }: OpenLocal, parts: readonly PartState[]): Promise<UserError> {
  const causes = await causesOf(parts, { compose, tasks: environment.tasks, data: environment.bindable });
  return new UserError(coded("FL2704", `The environment did not come up.\n\n${renderCauses(causes, colorsOf(process.stderr))}\n`));
}

const tail = (text: string): string[] =>
  text
    .trim()
    .split("\n")
    .slice(-12)
    .map((line) => `  ${fitToPrint(line)}`);
