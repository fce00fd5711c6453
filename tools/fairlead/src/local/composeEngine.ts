import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
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

  /** Runs Compose with this process's own streams. @returns its exit code */
  attach(args: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = this.spawn(args, { stdio: "inherit" });
      child.on("error", reject);
      child.on("close", (code, signal) => resolve(code ?? (signal ? 130 : 1)));
    });
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

  /**
   * The same for all that has a project's label, whatever a file says: one names what is there now, and one that lacks a secret is none. Compose would take a
   * file of the current folder, or of one above, so this runs where there is none.
   */
  showOf(project: string, args: readonly string[]): Promise<{ status: number; output: string }> {
    return this.show(["--project-name", project, ...args], { cwd: parse(process.cwd()).root });
  }
}

const withoutCode = (message: string) => message.replace(/^FL\d{4} (not run: )?/, "");
