import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { run } from "../machine/run";
import { toolchainFolder } from "../paths";
import type { BaseName } from "./baseName";
import { bases, partsOfBase } from "./bases";
import { linkTree, writeLayer } from "./layerFolder";
import { debian, folderOf, provideParts } from "./parts";
import { markAsUsed } from "./unneeded";

/** A layer: its files unpacked, and as a registry holds it, uncompressed. */
export interface BuiltLayer {
  folder: string;
  /** Its folder is a base's, which the tar only repeats. */
  shared: boolean;
  tar: string;
  /** Of the tar, `sha256:…`. */
  digest: string;
  /** Of the tar before it was compressed. */
  diffId: string;
  /** Bytes of the tar. */
  size: number;
}

/** Where the files are that a base adds to the one below it. */
export function folderOfBase(name: BaseName): string {
  const recipe = [bases[name], partsOfBase(bases[name]).map(folderOf), applets, movedFolders];
  const key = createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 12);
  return join(toolchainFolder, `corpus-root-${name}-${key}`);
}

/** Makes the files of a base once: hard links, for the greatest part, to those of its packages. */
export async function provideBase(name: BaseName, env: NodeJS.ProcessEnv): Promise<void> {
  const folder = folderOfBase(name);
  if (!existsSync(folder)) {
    await provideParts(partsOfBase(bases[name]), env);
    const part = `${folder}.part-${process.pid}`;
    rmSync(part, { recursive: true, force: true });
    writeBase(name, part);
    if (existsSync(folder)) rmSync(part, { recursive: true });
    else renameSync(part, folder);
  }
  markAsUsed(folder);
}

/** The layer that a base adds to the one below it. Its tar is written anew for each run: kept, the tars would take as much as the files. */
export async function baseLayer(name: BaseName, tar: string, env: NodeJS.ProcessEnv, compresses: boolean): Promise<BuiltLayer> {
  await provideBase(name, env);
  return { ...(await tarOf(folderOfBase(name), tar, compresses && bases[name].compressed)), shared: true };
}

/** A folder as a layer. Its files' times don't count: the same files are the same layer. */
export async function tarOf(folder: string, tar: string, compressed = false): Promise<BuiltLayer> {
  const options = ["--sort=name", "--numeric-owner", "--mtime=@0", "--format=pax", "--pax-option=delete=atime,delete=ctime"];
  await run("tar", ["-C", folder, ...options, "-cf", tar, "."]);
  const diffId = digestOf(tar);
  if (compressed) {
    await run("gzip", ["-1", "-n", tar]);
    renameSync(`${tar}.gz`, tar);
  }
  return { folder, shared: false, tar, diffId, digest: compressed ? digestOf(tar) : diffId, size: statSync(tar).size };
}

function digestOf(file: string): string {
  return `sha256:${createHash("sha256").update(readFileSync(file)).digest("hex")}`;
}

/** Links of /usr's that Debian has had in place of folders since 12. */
const movedFolders = ["bin", "sbin", "lib", "lib64"];

function writeBase(name: BaseName, root: string): void {
  const { packages = [], mergedUsr, files = {}, on } = bases[name];
  mkdirSync(root, { recursive: true });
  if (mergedUsr && !on)
    for (const folder of movedFolders) {
      mkdirSync(join(root, "usr", folder), { recursive: true });
      symlinkSync(`usr/${folder}`, join(root, folder));
    }
  const moved = (path: string) => (mergedUsr && movedFolders.includes(path.split("/")[0]!) ? join("usr", path) : path);
  for (const entry of packages) linkTree(folderOf(debian(entry)), root, moved);
  writeLayer(files, root);
  if (name === "alpine") writeApplets(root);
  if (existsSync(join(root, "etc/ld.so.conf")) && existsSync(join(root, "usr/sbin/ldconfig")))
    spawnSync("chroot", [root, "/sbin/ldconfig"], { stdio: "inherit" });
}

/** What Alpine's busybox is called by. Debian's knows more, such as dpkg. */
const applets = { leftOut: ["dpkg", "dpkg-deb", "rpm", "rpm2cpio", "busybox", "init", "linuxrc", "bash"] };

function writeApplets(root: string): void {
  const { stdout } = spawnSync("chroot", [root, "/bin/busybox", "--list-full"], { encoding: "utf8" });
  for (const path of stdout.split("\n").filter(Boolean)) {
    if (applets.leftOut.includes(path.split("/").at(-1)!) || existsSync(join(root, path))) continue;
    mkdirSync(join(root, path, ".."), { recursive: true });
    symlinkSync("/bin/busybox", join(root, path));
  }
}
