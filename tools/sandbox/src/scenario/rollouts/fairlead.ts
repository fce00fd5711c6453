import { spawn } from "node:child_process";

import type { Engine } from "../../engine";

/** How a command ended, and what it printed. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `fairlead` in the project's folder, as somebody does who is on call. */
export async function fairlead(engine: Engine, ...words: string[]): Promise<Ran> {
  const child = spawn("npx", ["--no-install", "fairlead", ...words], {
    cwd: engine.workDir,
    env: { ...engine.environment, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (ran.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ran.stderr += chunk.toString()));
  ran.code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  return ran;
}
