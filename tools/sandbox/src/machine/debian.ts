import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { run } from "./run";

/** Unpacks Debian packages into a folder: nothing is installed, and no install script runs. */
export async function unpackDebian(packages: string[], folder: string, architecture?: string): Promise<void> {
  const part = `${folder}.part`;
  const downloads = `${folder}.downloads`;
  for (const path of [part, downloads]) rmSync(path, { recursive: true, force: true });
  for (const path of [part, join(downloads, "lists", "partial")]) mkdirSync(path, { recursive: true });
  const apt = ["-q", "-oAPT::Sandbox::User=root", `-oDir::State::Lists=${join(downloads, "lists")}`];
  if (architecture) apt.push(`-oAPT::Architecture=${architecture}`, `-oAPT::Architectures=${architecture}`);
  await run("apt-get", [...apt, "update"]);
  await run("apt-get", [...apt, "download", ...packages], { cwd: downloads });
  for (const file of readdirSync(downloads).filter((name) => name.endsWith(".deb"))) await run("dpkg", ["-x", join(downloads, file), part]);
  rmSync(downloads, { recursive: true, force: true });
  renameSync(part, folder);
}
