import { UserError } from "@fairlead/model";

import { LogPrinter } from "../../operate/renderLogs";
import { colorsOf } from "../../operate/terminal";
import { bringUp, notUp, type BringUpOptions } from "../bringUp";
import { scheduledTasks } from "../choice";
import { ComposeEngine } from "../composeEngine";
import { containersOf } from "../containers";
import { checkWithDev, withDev } from "../deployed/withDev";
import type { Tunnels } from "../deployed/tunnels";
import { unlessInterrupted } from "../interrupts";
import { alone } from "../lock";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";
import { renderAddress, renderStates } from "../renderLocal";
import { composeRuns, startNetworks } from "../schedules/composeRuns";
import { followSchedules } from "../schedules/scheduledRuns";
import { renderTimetable, Timetable, type ScheduledTask } from "../schedules/timetable";
import { isUp } from "../watchParts";
import { followLogs } from "./logs";

/** Options of `fairlead local up`. */
export interface UpOptions extends LocalOptions, BringUpOptions {
  detach?: boolean;
  /** Whether jobs run when they are due. */
  schedules?: boolean;
  /** Whether calls of what isn't started go to the deployed environment. */
  withDev?: boolean;
  /** Whether nobody is asked. */
  yes?: boolean;
}

/** Brings an environment up, and follows its logs until somebody ends it. */
export async function up(names: string[], options: UpOptions): Promise<void> {
  if (options.schedules && options.detach)
    throw new UserError("--schedules with --detach: once this command has ended nobody would start what is due. Leave out one of the two.");
  if (options.withDev) checkWithDev(names, options);
  const compose = await ComposeEngine.find();
  const whole = await openLocal(options, compose);
  if (!options.withDev) return upAndFollow(compose, whole, names, options);
  const dev = await withDev(compose, whole, names, options);
  if (!dev) return void (process.exitCode = 1);
  try {
    await upAndFollow(compose, dev.local, names, options, dev.tunnels);
  } finally {
    await dev.tunnels.close();
  }
}

async function upAndFollow(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  options: UpOptions,
  tunnels?: Tunnels,
): Promise<void> {
  const scheduled = options.schedules ? scheduledTasks(local, names) : [];
  // What AWS would not take as a schedule is told before anything starts.
  new Timetable(scheduled, new Date());
  const begun = new Begun();
  const parts = await unlessInterrupted(compose, bringUp(compose, local, names, { ...options, onBegin: begun.onBegin }, scheduled));
  if (parts === "interrupted") return begun.isBegun ? stop(local, begun.others, tunnels) : process.exit(130);
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
  if (ended === "interrupted") await stop(local, begun.others, tunnels);
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

/** What an `up` or `watch` ends when it is told to: all, or, where it was to start some, those that did not run before. */
export class Begun {
  /** Whether anything was begun: who only waits for another command stops nothing. */
  isBegun = false;
  /** Services of Compose that run on. */
  others: readonly string[] = [];

  readonly onBegin = (others: readonly string[]): void => {
    this.isBegun = true;
    this.others = others;
  };
}

/**
 * After Ctrl-C. What still goes on in this process is left behind.
 *
 * @param others services of Compose that run on
 */
export async function stop(local: OpenLocal, others: readonly string[], tunnels?: Tunnels): Promise<never> {
  process.stderr.write("\nStopping. Ctrl-C again leaves running what still does.\n");
  await stopServices(await ComposeEngine.find(), local, others);
  // Who shuts down may still call.
  await tunnels?.close();
  process.exit(130);
}

/** Stops all but these. */
export async function stopServices(compose: ComposeEngine, { place }: OpenLocal, others: readonly string[]): Promise<void> {
  await alone(compose, place, async () => {
    const own = (await containersOf(compose, place.project)).map(({ service }) => service).filter((service) => !others.includes(service));
    if (own.length > 0) await compose.showOf(place.project, ["stop", ...own]);
    forgetBroughtUp(place);
  });
}
