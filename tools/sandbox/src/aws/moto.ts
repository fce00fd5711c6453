import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { SandboxAccount } from "../sandboxAccount";
import { startDaemon } from "../machine/daemon";
import { freePort } from "../machine/freePort";
import { run } from "../machine/run";
import { inSandbox, removeSuperseded, toolchainFolder } from "../paths";
import { step } from "../progress";
import { RestOperations, type RestOperation } from "./restOperations";

const sources = join(__dirname, "../../moto");

/** A Python with moto, in an environment of its own that outlives the clone. */
export async function provideMoto(): Promise<string> {
  const requirements = join(sources, "requirements.txt");
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(toolchainFolder, `moto-${key}`);
  const python = join(folder, "bin", "python");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return python;
  await step("Installing moto from PyPI (once)", async () => {
    rmSync(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder]);
    await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]);
    writeFileSync(complete, "");
    removeSuperseded(folder);
  });
  return python;
}

/** Operations of AWS's services by method and path, from the models that came with moto. */
export async function restOperations(): Promise<RestOperations> {
  const python = await provideMoto();
  const file = join(python, "../../rest-operations.json");
  if (!existsSync(file)) {
    const operations = await step("Reading AWS's models (once)", () => run(python, ["-W", "ignore", join(sources, "rest_operations.py")]));
    writeFileSync(file, operations);
  }
  return new RestOperations(JSON.parse(readFileSync(file, "utf8")) as Record<string, RestOperation[]>);
}

/** Starts moto for an account of its own, with what it notes of tasks that could not start; returns the port where it answers. */
export async function startMoto({ accountId, registryHost }: SandboxAccount, env: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const own = { MOTO_ACCOUNT_ID: accountId, FAIRLEAD_SANDBOX_REGISTRY: registryHost, FAIRLEAD_SANDBOX_NOTES: notesFile(accountId) };
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/moto-api/`)).ok;
  const command = [await provideMoto(), join(sources, "serve.py"), String(port), inSandbox("logs", `moto-${accountId}.jsonl`)];
  await startDaemon(`moto-${accountId}`, command, { env: { ...env, ...own, PYTHONDONTWRITEBYTECODE: "1" }, isReady });
  return port;
}

/** What tasks would have lacked when their service was made. */
export function notesOf(accountId: string): string[] {
  const file = notesFile(accountId);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

function notesFile(accountId: string): string {
  return inSandbox("logs", `task-start-${accountId}.txt`);
}
