import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
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

/**
 * Starts Debian's Docker engine, and gives the variables by which its client finds it. It has no bridge and no packet filter, for containers here have no network, and a
 * network namespace of its own, so that it touches nothing of the machine's.
 */
export async function startDocker(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  await provideParts(engineParts, env);
  const folders = engineParts.map(folderOf);
  const below = (...paths: string[]) =>
    folders.flatMap((folder) => paths.map((path) => join(folder, path))).filter((path) => existsSync(path));
  const PATH = [...below("usr/sbin", "usr/bin"), env.PATH].join(delimiter);
  const libraries = below("lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu").join(
    delimiter,
  );
  rmSync(inSandbox("docker-engine"), { recursive: true, force: true });
  for (const folder of ["data", "client"]) mkdirSync(inSandbox("docker-engine", folder), { recursive: true });
  // A socket's path may have 107 characters, fewer than a clone's folder can.
  const runtime = mkdtempSync(join(env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "fairlead-docker-"));
  const DOCKER_HOST = `unix://${join(runtime, "docker.sock")}`;
  const variables = { PATH, DOCKER_HOST, DOCKER_CONFIG: inSandbox("docker-engine", "client") };
  const engine = [
    "--data-root",
    inSandbox("docker-engine", "data"),
    "--exec-root",
    join(runtime, "exec"),
    "--pidfile",
    join(runtime, "docker.pid"),
  ];
  const alone = [
    "--init-path",
    join(folderOf(init), "usr/bin/tini-static"),
    "--bridge=none",
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
  return variables;
}
