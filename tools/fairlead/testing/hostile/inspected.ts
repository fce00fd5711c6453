import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** How an inspection of an image went, in a process of its own. */
export interface Inspected {
  /** Of all that was found, each with how sure it is: `may FL2126`. What ended the inspection is `ended FL2115`. */
  verdicts: string[];
  peakMiB: number;
  /** What it took by its own account; undefined where it ended with a mistake. */
  seconds: number | undefined;
  /** All that it wrote, where it ended in no verdict. */
  crash: string | undefined;
}

const program = resolve(__dirname, "../../bin/fairlead.js");

/** Beyond these it is ended from outside: a bound that does not hold must not cost the machine that tests it. */
const endedAt = { seconds: 180, MiB: 1024 };

/** Inspects an image with the command itself. */
export async function inspected(path: string, ...options: string[]): Promise<Inspected> {
  const file = join(mkdtempSync(join(tmpdir(), "fairlead-peak-")), "peak");
  const args = ["--require", join(__dirname, "peakMemory.cjs"), program, "inspect", path, "--json", "--no-cache", "--timings", ...options];
  const child = spawn(process.execPath, args, { env: { ...process.env, FAIRLEAD_PEAK_MEMORY_FILE: file } });
  const [output, errors] = [child.stdout, child.stderr].map(async (stream) => {
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    return text;
  });
  const watched = watch(child.pid!, (why) => {
    killed = why;
    child.kill("SIGKILL");
  });
  let killed: string | undefined;
  const status = await new Promise<number | null>((done) => child.once("close", done));
  watched.end();
  if (killed) return { verdicts: [], ...watched, seconds: undefined, crash: killed };
  const [said, mistakes] = [await output!, await errors!];
  const report = JSON.parse(said || "{}") as {
    platforms?: { findings: { code: string; certainty: string }[] }[];
    error?: { code: string };
  };
  const ended = report.error?.code;
  const verdicts = report.platforms
    ? report.platforms.flatMap(({ findings }) => findings.map(({ code, certainty }) => `${certainty} ${code}`))
    : [`ended ${ended}`];
  const isCrash = ![0, 1, 2].includes(status ?? -1) || /^\s+at /m.test(mistakes) || (!report.platforms && !ended);
  const timings = /^{.*"inspection":(\d+).*}$/m.exec(mistakes)?.[1];
  return {
    verdicts,
    peakMiB: Number(readFileSync(file, "utf8")),
    seconds: timings === undefined ? undefined : Number(timings) / 1000,
    crash: isCrash ? `${status}: ${said.slice(0, 2000)}${mistakes.slice(0, 2000)}` : undefined,
  };
}

/** Looks at a process from outside, where Linux tells of it. */
function watch(pid: number, kill: (why: string) => void): { peakMiB: number; end: () => void } {
  const started = performance.now();
  const found = { peakMiB: 0, end: () => clearInterval(timer) };
  const timer = setInterval(() => {
    const file = `/proc/${pid}/status`;
    const status = existsSync(file) ? readFileSync(file, "utf8") : "";
    found.peakMiB = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    if (found.peakMiB > endedAt.MiB) kill(`ended from outside at ${found.peakMiB.toFixed(0)} MiB`);
    if (performance.now() - started > endedAt.seconds * 1000) kill(`ended from outside after ${endedAt.seconds} seconds`);
  }, 100);
  return found;
}
