import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { debian, folderOf, type Part } from "../corpus/parts";
import { loadPublicImages } from "../local/publicImages";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { provideTool } from "../toolchain";
import { debianArchitecture, startDocker, type DockerEngine } from "./docker";
import { slirpDns, slirpParts, startSlirp } from "./slirp";

const ofDebian = (name: string): Part => debian(name, debianArchitecture);
const iptables = ofDebian("iptables");
/** What the engine's networks are made with. */
const filterParts = [
  iptables,
  ...["libip4tc2", "libip6tc2", "libmnl0", "libnetfilter-conntrack3", "libnfnetlink0", "libnftnl11", "libxtables12"].map(ofDebian),
];
/** Beside the engine's own. */
export const composeParts = [...filterParts, ...slirpParts];

/** What a program came to. */
export interface Ended {
  status: number;
  stdout: string;
  stderr: string;
}

/** Where a program runs, and with which variables beside the engine's. */
export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** What it reads. */
  input?: string;
}

/** An engine with networks, Compose and buildx, and images that stand for public ones. */
export interface ComposeEngine {
  /** By which Docker's client finds it. */
  variables: DockerEngine["variables"];
  /** Of the engine's process, in whose network namespace published ports are. */
  pid: number;
  /** Runs a program to its end in the engine's network namespace, where 127.0.0.1 has the ports that containers publish. It never throws for how it ended. */
  run: (argv: readonly string[], options?: RunOptions) => Promise<Ended>;
  /** Starts a program there, to be ended by whoever starts it. */
  spawn: (argv: readonly string[], options?: SpawnOptions) => ChildProcess;
}

/**
 * Starts Debian's Docker engine with bridge networks and published ports, in a network namespace of its own, from which slirp4netns leads out to package
 * registries; with Docker Compose and buildx as plugins of its client. The namespaces of the part end it.
 */
export async function startComposeEngine(env: NodeJS.ProcessEnv): Promise<ComposeEngine> {
  const binFolder = inSandbox("compose-engine-bin");
  rmSync(binFolder, { recursive: true, force: true });
  mkdirSync(binFolder, { recursive: true });
  // The program is iptables by the name that it is called by.
  const multi = join(folderOf(iptables), "usr/sbin/xtables-nft-multi");
  for (const link of ["iptables", "ip6tables"]) symlinkSync(multi, join(binFolder, link));
  const libraries = debianArchitecture === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  const engine = await step("Debian's Docker engine, with networks", async () => {
    const started = await startDocker(env, {
      name: "compose-engine",
      network: ["--iptables=true", "--ip-forward=true", "--ip-masq=true", "--dns", slirpDns],
      parts: composeParts,
      binFolder,
      variables: { XTABLES_LIBDIR: join(folderOf(iptables), "usr/lib", libraries, "xtables") },
    });
    await startSlirp(started, env);
    return started;
  });
  const plugins = join(engine.variables.DOCKER_CONFIG, "cli-plugins");
  mkdirSync(plugins);
  symlinkSync(await provideTool("docker-compose"), join(plugins, "docker-compose"));
  symlinkSync(await provideTool("buildx"), join(plugins, "docker-buildx"));
  const own = { ...env, ...engine.variables };
  await step("Images that stand for public ones", () => loadPublicImages(own));
  const start = (argv: readonly string[], options: SpawnOptions = {}) =>
    spawn("nsenter", [`--net=/proc/${engine.pid}/ns/net`, "--", ...argv], { ...options, env: { ...own, ...options.env } });
  const run = async (argv: readonly string[], { input, ...options }: RunOptions = {}) => {
    const child = start(argv, { ...options, stdio: "pipe" });
    return ended(child, input);
  };
  return { variables: engine.variables, pid: engine.pid, run, spawn: start };
}

async function ended(child: ChildProcess, input = ""): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name]!.setEncoding("utf8").on("data", (part: string) => (text[name] += part));
  // Who ends without having read it all does not fail by that.
  child.stdin!.on("error", () => undefined).end(input);
  const status = await new Promise<number>((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? -1)));
  return { status, ...text };
}
