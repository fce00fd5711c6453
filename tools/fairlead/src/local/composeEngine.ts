import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { constants } from "node:os";
import { parse } from "node:path";
import { coded, UserError } from "@fairlead/model";

import { endGroup } from "./endGroup";
import { endCalls, Engine, NotTried, type Answer } from "../run/engine";

/** From which on what is written here is understood, and a network that has become another one is made anew. @see https://github.com/docker/compose/pull/12267 */
const oldestCompose: [major: number, minor: number] = [2, 31];

/** What of the shell would have Compose do something else than its arguments say. */
const ofShell = [
  "COMPOSE_FILE",
  "COMPOSE_PATH_SEPARATOR",
  "COMPOSE_PROFILES",
  "COMPOSE_PROJECT_NAME",
  "COMPOSE_ENV_FILES",
  "COMPOSE_IGNORE_ORPHANS",
];

/** Where no file of Compose is: it takes one of the current folder, or of one above. */
export const nowhere = parse(process.cwd()).root;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Compose, by the command line of the engine that it belongs to. */
export class ComposeEngine {
  /** Beside this process's own; undefined is absent. */
  private readonly environment: NodeJS.ProcessEnv = {};
  private readonly children = new Set<ChildProcess>();
  /** Whether it was told to end. It runs nothing more then. */
  hasEnded = false;

  private constructor(readonly engine: Engine) {
    this.forget(ofShell);
  }

  /** @throws UserError where there is no engine, or none with Compose */
  static async find(): Promise<ComposeEngine> {
    const engine = await Engine.find().catch((error: unknown) => {
      throw error instanceof NotTried ? new UserError(coded("FL2701", withoutCode(error.message))) : error;
    });
    const { status, stdout } = await engine.call(["compose", "version", "--short"], { timeoutSeconds: 20 });
    const version = stdout.trim().replace(/^v/, "");
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (status !== 0 || !/^\d/.test(version))
      throw new UserError(
        coded(
          "FL2701",
          `${engine.title} has no Compose (\`${engine.name} compose version\`). To install it: https://docs.docker.com/compose/install`,
        ),
      );
    if (major < oldestCompose[0] || (major === oldestCompose[0] && minor < oldestCompose[1]))
      throw new UserError(coded("FL2701", `Compose is ${version}; expected ${oldestCompose.join(".")} or later.`));
    return new ComposeEngine(engine);
  }

  /** Has Compose not see variables of the shell: those of secrets are read from their file alone. */
  forget(names: readonly string[]): void {
    for (const name of names) this.environment[name] = undefined;
  }

  call(args: readonly string[]): Promise<Answer> {
    return this.engine.call(args, { environment: this.environment });
  }

  /** Ends what it runs, and waits until it has ended: Compose starts containers until then. It runs nothing more: what follows is for another one. */
  async end(): Promise<void> {
    this.hasEnded = true;
    endCalls();
    const ended = [...this.children].map((child) => new Promise((resolve) => child.once("close", resolve)));
    for (const child of this.children) endGroup(child);
    await Promise.all(ended);
  }

  /** Starts Compose; whoever does so ends it. */
  spawn(args: readonly string[], options: SpawnOptions): ChildProcess {
    if (this.hasEnded) throw new UserError("Interrupted.");
    const child = spawn(this.engine.name, ["compose", ...args], { ...options, env: { ...process.env, ...this.environment } });
    this.children.add(child);
    child.on("close", () => this.children.delete(child));
    return child;
  }

  /**
   * Runs Compose with this process's own streams.
   *
   * @param options.end ends what it runs, when this process is told to end; Compose is told by default
   * @returns its exit code, or 128 and the signal's number
   */
  async attach(args: readonly string[], { cwd, end }: { cwd?: string; end?: () => Promise<unknown> } = {}): Promise<number> {
    const child = this.spawn(args, { stdio: "inherit", cwd });
    const pass = (signal: NodeJS.Signals) => {
      // A terminal's Ctrl-C reaches both by itself.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      if (end)
        void end()
          .catch(() => undefined)
          .then(() => child.kill());
      else child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    try {
      return await new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
      });
    } finally {
      for (const signal of signals) process.off(signal, pass);
    }
  }

  /**
   * Runs Compose where a person sees what it does.
   *
   * @param options.quiet where nothing is to be seen
   * @returns its exit code, and what it wrote where nobody watches
   */
  show(args: readonly string[], { cwd, quiet }: { cwd?: string; quiet?: boolean } = {}): Promise<{ status: number; output: string }> {
    const isWatched = process.stderr.isTTY === true && !quiet;
    return new Promise((resolve, reject) => {
      const child = this.spawn(args, {
        cwd,
        stdio: isWatched ? "inherit" : ["ignore", "pipe", "pipe"],
        // A Ctrl-C is for this process, which then ends it.
        detached: !isWatched && process.platform !== "win32",
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ status: code ?? (signal ? 130 : 1), output }));
    });
  }

  /** The same for all that has a project's label, whatever a file says: one names what is there now, and one that lacks a secret is none. */
  showOf(project: string, args: readonly string[]): Promise<{ status: number; output: string }> {
    return this.show(["--project-name", project, ...args], { cwd: nowhere });
  }
}

const withoutCode = (message: string) => message.replace(/^FL\d{4} (not run: )?/, "");
