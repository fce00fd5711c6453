import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** HAProxy's program: `$FAIRLEAD_HAPROXY`, or the first on the path; undefined where there is none. */
export function haproxyProgram(): string | undefined {
  if (process.env.FAIRLEAD_HAPROXY) return process.env.FAIRLEAD_HAPROXY;
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"].filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, "haproxy")).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Tests that need HAProxy's program, and are skipped without it. */
export function describeWithHaproxy(what: string, tests: (haproxy: string) => void): void {
  const haproxy = haproxyProgram();
  if (haproxy !== undefined) describe(`${what}, by ${haproxy}`, () => tests(haproxy));
  else describe.skip(`${what}: no haproxy on PATH or in $FAIRLEAD_HAPROXY, so these tests`, () => tests("haproxy"));
}

/** A running HAProxy. */
export interface Proxy {
  /** All that it has written. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts HAProxy with a configuration, on the loopback interface alone, and waits until it listens.
 *
 * @param ports that it listens on
 * @throws Error with what it says of its configuration
 */
export async function startProxy(program: string, configuration: string, ports: readonly number[]): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-proxy-"));
  const file = join(folder, "haproxy.cfg");
  writeFileSync(file, configuration.replace(/^( {2}bind )\*:/gm, "$1127.0.0.1:"));
  const child = spawn(program, ["-db", "-f", file], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (log += part.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const port of ports) await listening(port, child);
  } catch {
    await stop();
    throw new Error(`${program} ended, or did not listen on ${ports.join(", ")}:\n${log}`);
  }
  return { log: () => log, stop };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let count = 0; count < 500 && child.exitCode === null && child.signalCode === null; count++) {
    if (await accepts(port)) return;
    await wait(20);
  }
  throw new Error("not listening");
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

/** Ports of the loopback interface that nothing listens on; none of those that the system gives to connections. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = 10_240 + randomInt(22_000);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
