import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { isEditorFile } from "./editorFiles";
import { ignoredByGit, type Ignored } from "./ignoredByGit";
import { KnownPaths } from "./knownPaths";
import { isNeverSaved, WatchedFolders } from "./watchedFolders";

/** Stands for any file, where the system has lost count of those that changed. */
export const anyFile = ".";

/** A save that puts one file in another's place is told in parts, so far from each other. */
const quietMilliseconds = 100;
/** For folders in which it is never quiet. */
const mostPauses = 20;

/** Files below a folder, as they change. */
export class FileChanges {
  private readonly noted = new Set<string>();
  private readonly known: KnownPaths;
  private readonly watched: WatchedFolders;
  private wake: (() => void) | undefined;
  private kept: readonly string[] = [];
  /** Folders that git ignores and that appeared since. */
  private readonly ignoredSince = new Set<string>();
  private hasLostCount = false;
  /** Whether some came or went since it was quiet. */
  private isUnsettled = false;

  private constructor(private readonly root: string) {
    this.known = new KnownPaths(root);
    this.watched = new WatchedFolders(root, (error, events) => this.note(error, events));
  }

  /** Those that change from now on, but for what git ignores. @throws UserError where the system watches no more folders */
  static async of(root: string): Promise<FileChanges> {
    // By which events name their files.
    const changes = new FileChanges(realpathSync(root));
    changes.known.read("", await changes.watchAll());
    return changes;
  }

  /** Watches these as well, whatever git ignores: images are built from them. Paths begin at the folder. */
  async keep(paths: readonly string[]): Promise<void> {
    if (paths.join() === this.kept.join()) return;
    const { folders } = await this.ignored();
    this.kept = paths;
    const added = folders.filter((folder) => this.isKept(folder));
    if (added.length === 0) return;
    const isLeftOut = await this.watchAll();
    for (const folder of added) this.known.read(folder, isLeftOut);
  }

  /**
   * Waits until some have changed, came or went. What came and went meanwhile is none of them, nor what editors keep beside their files.
   *
   * @returns their paths, from the folder on, or {@link anyFile}; of a folder that came or went those of its files, or its own where it has none
   */
  async next(): Promise<string[]> {
    for (;;) {
      if (this.noted.size === 0) await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
      if (this.hasLostCount) this.known.read("", await this.watchAll());
      await this.settle();
      const paths = await this.take();
      if (paths.length > 0) return paths;
    }
  }

  async stop(): Promise<void> {
    await this.watched.stop();
  }

  /** @returns what of it is not watched */
  private async watchAll(): Promise<(path: string) => boolean> {
    this.hasLostCount = false;
    await this.watched.stop();
    const { folders } = await this.ignored();
    await this.watched.watch("", folders);
    return leavesOut(folders);
  }

  private note(error: Error | null, events: readonly { type: string; path: string }[] = []): void {
    if (error) {
      this.hasLostCount = true;
      this.noted.add(anyFile);
    }
    for (const { type, path } of events) {
      const below = relative(this.root, path).split(sep).join("/");
      if (below === "" || isEditorFile(below)) continue;
      this.noted.add(below);
      if (type !== "update") this.isUnsettled = true;
    }
    if (this.noted.size > 0) this.wake?.();
  }

  private async settle(): Promise<void> {
    for (let pauses = 0; this.isUnsettled && pauses < mostPauses; pauses++) {
      this.isUnsettled = false;
      await sleep(quietMilliseconds);
    }
    this.isUnsettled = false;
  }

  /** What has become of what was noted, by what is there now. */
  private async take(): Promise<string[]> {
    const noted = [...this.noted].sort();
    this.noted.clear();
    const told: string[] = [];
    const folders: string[] = [];
    for (const path of noted) {
      const kind = this.known.look(path);
      if (path === anyFile) told.push(path);
      else if (kind === "folder") folders.push(path);
      else if (kind === "file") {
        this.known.add(path, kind);
        told.push(path);
      } else {
        await this.watched.leave(path);
        told.push(...this.known.remove(path));
      }
    }
    const brought = await this.bring(folders.filter((path) => !folders.some((other) => other !== path && isIn(path, other))));
    return [...new Set([...told, ...brought])].filter((path) => !isInAny(path, this.ignoredSince));
  }

  /** Folders that came, or others in their places: the system tells nothing of what is in them. */
  private async bring(came: readonly string[]): Promise<string[]> {
    if (came.length === 0) return [];
    const ignored = await this.ignored(came);
    for (const path of this.ignoredSince) if (isInAny(path, came)) this.ignoredSince.delete(path);
    for (const path of ignored.folders) this.ignoredSince.add(path);
    const isLeftOut = leavesOut(ignored.folders);
    const files = new Set(ignored.files);
    const brought: string[] = [];
    for (const folder of came.filter((path) => !isInAny(path, ignored.folders))) {
      // On Linux a folder is watched when it appears, and not what is in it already.
      if (process.platform === "linux" && this.known.hasFolders(folder)) await this.watchWithin(folder, ignored.folders);
      const read = this.known.read(folder, isLeftOut).filter((path) => !files.has(path));
      brought.push(...(read.length > 0 ? read : [folder]));
    }
    return brought;
  }

  private async watchWithin(folder: string, ignored: readonly string[]): Promise<void> {
    try {
      await this.watched.watch(folder, ignored);
    } catch (error) {
      // That it went is told next.
      if (this.known.look(folder) === "folder") throw error;
    }
  }

  /** What git ignores now, but for what is kept. */
  private async ignored(below?: readonly string[]): Promise<Ignored> {
    const { folders, files } = await ignoredByGit(this.root, below);
    const isUnkept = (path: string) => !this.isKept(path);
    return { folders: folders.filter(isUnkept), files: files.filter(isUnkept) };
  }

  private isKept(path: string): boolean {
    return this.kept.some((kept) => isIn(kept, path));
  }
}

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const isInAny = (path: string, folders: Iterable<string>): boolean => [...folders].some((folder) => isIn(path, folder));

/** For paths of whose folders none is left out. */
function leavesOut(ignored: readonly string[]): (path: string) => boolean {
  const folders = new Set(ignored);
  return (path) => isNeverSaved(path) || isEditorFile(path) || folders.has(path);
}
