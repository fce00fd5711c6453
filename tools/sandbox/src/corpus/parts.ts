import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { run } from "../machine/run";
import { toolchainFolder } from "../paths";
import { markAsUsed } from "./unneeded";

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

/** What a base image of Debian's leaves out as well, and programs of Docker's that nothing starts. */
const leftOutOfDebian = [
  ...["usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/lintian", "usr/share/bash-completion"],
  ...["usr/bin/ctr", "usr/bin/containerd-shim", "usr/bin/containerd-shim-runc-v1", "usr/bin/dnet", "usr/sbin/ovrouter"],
];
/** Headers for what is compiled, a third of Node's package. */
const leftOutOfNode = ["include", "share"];

function leftOutOf(part: Part): string[] {
  if (part.from === "debian") return leftOutOfDebian;
  return part.from === "npm" && part.name.startsWith("node-linux-") ? leftOutOfNode : [];
}

/** Where a package is unpacked. */
export function folderOf(part: Part): string {
  const key = createHash("sha256")
    .update(JSON.stringify([part, leftOutOf(part)]))
    .digest("hex")
    .slice(0, 12);
  return join(partsFolder, `${part.name.replace(/[^\w.]+/g, "-").replace(/^-/, "")}-${key}`);
}

/** Fetches and unpacks what is not there yet, and marks all as used. */
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
  for (const part of wanted) markAsUsed(folderOf(part));
}

/** Another clone may have been faster. */
function keep(unpacked: string, part: Part): void {
  for (const path of leftOutOf(part)) rmSync(join(unpacked, path), { recursive: true, force: true });
  if (existsSync(folderOf(part))) rmSync(unpacked, { recursive: true });
  else renameSync(unpacked, folderOf(part));
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
      keep(unpacked, part);
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
    keep(unpacked, part);
  });
}

async function fetchWheel(part: Extract<Part, { from: "pypi" }>, env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("pypi", async (downloads) => {
    const target = ["--only-binary=:all:", `--platform=${part.platform}`, `--python-version=${part.python}`, "--no-deps"];
    await run("python3", ["-m", "pip", "download", "-q", ...target, "--dest", downloads, part.name], { env });
    const wheel = readdirSync(downloads).find((name) => name.endsWith(".whl"))!;
    const unpacked = join(downloads, "unpacked");
    await run("python3", ["-m", "zipfile", "-e", join(downloads, wheel), unpacked]);
    keep(unpacked, part);
  });
}

/** A folder of its own: clones that share the toolchain may fetch at once. */
async function inFresh(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  mkdirSync(partsFolder, { recursive: true });
  const folder = mkdtempSync(join(partsFolder, `${name}.downloads-`));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
