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
  | { from: "pypi"; name: string; platform: string; python: string }
  | { from: "requirement"; name: string; platform: string; python: string };

type NpmPart = Extract<Part, { from: "npm" }>;
type Wheel = Extract<Part, { from: "pypi" }>;

/** A package of Debian's, unpacked as dpkg would, without its install scripts. */
export const debian = (name: string, architecture = "amd64"): Part => ({ from: "debian", name, architecture });
/** `name@version`, for whatever machine it is. */
export const npm = (name: string): Part => ({ from: "npm", name });
/** A wheel: `name==version`, and the platform that it is for, as pip says it. */
export const pypi = (name: string, platform = "manylinux2014_x86_64", python = "3.11"): Part => ({ from: "pypi", name, platform, python });
/** What `pip install --target` leaves of a requirement, with all that it depends on. */
export const requirement = (name: string, platform = "manylinux2014_x86_64", python = "3.11"): Part => ({
  ...{ from: "requirement", name, platform, python },
});

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
  const npmParts = missing.filter((part) => part.from === "npm");
  if (npmParts.length > 0) await fetchNpm(npmParts, env);
  for (const parts of atOnce(missing.filter((part) => part.from === "pypi"))) await fetchWheels(parts, env);
  for (const part of missing) if (part.from === "requirement") await installRequirement(part, env);
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

/** By one start of npm: a start takes longer than most packages. */
async function fetchNpm(parts: NpmPart[], env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("npm", async (downloads) => {
    const names = parts.map(({ name }) => name);
    await run("npm", ["pack", ...names, "--pack-destination", downloads, "--loglevel=error"], { cwd: downloads, env });
    for (const part of parts) {
      const unpacked = join(downloads, "unpacked");
      mkdirSync(unpacked);
      await run("tar", ["-xzf", join(downloads, archiveOf(part)), "-C", unpacked, "--strip-components=1", "--no-same-owner"]);
      keep(unpacked, part);
    }
  });
}

/** As npm calls it: `scope-name-version.tgz`. */
export const archiveOf = ({ name }: NpmPart) => `${name.replace(/^@/, "").replace(/[/@]/g, "-")}.tgz`;

/** Wheels that one start of pip can fetch: for one platform and version of Python, and no project twice. */
export function atOnce(parts: readonly Wheel[]): Wheel[][] {
  const groups = new Map<string, Wheel[]>();
  for (const part of parts) {
    const group = (number: number): string => {
      const key = [part.platform, part.python, number].join(" ");
      return groups.get(key)?.some((other) => projectOf(other.name) === projectOf(part.name)) ? group(number + 1) : key;
    };
    const key = group(0);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

/** Its normalized name, of a requirement `name==version` or a wheel `name-version-….whl`. */
export const projectOf = (text: string) =>
  /^(.*?)(?:==|-\d[^-]*-.*\.whl$)/
    .exec(text)![1]!
    .toLowerCase()
    .replace(/[-_.]+/g, "-");

async function fetchWheels(parts: Wheel[], env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("pypi", async (downloads) => {
    const [{ platform, python }] = parts as [Wheel];
    const target = ["--only-binary=:all:", `--platform=${platform}`, `--python-version=${python}`, "--no-deps"];
    await run("python3", ["-m", "pip", "download", "-q", ...target, "--dest", downloads, ...parts.map(({ name }) => name)], { env });
    const wheels = readdirSync(downloads);
    for (const part of parts) {
      const wheel = wheels.find((file) => projectOf(file) === projectOf(part.name))!;
      const unpacked = join(downloads, "unpacked");
      await run("python3", ["-m", "zipfile", "-e", join(downloads, wheel), unpacked]);
      keep(unpacked, part);
    }
  });
}

async function installRequirement(part: Extract<Part, { from: "requirement" }>, env: NodeJS.ProcessEnv): Promise<void> {
  await inFresh("pip", async (downloads) => {
    const unpacked = join(downloads, "unpacked");
    const target = ["--only-binary=:all:", `--platform=${part.platform}`, `--python-version=${part.python}`, "--target", unpacked];
    await run("python3", ["-m", "pip", "install", "-q", "--no-compile", ...target, part.name], { env });
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
