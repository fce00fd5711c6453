import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

import type { ComposePart, ComposeService } from "../src/compose/model";

/** Whether all these programs are on this machine. */
export const hasPrograms = (...names: string[]): boolean =>
  names.every((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0);

/** A service of a Compose file as a process of this machine: what is mounted lies in a folder, and its paths are those of the folder. */
export interface ServiceProcess {
  command: string[];
  env: Record<string, string>;
}

/**
 * Lays a service's mounts and configs out in a folder.
 *
 * @param root where its bind mounts begin
 * @param also paths in containers that are to be in the folder as well
 * @param programs scripts that stand for the image's own, by their names
 */
export function asProcess(
  name: string,
  part: ComposePart,
  { root, folder, also = [], programs = {}, env = {} }: ProcessPlace,
): ServiceProcess {
  const service = part.services![name]!;
  const paths = [...also];
  const at = (path: string) => join(folder, path);
  for (const { type, source, target } of service.volumes ?? []) {
    mkdirSync(join(at(target), ".."), { recursive: true });
    if (type === "bind") copyFileSync(resolve(root, source!), at(target));
    else mkdirSync(at(target), { recursive: true });
    paths.push(target);
  }
  for (const { source, target } of service.configs ?? []) {
    mkdirSync(join(at(target), ".."), { recursive: true });
    writeFileSync(at(target), part.configs![source]!.content!);
    paths.push(target);
  }
  const bin = at("bin");
  mkdirSync(bin, { recursive: true });
  for (const [program, text] of Object.entries(programs)) {
    writeFileSync(join(bin, program), text);
    chmodSync(join(bin, program), 0o755);
  }
  for (const path of also) mkdirSync(at(path), { recursive: true });
  const local = (text: string) =>
    [...new Set(paths)]
      .sort((a, b) => b.length - a.length)
      .reduce((all, path) => all.replaceAll(path, `\0${path}`), text)
      .replaceAll("\0", folder);
  return {
    command: [...(service.entrypoint ?? []), ...(service.command ?? [])].map(local),
    env: { ...values(service, local), ...env, PATH: `${bin}:${env.PATH ?? process.env.PATH}` },
  };
}

export interface ProcessPlace {
  root: string;
  folder: string;
  also?: string[];
  programs?: Record<string, string>;
  env?: Record<string, string>;
}

const values = ({ environment = {} }: ComposeService, local: (text: string) => string) =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, local(String(value))]));

/** Runs one to its end. */
export function runService({ command: [program, ...args], env }: ServiceProcess): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(program!, args, { env, encoding: "utf8", timeout: 120_000 });
  return { status, output: `${stdout}${stderr}${error ? String(error) : ""}` };
}

/** Servers that a test started; {@link stop} ends them. */
export class Servers {
  private readonly started: { child: ChildProcess; output: string[] }[] = [];

  start({ command: [program, ...args], env }: ServiceProcess): () => string {
    const child = spawn(program!, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => output.push(data.toString()));
    this.started.push({ child, output });
    return () => output.join("");
  }

  async stop(): Promise<void> {
    for (const { child } of this.started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
  }
}

/** Asks until it is so. @throws Error with what `told` says, after half a minute */
export async function until(isSo: () => boolean | Promise<boolean>, told: () => string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await isSo()) return;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`not so after half a minute: ${told()}`);
}

/** A port of this machine that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
