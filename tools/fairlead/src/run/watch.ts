import { setTimeout as sleep } from "node:timers/promises";
import { withDefaults, containerHealthCheckValues } from "@fairlead/model";
import type { TaskHealthCheck } from "@fairlead/inspection";

import type { ContainerRun } from "./containerRun";
import type { Engine } from "./engine";
import { lastLines } from "./lastLines";
import { listenersOf, type Listener } from "./listeners";

/** How a container's life went. */
export interface Ending {
  /** `alive`: it has no health check, and still ran when the time was over. */
  kind: "notStarted" | "ended" | "unhealthy" | "healthy" | "alive";
  /** Since its start. */
  seconds: number;
  /** Of one that ended. */
  exitCode?: number;
  outOfMemory?: boolean;
  /** What the runtime said of one that it didn't start. */
  refusal?: string;
  /** What the health check wrote last, and whether it could be run. */
  check?: { words: string; exitCode: number; timedOut: boolean; cannotRun: boolean };
  /** Undefined where nobody could tell. */
  listeners?: Listener[];
  lines: string[];
}

/** How long to wait. */
export interface Patience {
  /** Seconds that one without a health check has to live. */
  seconds: number;
  /** How many times as long a health check gets: an emulator is slow. */
  factor: number;
  say: (text: string) => void;
}

/** Between two looks; ECS waits for the check's whole interval. */
const checkEverySeconds = 2;

/** Starts a container that was made, and waits until it is known what becomes of it. It may run on. */
export async function watch(engine: Engine, container: string, run: ContainerRun, patience: Patience): Promise<Ending> {
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  const start = await engine.call(["start", container], { timeoutSeconds: 120 });
  if (start.status !== 0) return { kind: "notStarted", seconds: seconds(), refusal: start.stderr.trim(), lines: [] };
  let hasEnded = false;
  const end = engine.call(["wait", container]).then(() => void (hasEnded = true));
  const pause = (time: number) => Promise.race([end, sleep(time * 1000, undefined, { ref: false })]);
  const living = async (): Promise<Ending> => {
    if (!run.healthCheck) {
      for (; !hasEnded && seconds() < patience.seconds; await pause(Math.min(1, patience.seconds - seconds())))
        patience.say(`running for ${Math.floor(seconds())} of ${patience.seconds} seconds`);
      return { kind: "alive", seconds: seconds(), lines: [] };
    }
    return healthOf(run.healthCheck, { engine, container, patience, seconds, pause, hasEnded: () => hasEnded });
  };
  const ending = await living();
  const state = await stateOf(engine, container);
  // The engine knows of an end before the call that waits for it has said so.
  if (hasEnded || state.Running === false) return ended(engine, container, state, seconds());
  const listeners = ending.kind === "unhealthy" ? undefined : await listenersOf(engine, container);
  return { ...ending, listeners, lines: await lastLines(engine, container) };
}

/** What Docker and Podman say of a command that no container could start, now or later. */
const cannotRun =
  /^(OCI runtime exec failed|Error: (crun|runc): executable file).*(executable file not found|no such file or directory|permission denied|exec format error)/im;

interface Look {
  engine: Engine;
  container: string;
  patience: Patience;
  seconds: () => number;
  pause: (time: number) => Promise<unknown>;
  hasEnded: () => boolean;
}

/** Looks more often than ECS, and gives up when ECS would: after the start period, when so many checks in a row have failed. */
async function healthOf(check: TaskHealthCheck, { engine, container, patience, seconds, pause, hasEnded }: Look): Promise<Ending> {
  const { intervalSeconds, startPeriodSeconds, retries, timeoutSeconds } = withDefaults(check, containerHealthCheckValues);
  const most = (startPeriodSeconds + retries * intervalSeconds) * patience.factor;
  let last: Ending["check"];
  do {
    patience.say(`not healthy yet, ${Math.floor(seconds())} of at most ${most} seconds`);
    const { status, stdout, stderr, timedOut } = await engine.call(["exec", container, ...wordsOf(check)], {
      timeoutSeconds: timeoutSeconds * patience.factor,
    });
    if (status === 0 && !hasEnded()) return { kind: "healthy", seconds: seconds(), lines: [] };
    last = { words: [stdout, stderr].join("\n").trim(), exitCode: status, timedOut, cannotRun: cannotRun.test(`${stdout}\n${stderr}`) };
    if (last.cannotRun && !hasEnded()) break;
    await pause(Math.min(checkEverySeconds, intervalSeconds));
  } while (!hasEnded() && seconds() < most);
  return { kind: "unhealthy", seconds: seconds(), check: last, lines: [] };
}

function wordsOf({ command: [mode, ...words] }: TaskHealthCheck): string[] {
  return mode === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : mode === "CMD" ? words : [mode!, ...words];
}

interface State {
  Running?: boolean;
  ExitCode: number;
  OOMKilled?: boolean;
  StartedAt: string;
  FinishedAt: string;
}

async function stateOf(engine: Engine, container: string): Promise<State> {
  const what = "the engine does not tell what became of it";
  return JSON.parse(await engine.must(what, ["inspect", "--format", "{{json .State}}", container])) as State;
}

async function ended(engine: Engine, container: string, state: State, seconds: number): Promise<Ending> {
  const { ExitCode, OOMKilled, StartedAt, FinishedAt } = state;
  const lived = (Date.parse(FinishedAt) - Date.parse(StartedAt)) / 1000;
  return {
    kind: "ended",
    seconds: lived >= 0 ? lived : seconds,
    exitCode: ExitCode,
    outOfMemory: OOMKilled === true,
    lines: await lastLines(engine, container),
  };
}
