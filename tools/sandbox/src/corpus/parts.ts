import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { run } from "../machine/run";
import { toolchainFolder } from "../paths";

/** A package that files of the corpus come from. */
export type Part =
  | { from: "debian"; name: string; architecture: string }
  | { from: "npm"; name: string }
  | { from: "pypi"; name: string; platform: string; python: string };

/** A package of Debian's, unpacked as dpkg would, without its install scripts. */
export const debian = (name: string, architecture = "amd64"): Part => ({ from: "debian", name, architecture });
/** `name@version`, for whatever machine it is. */
export const npm = (name: string): Part => ({ from: "npm", name });
/** A wheel: `name==version`, and the platform that it is for, as pip says it. */
export const pypi = (name: string, platform = "manylinux2014_x86_64", python = "3.11"): Part => ({ from: "pypi", name, platform, python });

const partsFolder = join(toolchainFolder, "corpus-parts");

/** Where a package is unpacked. */
export function folderOf(part: Part): string {
  const key = createHash("sha256").update(JSON.stringify(part)).digest("hex").slice(0, 12);
  return join(partsFolder, `${part.name.replace(/[^\w.]+/g, "-").replace(/^-/, "")}-${key}`);
}

/** What an image doesn't need of Debian's packages, and what a base image of Debian's leaves out as well. */
const leftOut = ["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian", "usr/share/bash-completion"];

/** Fetches and unpacks what is not there yet. */
export async function provideParts(wanted: readonly Part[], env: NodeJS.ProcessEnv): Promise<void> {
  const missing = [...new Map(wanted.map((part) => [folderOf(part), part])).values()].filter((part) => !existsSync(folderOf(part)));
  const debianParts = missing.filter((part) => part.from === "debian");
  for (const architecture of new Set(debianParts.map((part) => part.architecture)))
    await fetchDebian(
      debianParts.filter((part) => part.architecture === architecture),
      architecture,
    );
  for (const part of missing) {
    if (part.from === "npm") await fetchNpm(part, env);
    if (part.from === "pypi") await fetchWheel(part, env);
  }
}

async function fetchDebian(parts: Extract<Part, { from: "debian" }>[], architecture: string): Promise<void> {
  await inFresh(`debian-${architecture}`, async (downloads) => {
    mkdirSync(join(downloads, "lists", "partial"), { recursive: true });
    const apt = ["-q", "-oAPT::Sandbox::User=root", `-oDir::State::Lists=${join(downloads, "lists")}`];
    apt.push(`-oAPT::Architecture=${architecture}`, `-oAPT::Architectures=${architecture}`);
    await run("apt-get", [...apt, "update"]);
    await run("apt-get", [...apt, "download", ...parts.map(({ name }) => name)], { cwd: downloads });
    const files = readdirSync(downloads);
    for (const part of parts) {
      const file = files.find((name) => name.startsWith(`${part.name}_`))!;
      const unpacked = join(downloads, "unpacked");
      await run("dpkg", ["-x", join(downloads, file), unpacked]);
      for (const path of leftOut) rmSync(join(unpacked, path), { recursive: true, force: true });
      renameSync(unpacked, folderOf(part));
    }
  });
}

async function fetchNpm(part: Part, env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("npm", async (downloads) => {
    await run("npm", ["pack", part.name, "--pack-destination", downloads, "--loglevel=error"], { cwd: downloads, env });
    const archive = readdirSync(downloads).find((name) => name.endsWith(".tgz"))!;
    const unpacked = join(downloads, "unpacked");
    mkdirSync(unpacked);
    await run("tar", ["-xzf", join(downloads, archive), "-C", unpacked, "--strip-components=1", "--no-same-owner"]);
    renameSync(unpacked, folderOf(part));
  });
}

async function fetchWheel(part: Extract<Part, { from: "pypi" }>, env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("pypi", async (downloads) => {
    const target = ["--only-binary=:all:", `--platform=${part.platform}`, `--python-version=${part.python}`, "--no-deps"];
    await run("python3", ["-m", "pip", "download", "-q", ...target, "--dest", downloads, part.name], { env });
    const wheel = readdirSync(downloads).find((name) => name.endsWith(".whl"))!;
    const unpacked = join(downloads, "unpacked");
    await run("python3", ["-m", "zipfile", "-e", join(downloads, wheel), unpacked]);
    renameSync(unpacked, folderOf(part));
  });
}

async function inFresh(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = join(partsFolder, `${name}.downloads`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await work(folder);
  rmSync(folder, { recursive: true });
}
