import { lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";

type Kind = "file" | "folder";

/** Files and folders that were there when somebody looked last. Paths begin at the root, which is the empty one. */
export class KnownPaths {
  private readonly known = new Map<string, Kind>();

  constructor(private readonly root: string) {}

  /** What is there now; a link is a file, wherever it leads. */
  look(path: string): Kind | undefined {
    try {
      return lstatSync(join(this.root, path)).isDirectory() ? "folder" : "file";
    } catch {
      return undefined;
    }
  }

  add(path: string, kind: Kind): void {
    this.known.set(path, kind);
  }

  /** Forgets one, and what was in it. @returns the files among them; of a folder without any, its own path */
  remove(path: string): string[] {
    const kind = this.known.get(path);
    if (kind === undefined) return [];
    const gone = [...(kind === "folder" ? this.below(path) : []), path];
    const files = gone.filter((each) => this.known.get(each) === "file");
    for (const each of gone) this.known.delete(each);
    return files.length > 0 ? files : gone.slice(-1);
  }

  /** Reads a folder anew, and those within it. @returns files that are there, or were */
  read(folder: string, isLeftOut: (path: string) => boolean): string[] {
    const were = this.remove(folder).filter((path) => path !== folder);
    this.add(folder, "folder");
    return [...new Set([...this.addBelow(folder, isLeftOut), ...were])];
  }

  hasFolders(folder: string): boolean {
    return this.entriesOf(folder).some((entry) => entry.isDirectory());
  }

  private addBelow(folder: string, isLeftOut: (path: string) => boolean): string[] {
    return this.entriesOf(folder).flatMap((entry) => {
      const path = `${beginningOf(folder)}${entry.name}`;
      if (isLeftOut(path)) return [];
      this.add(path, entry.isDirectory() ? "folder" : "file");
      return entry.isDirectory() ? this.addBelow(path, isLeftOut) : path;
    });
  }

  private below(folder: string): string[] {
    return [...this.known.keys()].filter((path) => path.startsWith(beginningOf(folder)));
  }

  private entriesOf(folder: string): Dirent[] {
    try {
      return readdirSync(join(this.root, folder), { withFileTypes: true });
    } catch {
      return [];
    }
  }
}

const beginningOf = (folder: string): string => (folder === "" ? "" : `${folder}/`);
