import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** Moves within one file system, and the folders that they need, which can be undone. */
export class UndoableMoves {
  private readonly undoings: (() => void)[] = [];

  /** Makes a folder, with those above it, where it is not there. */
  makeFolder(folder: string): void {
    const made = mkdirSync(folder, { recursive: true });
    // What was there before is moved out of it again by then; what is left is only what was to be written.
    if (made !== undefined) this.undoings.push(() => rmSync(made, { recursive: true }));
  }

  /** Moves a file or a folder to a place where nothing is. */
  move(from: string, to: string): void {
    this.makeFolder(dirname(to));
    renameSync(from, to);
    this.undoings.push(() => renameSync(to, from));
  }

  /** Puts all back, the last one first. Where one step fails those before it stay, so that no folder goes that has something in it. */
  undo(): void {
    for (let step = this.undoings.pop(); step; step = this.undoings.pop()) step();
  }
}
