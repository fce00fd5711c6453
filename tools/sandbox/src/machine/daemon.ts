import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";

import { inSandbox } from "../paths";
import { SandboxError } from "../progress";

/** Starts a server of the sandbox and waits until it answers. The namespace ends it. */
export async function startDaemon(
  name: string,
  command: string[],
  options: { env: NodeJS.ProcessEnv; isReady: () => Promise<boolean> },
): Promise<void> {
  const log = inSandbox("logs", `${name}.log`);
  const output = openSync(log, "w");
  const child = spawn(command[0]!, command.slice(1), { stdio: ["ignore", output, output], env: options.env });
  let ended: string | undefined;
  child.on("error", (error) => (ended = error.message));
  child.on("exit", (code, signal) => (ended = `ended with ${code ?? signal}`));
  for (let tries = 0; tries < 300; tries++) {
    if (ended) throw new SandboxError(`${name} ${ended}:\n${tail(log)}`);
    if (await options.isReady().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new SandboxError(`${name} did not answer within 30 seconds:\n${tail(log)}`);
}

function tail(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-10).join("\n");
}
