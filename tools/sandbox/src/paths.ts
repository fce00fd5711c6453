import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Root of the repository. */
export const root = resolve(__dirname, "../../..");

/** All that the sandbox writes, but for the toolchain where FAIRLEAD_TOOLCHAIN names a folder for it. */
export const sandboxFolder = join(root, ".sandbox");

export const toolchainFolder = process.env.FAIRLEAD_TOOLCHAIN ?? join(sandboxFolder, "toolchain");

/** What a process that runs a lot of parts writes is in a folder of its own. */
export const inSandbox = (...parts: string[]) => join(sandboxFolder, process.env.FAIRLEAD_SANDBOX_LOT ?? "", ...parts);

/** The programs that all of them run. */
export const binFolder = join(sandboxFolder, "bin");

/** Of what the toolchain holds once per recipe, `<name>-<hash>`, the newest is kept and the one before, which another clone may still run. */
export function removeSuperseded(newest: string): void {
  const siblings = dirname(newest);
  const name = basename(newest).replace(/-[0-9a-f]{12}$/, "");
  const isOfName = new RegExp(`^${name}-[0-9a-f]{12}$`);
  const older = readdirSync(siblings)
    .filter((entry) => isOfName.test(entry) && entry !== basename(newest))
    .map((entry) => join(siblings, entry))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const folder of older.slice(1)) rmSync(folder, { recursive: true, force: true });
}
