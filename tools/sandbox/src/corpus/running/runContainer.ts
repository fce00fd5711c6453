import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

import { run } from "../../machine/run";
import type { TaskSettings } from "../corpusImage";
import type { BuiltImage } from "../layouts";
import { RootFileSystem, volume } from "./rootFileSystem";
import { runtimeSpec } from "./runtimeSpec";
import { processUser } from "./user";

/** What became of a container. */
export interface Ending {
  /** `not started`: the runtime or Linux refused. `alive`: it ran until it was ended. */
  outcome: "not started" | "ended" | "alive";
  exitCode?: number;
  /** The runtime's message, or the last line that the program wrote. */
  words: string;
  /** How the task's health check ended, in a container that lived. */
  healthCheck?: { exitCode: number; words: string };
}

const longest = 30_000;
const shortest = 2000;
/** A container that took less than so much of a processor's time in the last second is where it will be. */
const idleNanoseconds = 15_000_000;

/** Starts an image as a task would, with runc, and tells how it went. */
export async function runContainer({ image, layers, config }: BuiltImage, folder: string, init: string): Promise<Ending> {
  const { name, task } = image;
  const id = `corpus-${process.pid}-${name}`;
  const bundle = join(folder, name);
  mkdirSync(bundle, { recursive: true });
  const root = await RootFileSystem.mount(layers, join(bundle, "fs"));
  try {
    const spec = specOf(config, task, { id, bundle, root: root.path, init });
    writeFileSync(join(bundle, "config.json"), JSON.stringify(spec));
    return await watch(id, bundle, task, config.Shell);
  } catch (error) {
    if (error instanceof Refusal) return { outcome: "not started", words: error.message };
    throw error;
  } finally {
    await run("runc", ["--root", join(folder, "runc"), "delete", "--force", id]).catch(() => undefined);
    await root.unmount();
  }
}

/** What containerd says before runc is asked. */
class Refusal extends Error {}

function specOf(
  config: BuiltImage["config"],
  task: TaskSettings,
  { id, bundle, root, init }: { id: string; bundle: string; root: string; init: string },
): object {
  const mounts: Record<string, string> = {};
  for (const [file, text] of Object.entries({ hosts: "127.0.0.1 localhost corpus\n", hostname: "corpus\n", "resolv.conf": "" })) {
    writeFileSync(join(bundle, file), text);
    mounts[`/etc/${file}`] = join(bundle, file);
  }
  const declared = Object.keys(config.Volumes ?? {});
  for (const [number, path] of [...new Set([...declared, ...(task.writableMounts ?? [])])].entries())
    mounts[path] = volume(root, path, declared.includes(path), join(bundle, `volume-${number}`));
  try {
    const user = processUser(task.user ?? config.User ?? "", root);
    return runtimeSpec(config, task, { id, root, user, mounts, init });
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
}

async function watch(id: string, bundle: string, task: TaskSettings, shell = ["/bin/sh", "-c"]): Promise<Ending> {
  const log = join(bundle, "runc.log");
  const runc = ["--root", join(bundle, "..", "runc"), "--log", log, "--log-format", "json"];
  const child = spawn("runc", [...runc, "run", "--bundle", bundle, id], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const add = (chunk: Buffer) => (output = (output + chunk.toString("utf8")).slice(-4096));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  let exitCode: number | undefined;
  const ended = new Promise<void>((resolve, reject) =>
    child.on("error", reject).on("exit", (code, signal) => {
      exitCode = code ?? (signal ? 128 : 255);
      resolve();
    }),
  );
  const started = Date.now();
  for (let before = processorTime(id); exitCode === undefined && Date.now() - started < longest;) {
    await Promise.race([ended, after(1000)]);
    const now = processorTime(id);
    if (Date.now() - started > shortest && now !== undefined && before !== undefined && now - before < idleNanoseconds) break;
    before = now;
  }
  if (exitCode !== undefined) {
    // What it wrote may still be on its way.
    await Promise.race([new Promise((resolve) => child.on("close", resolve)), after(1000)]);
    const refused = refusal(log);
    return refused === undefined
      ? { outcome: "ended", exitCode, words: lastWords(output, exitCode !== 0) }
      : { outcome: "not started", words: refused };
  }
  const healthCheck = await healthOf(id, runc, task, shell);
  await run("runc", ["--root", join(bundle, "..", "runc"), "kill", id, "KILL"]).catch(() => undefined);
  await Promise.race([ended, after(5000)]);
  return { outcome: "alive", words: lastWords(output), ...(healthCheck && { healthCheck }) };
}

/** The task's health check, as ECS's agent has Docker run it. */
async function healthOf(id: string, runc: string[], { healthCheck }: TaskSettings, shell: string[]): Promise<Ending["healthCheck"]> {
  const [mode, ...words] = healthCheck ?? [];
  if (mode !== "CMD" && mode !== "CMD-SHELL") return undefined;
  const child = spawn("runc", [...runc, "exec", id, ...(mode === "CMD" ? words : [...shell, ...words])], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 128)));
  return { exitCode, words: lastWords(output) };
}

/** What runc could not do; undefined if the program was started. */
function refusal(log: string): string | undefined {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
  const errors = lines.map((line) => JSON.parse(line) as { level: string; msg: string }).filter(({ level }) => level === "error");
  return errors[0]?.msg.slice(0, 300);
}

/** Nanoseconds of a processor that a container has taken. */
function processorTime(id: string): number | undefined {
  const group = `fairlead-corpus/${id}`;
  const ofVersion1 = `/sys/fs/cgroup/cpuacct/${group}/cpuacct.usage`;
  if (existsSync(ofVersion1)) return Number(readFileSync(ofVersion1, "utf8"));
  const ofVersion2 = `/sys/fs/cgroup/${group}/cpu.stat`;
  if (!existsSync(ofVersion2)) return undefined;
  return 1000 * Number(/^usage_usec (\d+)/m.exec(readFileSync(ofVersion2, "utf8"))?.[1]);
}

/** What a program wrote last; of one that failed, the first that it calls an error. */
function lastWords(output: string, failed = false): string {
  const lines = output
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "")
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const error = failed ? lines.find((line) => /error\b.*[: ]/i.test(line)) : undefined;
  return (error ?? lines.at(-1) ?? "").slice(0, 300);
}
