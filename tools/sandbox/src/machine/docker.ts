import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { debian, folderOf, provideParts } from "../corpus/parts";
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
  /** Of its process, in whose network namespace containers are. */
  pid: number;
}

/**
 * Starts Debian's Docker engine. It has no packet filter and a network namespace of its own, so that it touches nothing of the machine's.
 *
 * @param bridge address of the bridge that its containers are on, as `172.30.0.1/16`; without one they have no network
 */
export async function startDocker(env: NodeJS.ProcessEnv, bridge?: string): Promise<DockerEngine> {
  await provideParts(engineParts, env);
  const folders = engineParts.map(folderOf);
  const below = (...paths: string[]) =>
    folders.flatMap((folder) => paths.map((path) => join(folder, path))).filter((path) => existsSync(path));
  const PATH = [...below("usr/sbin", "usr/bin"), env.PATH].join(delimiter);
  const libraries = below("lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu").join(
    delimiter,
  );
  // An engine that was started before keeps its folder until the run ends.
  const folder = bridge ? "docker-engine-of-tasks" : "docker-engine";
  rmSync(inSandbox(folder), { recursive: true, force: true });
  for (const part of ["data", "client"]) mkdirSync(inSandbox(folder, part), { recursive: true });
  // A socket's path may have 107 characters, fewer than a clone's folder can.
  const runtime = mkdtempSync(join(env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "fairlead-docker-"));
  const DOCKER_HOST = `unix://${join(runtime, "docker.sock")}`;
  const variables = { PATH, DOCKER_HOST, DOCKER_CONFIG: inSandbox(folder, "client") };
  const pidFile = join(runtime, "docker.pid");
  const engine = ["--data-root", inSandbox(folder, "data"), "--exec-root", join(runtime, "exec"), "--pidfile", pidFile];
  const alone = [
    "--init-path",
    join(folderOf(init), "usr/bin/tini-static"),
    bridge ? `--bip=${bridge}` : "--bridge=none",
    "--iptables=false",
    "--ip-forward=false",
    "--ip-masq=false",
    "-H",
    DOCKER_HOST,
  ];
  await startDaemon("dockerd", ["unshare", "--net", "dockerd", ...engine, ...alone], {
    env: { ...env, PATH, LD_LIBRARY_PATH: libraries },
    isReady: async () => (await run("docker", ["version"], { env: { ...env, ...variables } })).length > 0,
  });
  return { variables, pid: Number(readFileSync(pidFile, "utf8")) };
}
