import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

/** One measured run of a command. */
export interface Measurement {
  seconds: number;
  /** How long its Node processes kept processors busy: on a machine that does other things as well, what can be compared. */
  cpuSeconds: number;
  /** Highest memory of its largest process; undefined for a program that is not Node's. */
  peakMiB: number | undefined;
  standardError: string;
}

const preload = join(__dirname, "measure.cjs");

/** Runs a command to its end. Throws if it fails: a failed run has no time. */
export async function measure(command: string[], options: { cwd: string; scratch: string; env?: NodeJS.ProcessEnv }): Promise<Measurement> {
  const file = join(options.scratch, "usage");
  rmSync(file, { force: true });
  const env = { ...process.env, ...options.env, NODE_OPTIONS: `--require ${preload}`, FAIRLEAD_BENCH_FILE: file };
  const started = performance.now();
  const child = spawn(command[0]!, command.slice(1), { cwd: options.cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  let standardError = "";
  child.stderr.on("data", (chunk: Buffer) => (standardError += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${standardError}`);
  const processes = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(usageOf) : [];
  const peakMiB = processes.length > 0 ? Math.max(...processes.map(({ maxRSS }) => maxRSS)) / 1024 : undefined;
  const cpuSeconds = processes.reduce((sum, { cpuTime }) => sum + cpuTime, 0) / 1e6;
  return { seconds, cpuSeconds, peakMiB, standardError };
}

function usageOf(line: string): { maxRSS: number; cpuTime: number } {
  return JSON.parse(line) as { maxRSS: number; cpuTime: number };
}

/** Each contender once, then all of them again: what else the machine does meets them alike. */
export async function inTurns<T>(contenders: readonly T[], runs: number, measureOne: (contender: T, run: number) => Promise<Measurement>) {
  const measurements = new Map(contenders.map((contender): [T, Measurement[]] => [contender, []]));
  for (let run = 1; run <= runs; run++) for (const [contender, own] of measurements) own.push(await measureOne(contender, run));
  return measurements;
}

/** The run in the middle of several, by one of their times. */
export function medianOf(measurements: readonly Measurement[], by: "seconds" | "cpuSeconds"): Measurement {
  return measurements.toSorted((a, b) => a[by] - b[by])[Math.floor(measurements.length / 2)]!;
}

export async function medianSeconds(runs: number, run: () => Promise<Measurement>): Promise<Measurement> {
  const measurements: Measurement[] = [];
  for (let i = 0; i < runs; i++) measurements.push(await run());
  return medianOf(measurements, "seconds");
}
