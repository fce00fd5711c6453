import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, rmSync, createWriteStream } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";

import { binFolder, inSandbox, removeSuperseded, toolchainFolder } from "./paths";
import { unpackDebian } from "./machine/debian";
import { usableRunc } from "./machine/runc";
import { onPath } from "./onPath";
import { SandboxError, step } from "./progress";

/** A program that the sandbox runs: taken from PATH where the machine has it, else built from its Go module. */
interface Tool {
  binary: string;
  /** Where the machine may have it already. */
  installed?: () => string | undefined;
  /** Folder below tools/sandbox/toolchain that pins the versions. */
  module: string;
  package: string;
  ldflags?: string;
}

const tools: Tool[] = [
  {
    binary: "pulumi",
    // The CLI without the language host beside it runs no program.
    installed: () => (onPath("pulumi-language-nodejs") ? onPath("pulumi") : undefined),
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.250.0",
  },
  {
    binary: "pulumi-language-nodejs",
    installed: () => (onPath("pulumi") ? onPath("pulumi-language-nodejs") : undefined),
    module: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
  {
    binary: "pulumi-resource-docker-build",
    module: "docker-build",
    package: "github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build",
    ldflags: "-X github.com/pulumi/pulumi-docker-build/provider.Version=0.0.22",
  },
  {
    binary: "buildkitd",
    installed: () => onPath("buildkitd"),
    module: "buildkit",
    package: "github.com/moby/buildkit/cmd/buildkitd",
  },
  {
    binary: "buildx",
    installed: () => onPath("buildx") ?? dockerPlugin("docker-buildx"),
    module: "buildkit",
    package: "github.com/docker/buildx/cmd/buildx",
    // Compose builds with none before 0.17, and takes one that doesn't say its version for older.
    ldflags: "-X github.com/docker/buildx/version.Version=v0.30.0",
  },
  {
    binary: "docker-compose",
    installed: () => dockerPlugin("docker-compose"),
    module: "compose",
    package: "github.com/docker/compose/v2/cmd",
    ldflags: "-X github.com/docker/compose/v2/internal.Version=v2.40.3",
  },
  { binary: "registry", module: "registry", package: "github.com/distribution/distribution/v3/cmd/registry" },
];

/** Programs that other checks run, and what stands in where a machine has no plugin of Pulumi's for AWS. */
const otherTools: Tool[] = [
  { binary: "pulumi-resource-aws", module: "aws", package: "." },
  {
    binary: "actionlint",
    installed: () => onPath("actionlint"),
    module: "actionlint",
    package: "github.com/rhysd/actionlint/cmd/actionlint",
  },
];

/** A plugin of Docker's client, where the machine has it. */
function dockerPlugin(name: string): string | undefined {
  return [join(homedir(), ".docker"), "/usr/local/lib/docker", "/usr/libexec/docker", "/usr/lib/docker"]
    .map((folder) => join(folder, "cli-plugins", name))
    .find((path) => existsSync(path));
}

const recipes = join(__dirname, "../toolchain");

/** Begins the folder of programs anew, with the one that needs no building. */
export async function provideRunc(): Promise<void> {
  rmSync(binFolder, { recursive: true, force: true });
  mkdirSync(binFolder, { recursive: true });
  symlinkSync(usableRunc() ?? (await debianRunc()), join(binFolder, "runc"));
}

/** Sees to it that every tool is there, beside runc. */
export async function provideToolchain(): Promise<void> {
  for (const tool of tools) symlinkSync(await provide(tool), join(binFolder, tool.binary));
}

/** Docker Compose, and what it builds images with. */
export async function provideComposePlugins(): Promise<void> {
  for (const binary of ["docker-compose", "buildx"]) await provideTool(binary);
}

/** One of the tools: the path of its program. */
export function provideTool(binary: string): Promise<string> {
  return provide([...tools, ...otherTools].find((tool) => tool.binary === binary)!);
}

/** Debian's has seccomp, which a build from the Go module alone has not. */
async function debianRunc(): Promise<string> {
  const folder = join(toolchainFolder, "runc-debian");
  const binary = join(folder, "usr", "sbin", "runc");
  if (!existsSync(binary)) {
    await step("Fetching runc from Debian", () => unpackDebian(["runc"], folder));
  }
  return binary;
}

async function provide(tool: Tool): Promise<string> {
  const installed = tool.installed?.();
  if (installed) return installed;
  const folder = join(toolchainFolder, `${tool.binary}-${recipeHash(tool)}`);
  const binary = join(folder, tool.binary);
  if (existsSync(binary)) return binary;
  if (!onPath("go")) {
    throw new SandboxError(
      `The sandbox needs ${tool.binary}, which is not on PATH, and Go to build it from its module, which isn't either. ` +
        `Install one of the two: Go from your package manager, or ${tool.binary} itself.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  await step(`Building ${tool.binary} from its Go module (once; minutes)`, () => build(tool, binary));
  removeSuperseded(folder);
  return binary;
}

async function build(tool: Tool, binary: string): Promise<void> {
  const log = inSandbox("logs", `build-${tool.binary}.log`);
  mkdirSync(inSandbox("logs"), { recursive: true });
  // The linker leaves out what a debugger reads, so it isn't made.
  const smaller = ["-gcflags=all=-dwarf=false", "-ldflags", `-s -w ${tool.ldflags ?? ""}`];
  const args = ["build", "-trimpath", "-buildvcs=false", ...smaller, "-o", `${binary}.part`, tool.package];
  const child = spawn("go", args, { cwd: join(recipes, tool.module), stdio: ["ignore", "pipe", "pipe"] });
  const output = createWriteStream(log);
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new SandboxError(`go build of ${tool.package} failed; its output is in ${relative(process.cwd(), log)}.`);
  renameSync(`${binary}.part`, binary);
}

/** Changes with whatever the build reads from the repository. */
function recipeHash(tool: Tool): string {
  const hash = createHash("sha256").update(JSON.stringify([tool, process.arch]));
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else hash.update(entry.name).update(readFileSync(path));
    }
  };
  walk(join(recipes, tool.module));
  return hash.digest("hex").slice(0, 12);
}
