import { spawn } from "node:child_process";
import { coded, UserError } from "@fairlead/model";

import { Engine, NotTried, type Answer } from "../run/engine";

/** From which on what is written here is understood: `depends_on` of ended services, `configs.content`, `develop.watch`. */
const oldestCompose: [major: number, minor: number] = [2, 24];

/** Compose, by the command line of the engine that it belongs to. */
export class ComposeEngine {
  private constructor(readonly engine: Engine) {}

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

  call(args: readonly string[]): Promise<Answer> {
    return this.engine.call(args);
  }

  /** Runs Compose with this process's own streams. @returns its exit code */
  attach(args: readonly string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.engine.name, ["compose", ...args], { stdio: "inherit", env: process.env });
      child.on("error", reject);
      child.on("close", (code, signal) => resolve(code ?? (signal ? 130 : 1)));
    });
  }

  /**
   * Runs Compose where a person sees what it does.
   *
   * @returns its exit code, and what it wrote where nobody watches
   */
  show(args: readonly string[]): Promise<{ status: number; output: string }> {
    const isWatched = process.stderr.isTTY === true;
    return new Promise((resolve, reject) => {
      const child = spawn(this.engine.name, ["compose", ...args], {
        stdio: ["inherit", isWatched ? "inherit" : "pipe", isWatched ? "inherit" : "pipe"],
        env: process.env,
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ status: code ?? (signal ? 130 : 1), output }));
    });
  }
}

const withoutCode = (message: string) => message.replace(/^FL\d{4} (not run: )?/, "");
