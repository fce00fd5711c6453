import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, chmodSync, chownSync } from "node:fs";
import { dirname, join } from "node:path";

import { run } from "../../machine/run";
import type { BuiltLayer } from "../baseLayers";

const gone = ".wh.";

/** The root file system of one container: its image's layers under overlayfs, as containerd and Docker mount them, and a folder to write to. */
export class RootFileSystem {
  readonly path: string;
  private constructor(private readonly folder: string) {
    this.path = join(folder, "root");
  }

  static async mount(layers: readonly BuiltLayer[], folder: string): Promise<RootFileSystem> {
    const root = new RootFileSystem(folder);
    for (const name of ["root", "upper", "work", "layers"]) mkdirSync(join(folder, name), { recursive: true });
    const lower: string[] = [];
    for (const [number, layer] of layers.entries()) lower.push(await root.unpacked(layer, join("layers", String(number)), lower));
    await root.overlay(lower, "root");
    return root;
  }

  async unmount(): Promise<void> {
    await run("umount", ["-l", this.path]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A base's folder as it is; another layer as its tar unpacks. */
  private async unpacked({ folder, tar, shared }: BuiltLayer, name: string, lower: string[]): Promise<string> {
    if (shared) return folder;
    const whiteouts = entriesOf(folder).filter((path) => path.split("/").at(-1)!.startsWith(gone));
    const target = join(this.folder, name);
    mkdirSync(target);
    if (whiteouts.length > 0) await this.remove(whiteouts, lower, name);
    await run("tar", ["-C", target, "--numeric-owner", "--same-permissions", "--keep-directory-symlink", `--exclude=${gone}*`, "-xf", tar]);
    return name;
  }

  /** Lets overlayfs itself note what is gone. */
  private async remove(whiteouts: string[], lower: string[], name: string): Promise<void> {
    await this.overlay(lower, "root", name);
    for (const path of whiteouts) rmSync(join(this.path, dirname(path), path.split("/").at(-1)!.slice(gone.length)), { recursive: true });
    await run("umount", [this.path]);
    rmSync(join(this.folder, "work"), { recursive: true });
    mkdirSync(join(this.folder, "work"));
  }

  private async overlay(lower: string[], target: string, upper = "upper"): Promise<void> {
    if (lower.length === 0) mkdirSync(join(this.folder, "layers", "none"), { recursive: true });
    const lowerdir = lower.length === 0 ? "layers/none" : [...lower].reverse().join(":");
    const options = `lowerdir=${lowerdir},upperdir=${upper},workdir=work`;
    await run("mount", ["-t", "overlay", "overlay", "-o", options, target], { cwd: this.folder });
  }
}

/** Paths of all that is in a folder. */
function entriesOf(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? [path, ...entriesOf(folder, path)] : [path];
  });
}

/** A volume: empty and root's, or the copy of what the image has there where it declares it. */
export function volume(root: string, path: string, declared: boolean, target: string): string {
  mkdirSync(target, { recursive: true });
  const inImage = join(root, path);
  if (!declared || !existsSync(inImage) || !lstatSync(inImage).isDirectory()) return target;
  cpSync(inImage, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const { mode, uid, gid } = statSync(inImage);
  chownSync(target, uid, gid);
  chmodSync(target, mode & 0o7777);
  return target;
}
