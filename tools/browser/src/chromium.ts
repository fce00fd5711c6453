import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/** Starts the machine's Chromium; gets Debian's where there is none and this may install it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: find() ?? install(), args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"] });
}

function find(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return process.env.CHROMIUM ?? names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

function install(): string {
  const needed = `There is no Chromium (${names.join(", ")}) on PATH, and CHROMIUM names none.`;
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).error) throw new Error(`${needed} Install one.`);
  console.error("Installing Debian's Chromium…");
  const run = (...args: string[]) => spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  const installed = run("update", "-qq") && run("install", "-y", "-qq", "--no-install-recommends", "chromium");
  const found = installed ? find() : undefined;
  if (!found) throw new Error(`${needed} apt-get could not install it: its own words are above.`);
  return found;
}
