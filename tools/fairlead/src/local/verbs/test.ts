import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaceOf } from "../../commits/worktree";
import { UserError } from "@fairlead/model";

import { lastLines } from "../../run/lastLines";
import { ComposeEngine } from "../composeEngine";
import { containersOf, runningServices, volumesOf, type LocalContainer } from "../containers";
import { unlessInterrupted } from "../interrupts";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { isUp, look } from "../watchParts";
import { remove } from "./down";
import { stopServices } from "./up";
import { bringUp, notUp } from "../bringUp";

/** Options of `fairlead local test`. */
export interface TestOptions extends LocalOptions {
  keep?: boolean;
  timeout: string;
  settle: string;
}

/** Says where tests of a whole environment are. */
const configuration = "jest.e2e.config.js";

/** Brings an environment up, runs the end-to-end tests against it, and takes it away again where it was not there before. */
export async function test(words: string[], options: TestOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  const folder = workspaceOf(local.project.root);
  if (!existsSync(join(folder, configuration)))
    throw new UserError(`There is no ${configuration} in ${folder}: it says where the tests are.`);
  if (local.url === undefined) throw new UserError(`${local.stack} has no load balancer: the tests have no address to ask.`);
  const { project } = local.place;
  const before = await containersOf(compose, project);
  const keepsData = before.length > 0 || (await volumesOf(compose, project)).length > 0;
  let ended: number | "interrupted" = 1;
  try {
    ended = await unlessInterrupted(compose, testOnce(compose, local, folder, words, options));
  } finally {
    if (!options.keep) await restore(local, before, keepsData);
  }
  // What was interrupted may still wait for something.
  if (ended === "interrupted") process.exit(130);
  process.exitCode = ended;
}

/** How it was before: away, stopped, or as it ran. */
async function restore(local: OpenLocal, before: readonly LocalContainer[], keepsData: boolean): Promise<void> {
  const compose = await ComposeEngine.find();
  if (before.length === 0) await remove(compose, local, { volumes: !keepsData });
  else if (runningServices(before).length === 0) await stopServices(compose, local, []);
}

async function testOnce(
  compose: ComposeEngine,
  local: OpenLocal,
  folder: string,
  words: readonly string[],
  options: TestOptions,
): Promise<number> {
  const parts = await bringUp(compose, local, [], options);
  if (!isUp(parts)) throw await notUp(compose, local, parts);
  const status = await runTests(folder, local.url!, words);
  if (status !== 0) await tellLogs(compose, local);
  return status;
}

function runTests(folder: string, url: string, words: readonly string[]): Promise<number> {
  const args = ["--no-install", "jest", "--config", configuration, ...words];
  const child = spawn("npx", args, {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, FAIRLEAD_URL: url },
    shell: process.platform === "win32",
  });
  return new Promise((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? 1)));
}

/** What the services wrote last, while the tests failed. */
async function tellLogs(compose: ComposeEngine, local: OpenLocal): Promise<void> {
  for (const { name, containers } of await look(compose, local))
    for (const { id } of containers) {
      const lines = await lastLines(compose.engine, id);
      if (lines.length > 0) process.stderr.write([`\n${name}:`, ...lines.map((line) => `  │ ${line}`), ""].join("\n"));
    }
}
