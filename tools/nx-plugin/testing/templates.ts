import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";

/** The templates that bring a program. */
export const templates = readdirSync(resolve(__dirname, "../src/generators/service/files"));

const interpreters: Record<string, string[]> = { go: ["go", "version"], python: ["python3", "--version"] };

/** Whether what a template's program needs is on this machine. */
export function runnable(template: string): boolean {
  const [program, ...args] = interpreters[template] ?? [];
  return program === undefined || spawnSync(program, args).status === 0;
}
