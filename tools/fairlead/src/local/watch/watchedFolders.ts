import { join } from "node:path";
import { UserError } from "@fairlead/model";
import { subscribe, type AsyncSubscription, type SubscribeCallback } from "@parcel/watcher";

/** Where nothing lies that somebody saves: each folder that is watched costs the kernel memory. */
const ignored = ["node_modules", ".git", ".nx", ".fairlead"];
const globs = ignored.map((name) => `**/${name}/**`);

/** Whether nobody saves what is there, by the name of one of its folders. */
export const isNeverSaved = (path: string): boolean => path.split("/").some((name) => ignored.includes(name));

/** Folders that the system watches, each with those within it. Paths begin at the root, which is the empty one. */
export class WatchedFolders {
  private readonly subscriptions = new Map<string, AsyncSubscription>();

  constructor(
    private readonly root: string,
    private readonly note: SubscribeCallback,
  ) {}

  /**
   * @param leftOut folders within it
   * @throws UserError where the system watches no more folders
   */
  async watch(folder: string, leftOut: readonly string[]): Promise<void> {
    await this.leave(folder);
    const path = join(this.root, folder);
    try {
      this.subscriptions.set(
        folder,
        await subscribe(path, this.note, { ignore: [...globs, ...leftOut.map((each) => join(this.root, each))] }),
      );
    } catch (error) {
      const { message } = error as Error;
      const why = /no space left/i.test(message) ? " On Linux a system watches so many folders as fs.inotify.max_user_watches says." : "";
      throw new UserError(`${path} can't be watched: ${message}.${why}`);
    }
  }

  /** Ends what was told of a folder, and of those within it. */
  async leave(folder: string): Promise<void> {
    for (const [path, subscription] of this.subscriptions) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue;
      this.subscriptions.delete(path);
      // Linux has ended it by itself where a folder was moved away and then removed.
      await subscription.unsubscribe().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    for (const folder of [...this.subscriptions.keys()]) await this.leave(folder);
  }
}
