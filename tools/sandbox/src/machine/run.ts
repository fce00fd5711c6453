import { spawn } from "node:child_process";

import { SandboxError } from "../progress";

/** Runs a program to its end and returns what it printed; a failure shows the end of it. */
export async function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code === 0) return output;
  throw new SandboxError(`${command} ${args[0] ?? ""} ended with ${code}:\n${output.trim().split("\n").slice(-15).join("\n")}`);
}
