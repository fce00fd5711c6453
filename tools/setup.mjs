// Installs what is missing, then runs a command of the workspace: `node tools/setup.mjs <command> [arguments]`.
// Plain JavaScript on purpose: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Git keeps no empty folder: a repository without services has none.
const apps = (existsSync(join(root, "apps")) ? readdirSync(join(root, "apps")) : []).map((name) => join("apps", name));
const installable = [".", ...apps].filter((folder) => existsSync(join(root, folder, "package-lock.json")));

for (const folder of installable) {
  if (isInstalled(join(root, folder))) continue;
  const started = Date.now();
  console.error(`Installing the packages of ${folder === "." ? "the workspace (about a minute)" : folder}…`);
  const progress = process.stderr.isTTY ? [] : ["--no-progress", "--loglevel=error"];
  const { status } = spawnSync("npm", ["ci", ...progress], {
    cwd: join(root, folder),
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed; its own words are above. Nothing else was started.");
    process.exit(status ?? 1);
  }
  console.error(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

const [command, ...args] = process.argv.slice(2);
if (command) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, PATH: path }, shell: process.platform === "win32" });
  if (child.error) console.error(`${command}: ${child.error.message}`);
  process.exit(child.status ?? 1);
}

/** Whether npm's own record of what it installed, which it writes last, is what the lock file wants. */
function isInstalled(folder) {
  const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {});
  const { "": _, ...wanted } = packagesIn(join(folder, "package-lock.json"));
  const installed = packagesIn(join(folder, "node_modules", ".package-lock.json"));
  const isWanted = ([path, { version, integrity }]) =>
    path in wanted && wanted[path].version === version && wanted[path].integrity === integrity;
  // What is optional may be for another platform.
  const isThere = ([path, { optional }]) => optional || path in installed;
  return Object.entries(wanted).every(isThere) && Object.entries(installed).every(isWanted);
}
