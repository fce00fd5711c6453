import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { RegistryClient } from "@fairlead/images";
import { unpackDebian } from "@fairlead/sandbox/debian";
import { freePort } from "@fairlead/sandbox/freePort";
import { toolchainFolder } from "@fairlead/sandbox/paths";
import { provideTool } from "@fairlead/sandbox/toolchain";

import { pushLargeImage } from "./largeImage";
import { inTurns, measure, medianOf, medianSeconds, type Measurement } from "./measure";

const root = resolve(__dirname, "../../..");
const repository = "bench/large";

/** Times `fairlead inspect` of a large image against what others do with all of its bytes. */
export async function benchInspection(scratch: string, runs: number): Promise<void> {
  const folder = join(scratch, "inspection");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { host, registry } = await startRegistry(folder);
  try {
    console.error("Making and pushing an image of 1 GB (about a minute)…");
    const { digest, megabytes } = await pushLargeImage(new RegistryClient(host), repository, join(folder, "layers"));
    console.log(`${megabytes.toFixed(0)} MB, 3 layers, 2 platforms; median of ${runs}`);
    const reference = `${host}/${repository}@${digest}`;
    const fairlead = [process.execPath, "tools/fairlead/bin/fairlead.js", "inspect", "--timings", reference];
    const options = { cwd: root, scratch: folder, env: { XDG_CACHE_HOME: join(folder, "cache") } };
    const contenders: Contender[] = [
      { name: "fairlead inspect", command: [...fairlead, "--no-cache"], before: () => undefined },
      ...others(host, folder, await skopeo()),
    ];
    const measurements = await inTurns(contenders, runs, ({ command, env, before }) => {
      before();
      return measure(command, { ...options, env: { ...options.env, ...env } });
    });
    const [ours, ...rest] = [...measurements].map(([{ name }, own]) => ({ name, median: medianOf(own, "seconds") }));
    print(ours!.name, ours!.median);
    for (const { name, median } of rest) print(name, median, ours!.median);
    await measure(fairlead, options);
    const again = await medianSeconds(runs, () => measure(fairlead, options));
    const { inspection } = JSON.parse(again.standardError.trim().split("\n").at(-1)!) as { inspection: number };
    print(`fairlead inspect, from its cache (${inspection} ms of it the inspection)`, again);
  } finally {
    registry.kill();
  }
}

function print(name: string, { seconds, peakMiB }: Measurement, ours?: Measurement): void {
  const ratio = ours ? `  fairlead takes ${(ours.seconds / seconds).toFixed(2)} × as long` : "";
  const memory = peakMiB === undefined ? "" : `  peak ${peakMiB.toFixed(0)} MiB`;
  console.log(`${seconds.toFixed(2).padStart(7)} s  ${name}${memory}${ratio}`);
}

interface Contender {
  name: string;
  command: string[];
  env?: NodeJS.ProcessEnv;
  before: () => void;
}

function others(host: string, folder: string, program: { command: string; env?: NodeJS.ProcessEnv } | undefined): Contender[] {
  const image = `${host}/${repository}:1`;
  const found: Contender[] = [];
  if (program) {
    const target = join(folder, "copy");
    const command = [program.command, "--insecure-policy", "copy", "--all", "--src-tls-verify=false", `docker://${image}`, `dir:${target}`];
    found.push({
      name: "skopeo copy --all to a folder",
      command,
      env: program.env,
      before: () => rmSync(target, { recursive: true, force: true }),
    });
  } else console.error("skopeo is not here and can't be fetched from Debian: left out.");
  if (spawnSync("docker", ["info"], { stdio: "ignore" }).status === 0) {
    const remove = () => void spawnSync("docker", ["image", "rm", "--force", image], { stdio: "ignore" });
    for (const platform of ["linux/amd64", "linux/arm64"])
      found.push({ name: `docker pull, ${platform} alone`, command: ["docker", "pull", "--platform", platform, image], before: remove });
  } else console.error("There is no Docker daemon: docker pull is left out.");
  return found;
}

/** skopeo of the machine, else Debian's, unpacked beside the sandbox's programs. */
async function skopeo(): Promise<{ command: string; env?: NodeJS.ProcessEnv } | undefined> {
  if (spawnSync("skopeo", ["--version"], { stdio: "ignore" }).status === 0) return { command: "skopeo" };
  const folder = join(toolchainFolder, "skopeo-debian");
  const packages = ["skopeo", "libgpgme11", "libdevmapper1.02.1", "libassuan0", "libgpg-error0"];
  if (!existsSync(folder)) await unpackDebian(packages, folder).catch(() => undefined);
  const command = join(folder, "usr/bin/skopeo");
  const libraries = ["usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu"];
  const env = { LD_LIBRARY_PATH: libraries.map((name) => join(folder, name)).join(":") };
  return spawnSync(command, ["--version"], { stdio: "ignore", env: { ...process.env, ...env } }).status === 0
    ? { command, env }
    : undefined;
}

async function startRegistry(folder: string): Promise<{ host: string; registry: ChildProcess }> {
  const port = await freePort();
  const config = {
    version: "0.1",
    storage: { filesystem: { rootdirectory: join(folder, "registry") } },
    http: { addr: `127.0.0.1:${port}` },
    log: { level: "error", accesslog: { disabled: true } },
  };
  writeFileSync(join(folder, "registry.yml"), JSON.stringify(config));
  const registry = spawn(await provideTool("registry"), ["serve", join(folder, "registry.yml")], { stdio: "ignore" });
  const host = `127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries++) {
    if (
      await new RegistryClient(host).tags("none").then(
        () => true,
        () => false,
      )
    )
      return { host, registry };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  registry.kill();
  throw new Error("The registry did not answer within 10 seconds.");
}
