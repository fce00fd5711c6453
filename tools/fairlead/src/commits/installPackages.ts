import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

/** Whether two workspaces need the very same packages from registries: those of one can then be linked into the other. */
export function hasSamePackages(root: string, folder: string): boolean {
  return withoutWorkspaces(lockFile(folder)) === withoutWorkspaces(lockFile(root));
}

/** An unborn lock file differs as well. */
export function lockFile(folder: string): string {
  const file = join(folder, "package-lock.json");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** What a lock file says of packages from registries: a new workspace alone needs no install. */
function withoutWorkspaces(lock: string): string {
  if (lock === "") return lock;
  const { packages } = JSON.parse(lock) as { packages: Record<string, { link?: boolean }> };
  return JSON.stringify(Object.entries(packages).filter(([path, { link }]) => /(^|\/)node_modules\//.test(path) && !link));
}

/** Installs what a folder's lock file says. No package's own programs run. */
export function installPackages(folder: string, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    npm.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    npm.on("error", reject);
    npm.on("close", (code) => (code === 0 ? resolve() : reject(new UserError(`npm ci failed in ${folder}:\n${errors.trim()}`))));
  });
}
