import { execFile } from "node:child_process";
import { readdirSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { UserError } from "@fairlead/model";
import { subscribe, type AsyncSubscription } from "@parcel/watcher";

/** Where nothing lies that somebody saves: each folder that is watched costs the kernel memory. */
const ignored = ["**/node_modules/**", "**/.git/**", "**/.nx/**", "**/.fairlead/**"];

/** Stands for any file, where the system has lost count of those that changed. */
export const anyFile = ".";

/** Files below a folder, as they change. */
export class FileChanges {
  private readonly pending = new Set<string>();
  private wake: (() => void) | undefined;
  private subscription: AsyncSubscription | undefined;
  private kept: readonly string[] = [];
  /** Whether there are folders that are not watched yet. */
  private isStale = false;

  private constructor(private readonly folder: string) {}

  /** Those that change from now on, but for what git ignores. @throws UserError where the system watches no more folders */
  static async of(root: string): Promise<FileChanges> {
    // By which events name their files.
    const changes = new FileChanges(realpathSync(root));
    await changes.subscribe();
    return changes;
  }

  /** Watches these as well, whatever git ignores: images are built from them. Paths begin at the folder. */
  async keep(paths: readonly string[]): Promise<void> {
    const before = await this.ignoredByGit();
    this.kept = paths;
    const now = await this.ignoredByGit();
    if (now.length < before.length) await this.subscribe();
  }

  /** Waits until some have changed. @returns their paths, from the folder on, or {@link anyFile} */
  async next(): Promise<string[]> {
    if (this.pending.size === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    if (this.isStale) await this.subscribe();
    const paths = [...this.pending];
    this.pending.clear();
    return paths;
  }

  async stop(): Promise<void> {
    await this.subscription?.unsubscribe();
    this.subscription = undefined;
  }

  private async subscribe(): Promise<void> {
    this.isStale = false;
    await this.stop();
    const ignore = [...ignored, ...(await this.ignoredByGit())];
    try {
      this.subscription = await subscribe(this.folder, (error, events) => this.note(error, events), { ignore });
    } catch (error) {
      const { message } = error as Error;
      const why = /no space left/i.test(message) ? " On Linux a system watches so many folders as fs.inotify.max_user_watches says." : "";
      throw new UserError(`${this.folder} can't be watched: ${message}.${why}`);
    }
  }

  private note(error: Error | null, events: readonly { type: string; path: string }[] = []): void {
    if (error) {
      this.isStale = true;
      this.pending.add(anyFile);
    }
    for (const { type, path } of events) {
      this.pending.add(relative(this.folder, path).split(sep).join("/"));
      // On Linux a folder is watched when it appears, and not what is in it already.
      if (type === "create" && process.platform === "linux" && hasFolders(path)) this.isStale = true;
    }
    this.wake?.();
  }

  private async ignoredByGit(): Promise<string[]> {
    const words = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"];
    const listed = await promisify(execFile)("git", words, { cwd: this.folder, maxBuffer: 1 << 28 }).catch(() => undefined);
    const folders = (listed?.stdout ?? "").split("\0").filter((path) => path.endsWith("/"));
    return folders.filter((folder) => !this.kept.some((path) => `${path}/`.startsWith(folder))).map((path) => join(this.folder, path));
  }
}

function hasFolders(path: string): boolean {
  try {
    return readdirSync(path, { withFileTypes: true }).some((entry) => entry.isDirectory());
  } catch {
    return false;
  }
}
