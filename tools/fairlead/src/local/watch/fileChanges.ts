import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { UserError } from "@fairlead/model";
import { subscribe, type AsyncSubscription } from "@parcel/watcher";

/** Where nothing lies that somebody saves: each folder that is watched costs the kernel memory. */
const ignored = ["**/node_modules/**", "**/.git/**", "**/.nx/**", "**/.fairlead/**"];

/** Files below a folder, as they change. */
export class FileChanges {
  private readonly pending = new Set<string>();
  private wake: (() => void) | undefined;
  private subscription: AsyncSubscription | undefined;

  /** Those that change from now on. @throws UserError where the system watches no more folders */
  static async of(root: string): Promise<FileChanges> {
    const changes = new FileChanges();
    // By which events name their files.
    const folder = realpathSync(root);
    try {
      changes.subscription = await subscribe(
        folder,
        (error, events) => {
          if (error) return;
          for (const { path } of events) changes.pending.add(relative(folder, path).split(sep).join("/"));
          changes.wake?.();
        },
        { ignore: ignored },
      );
    } catch (error) {
      throw new UserError(
        `${folder} can't be watched: ${(error as Error).message}. On Linux a system watches so many folders as fs.inotify.max_user_watches says.`,
      );
    }
    return changes;
  }

  /** Waits until some have changed. @returns their paths, from the folder on */
  async next(): Promise<string[]> {
    if (this.pending.size === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
    const paths = [...this.pending];
    this.pending.clear();
    return paths;
  }

  async stop(): Promise<void> {
    await this.subscription?.unsubscribe();
  }
}
