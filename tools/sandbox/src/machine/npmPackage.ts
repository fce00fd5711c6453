import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { run } from "./run";

/** Unpacks a package of npm's into a folder of its own below another; returns it. No install script runs. */
export async function unpackNpm(specifier: string, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const target = join(folder, specifier.replace(/[@/]/g, "-"));
  mkdirSync(target, { recursive: true });
  await run("npm", ["pack", specifier, "--pack-destination", target, "--loglevel=error"], { cwd: folder, env });
  const [archive] = readdirSync(target).filter((name) => name.endsWith(".tgz"));
  await run("tar", ["-xzf", join(target, archive!), "-C", target, "--strip-components=1"]);
  return target;
}
