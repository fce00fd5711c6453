import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "../machine/run";
import { removeSuperseded, toolchainFolder } from "../paths";
import type { BaseName } from "./baseName";
import { bases, chainOf, partsOfBase } from "./bases";
import { linkTree, writeLayer } from "./layerFolder";
import { debian, folderOf, provideParts } from "./parts";

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

type Described = Pick<BuiltLayer, "digest" | "diffId" | "size">;

/** The layer that a base adds to the one below it. Made once. */
export async function baseLayer(name: BaseName, env: NodeJS.ProcessEnv): Promise<BuiltLayer> {
  const key = createHash("sha256")
    .update(JSON.stringify([bases[name], applets, movedFolders]))
    .digest("hex")
    .slice(0, 12);
  const folder = join(toolchainFolder, `corpus-base-${name}-${key}`);
  const described = join(folder, "layer.json");
  if (!existsSync(described)) {
    await provideParts(partsOfBase(bases[name]), env);
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    writeBase(name, join(part, "root"));
    const { digest, diffId, size } = await tarOf(join(part, "root"), join(part, "layer.tar"), bases[name].compressed);
    writeFileSync(join(part, "layer.json"), JSON.stringify({ digest, diffId, size } satisfies Described));
    rmSync(folder, { recursive: true, force: true });
    renameSync(part, folder);
    removeSuperseded(folder);
  }
  const about = JSON.parse(readFileSync(described, "utf8")) as Described;
  return { folder: join(folder, "root"), shared: true, tar: join(folder, "layer.tar"), ...about };
}

/** All layers of a base, the lowest first. */
export async function baseLayers(name: BaseName, env: NodeJS.ProcessEnv): Promise<BuiltLayer[]> {
  const layers: BuiltLayer[] = [];
  for (const base of chainOf(name)) if (base !== "scratch") layers.push(await baseLayer(base, env));
  return layers;
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
