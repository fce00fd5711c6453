import { spawn, spawnSync } from "node:child_process";
import type { Readable } from "node:stream";
import { coded, printableLine, shortened, UserError, withoutLogins } from "@fairlead/model";

/** What a call of the engine's command line gave back. */
export interface Answer {
  status: number;
  /** What it wrote, to both streams, as far as {@link outputLimit} goes. */
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

interface CallOptions {
  input?: Readable;
  timeoutSeconds?: number;
  environment?: NodeJS.ProcessEnv;
}

/** Of a stream of one call: what containers write has no end. */
const outputLimit = 256 * 1024;

/** A container could not be tried: nothing is known of it. */
export class NotTried extends UserError {
  /** @param reason may hold words of others */
  constructor(reason: string) {
    super(coded("FL2159", `not run: ${printableLine(withoutLogins(reason))}`));
  }
}

interface DockerInfo {
  ServerVersion?: string;
  ServerErrors?: string[];
  OSType?: string;
  Architecture?: string;
  NCPU?: number;
  MemoryLimit?: boolean;
  /** Podman answers in a form of its own. */
  host?: { arch?: string; os?: string; cpus?: number };
  version?: { Version?: string };
}

/** Names of machines as `uname` has them. */
const architectures: Record<string, string> = { x86_64: "amd64", aarch64: "arm64", armv7l: "arm" };

/**
 * A container engine, by its command line: it knows its contexts, sockets and remote machines. `docker`, or `podman`, which takes the same words.
 */
export class Engine {
  private constructor(
    /** Of its command line: `docker` or `podman`. */
    readonly name: string,
    /** `Docker 28.2.2` */
    readonly title: string,
    readonly isPodman: boolean,
    /** Of its own machine: `linux/amd64`. */
    readonly platform: string,
    readonly cpus: number,
    /** Whether it holds containers to their memory. */
    readonly limitsMemory: boolean,
  ) {}

  /**
   * The engine of this machine, or the one that `DOCKER_HOST` or Docker's context names.
   *
   * @throws NotTried where none answers, with what to do
   */
  static async find(): Promise<Engine> {
    const refusals: string[] = [];
    for (const program of ["docker", "podman"]) {
      const answer = await call(program, ["info", "--format", "{{json .}}"], { timeoutSeconds: 20 }).catch(ifMissing);
      if (!answer) continue;
      const info = parsed(answer.stdout);
      const version = info?.ServerVersion ?? info?.version?.Version;
      if (info && version) return Engine.of(program, info, version);
      const words = info?.ServerErrors?.[0] ?? firstLine(answer.stderr);
      refusals.push(answer.timedOut ? `${program} does not answer` : `${program} says: ${words.replace(/\.$/, "")}`);
    }
    throw new NotTried(
      refusals.length > 0
        ? `${refusals.join("; ").replace(/(?<![?!])$/, ".")} Start the engine, or see whether you may use it (\`docker info\`).`
        : "there is no `docker` and no `podman` on the PATH. To install Docker: https://docs.docker.com/engine/install",
    );
  }

  private static of(program: string, info: DockerInfo, version: string): Engine {
    const isPodman = info.version !== undefined;
    const [os, machine] = isPodman ? [info.host?.os, info.host?.arch] : [info.OSType, info.Architecture];
    if (os !== "linux") throw new NotTried(`${program} runs containers of ${os}; switch it to Linux containers.`);
    const title = `${isPodman ? "Podman" : "Docker"} ${version}`;
    const platform = `linux/${architectures[machine!] ?? machine}`;
    return new Engine(program, title, isPodman, platform, info.NCPU ?? info.host?.cpus ?? 1, info.MemoryLimit ?? true);
  }

  call(args: readonly string[], options?: CallOptions): Promise<Answer> {
    return call(this.name, args, options);
  }

  /** The same, for what must do. @throws NotTried with the engine's words */
  async must(what: string, args: readonly string[], options?: CallOptions): Promise<string> {
    const { status, stdout, stderr, timedOut } = await this.call(args, options);
    if (status === 0) return stdout;
    throw new NotTried(`${what}: ${timedOut ? "no answer in time" : firstLine(stderr) || `exit code ${status}`}`);
  }

  /** For what must be done before this process ends. */
  callNow(args: readonly string[]): void {
    spawnSync(this.name, args, { stdio: "ignore", timeout: 30_000, env: process.env });
  }
}

function call(program: string, args: readonly string[], { input, timeoutSeconds, environment }: CallOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
      // A Ctrl-C is for this process, which then removes what it made.
      detached: process.platform !== "win32",
    });
    const answer: Answer = { status: 1, stdout: "", stderr: "", timedOut: false };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]!.setEncoding("utf8").on("data", (text: string) => {
        if (answer[stream].length < outputLimit) answer[stream] += text.slice(0, outputLimit - answer[stream].length);
      });
    }
    const end = () => child.kill("SIGKILL");
    const timer = setTimeout(() => ((answer.timedOut = true), end()), (timeoutSeconds ?? 3600) * 1000);
    running.add(end);
    const settled = () => (clearTimeout(timer), running.delete(end));
    child.on("error", (error) => (settled(), reject(error)));
    child.on("close", (code) => (settled(), resolve({ ...answer, status: code ?? 1 })));
    if (!input) return;
    let failure: Error | undefined;
    input.on("error", (error) => ((failure = error), end(), reject(failure)));
    // An engine that refuses the rest says why itself.
    child.stdin!.on("error", () => input.destroy());
    input.pipe(child.stdin!);
  });
}

const running = new Set<() => void>();

/** Ends every call that still runs. */
export function endCalls(): void {
  for (const end of running) end();
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function parsed(text: string): DockerInfo | undefined {
  try {
    return JSON.parse(text) as DockerInfo;
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return shortened(text.trim().split("\n")[0]!, 500);
}
