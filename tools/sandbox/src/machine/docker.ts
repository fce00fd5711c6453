import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";

import { debian, folderOf, provideParts, type Part } from "../corpus/parts";
import { inSandbox } from "../paths";
import { startDaemon } from "./daemon";
import { run } from "./run";

/** As Debian names this machine's architecture. */
export const debianArchitecture = process.arch === "arm64" ? "arm64" : "amd64";

const init = debian("tini", debianArchitecture);
/** What the engine is made of. */
export const engineParts = [
  init,
  ...["docker.io", "containerd", "runc", "libdevmapper1.02.1"].map((name) => debian(name, debianArchitecture)),
];

/** An engine that runs. */
export interface DockerEngine {
  /** By which its client finds it. */
  variables: NodeJS.ProcessEnv & { PATH: string; DOCKER_HOST: string; DOCKER_CONFIG: string };
  /** Where the libraries of its packages are, as LD_LIBRARY_PATH. */
  libraries: string;
  /** Of its process, in whose network namespace containers are. */
  pid: number;
}

/** What an engine has that another has not. */
export interface EngineOptions {
  /** Of its folder in the lot's. An engine that was started before keeps its own until the run ends. */
  name: string;
  /** Arguments of dockerd about its networks. */
  network: readonly string[];
  /** Packages whose programs and libraries it finds, beside its own. */
  parts?: readonly Part[];
  /** Programs that it finds before all others. */
  binFolder?: string;
  /** Variables of its process. */
  variables?: NodeJS.ProcessEnv;
}

const withoutFilter = ["--iptables=false", "--ip-forward=false", "--ip-masq=false"];
/** Containers have no network. */
export const noNetwork = ["--bridge=none", ...withoutFilter];
/** Containers are on one bridge, whose address is `172.30.0.1/16` or the like, and reach nothing beyond it. */
export const bridgeAlone = (address: string) => [`--bip=${address}`, ...withoutFilter];

/** Starts Debian's Docker engine, in a network namespace of its own, so that it touches nothing of the machine's. */
export async function startDocker(env: NodeJS.ProcessEnv, options: EngineOptions): Promise<DockerEngine> {
  const parts = [...engineParts, ...(options.parts ?? [])];
  await provideParts(parts, env);
  const folders = parts.map(folderOf);
  const below = (...paths: string[]) =>
    folders.flatMap((folder) => paths.map((path) => join(folder, path))).filter((path) => existsSync(path));
  const PATH = [...(options.binFolder ? [options.binFolder] : []), ...below("usr/sbin", "usr/bin"), env.PATH].join(delimiter);
  const libraries = below("lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu").join(
    delimiter,
  );
  const folder = options.name;
  removeAside(inSandbox(folder));
  for (const part of ["data", "client"]) mkdirSync(inSandbox(folder, part), { recursive: true });
  // A socket's path may have 107 characters, fewer than a clone's folder can.
  const runtime = mkdtempSync(join(env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "fairlead-docker-"));
  const DOCKER_HOST = `unix://${join(runtime, "docker.sock")}`;
  const variables = { PATH, DOCKER_HOST, DOCKER_CONFIG: inSandbox(folder, "client") };
  const pidFile = join(runtime, "docker.pid");
  const engine = ["--data-root", inSandbox(folder, "data"), "--exec-root", join(runtime, "exec"), "--pidfile", pidFile];
  await ownContainerdFolder();
  const groups = ["--exec-opt", "native.cgroupdriver=cgroupfs", "--cgroup-parent", `/${basename(env.FAIRLEAD_SANDBOX_TMP ?? runtime)}`];
  const own = ["--init-path", join(folderOf(init), "usr/bin/tini-static"), ...groups, ...options.network, "-H", DOCKER_HOST];
  await startDaemon("dockerd", ["unshare", "--net", "dockerd", ...engine, ...own], {
    env: { ...env, ...options.variables, PATH, LD_LIBRARY_PATH: libraries },
    isReady: async () => (await run("docker", ["version"], { env: { ...env, ...variables } })).length > 0,
  });
  return { variables, libraries, pid: Number(readFileSync(pidFile, "utf8")) };
}

let isOwn = false;

/** containerd has sockets of its containers in a folder that can't be another; this process sees one of its own, which ends with it. */
async function ownContainerdFolder(): Promise<void> {
  if (isOwn) return;
  isOwn = true;
  mkdirSync("/run/containerd", { recursive: true });
  await run("mount", ["-t", "tmpfs", "tmpfs", "/run/containerd"]);
}

/** Images of an earlier run are many small files, which can take a minute to delete while others write: nobody waits for that. */
function removeAside(folder: string): void {
  const parent = dirname(folder);
  if (existsSync(folder)) renameSync(folder, `${folder}.removed-${Date.now()}`);
  const removed = readdirSync(parent).filter((name) => name.startsWith(`${basename(folder)}.removed-`));
  if (removed.length === 0) return;
  spawn("rm", ["-rf", ...removed.map((name) => join(parent, name))], { stdio: "ignore" }).unref();
}
