import { mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { isRunning } from "../lock";

const prefix = "fairlead-sandbox-";
const controlGroups = "/sys/fs/cgroup";

/** A temporary folder of this process, whose name its control groups have too. Those of sandboxes that were killed are removed. */
export function temporaryFolder(parent = tmpdir()): string {
  for (const folder of [parent, controlGroups, ...hierarchies()])
    for (const name of entriesOf(folder))
      if (ownerOf(name) && !isRunning(ownerOf(name)!)) {
        if (folder === parent) rmSync(join(folder, name), { recursive: true, force: true });
        else removeGroup(join(folder, name));
      }
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

/** Removes it, and the groups that containers were in. */
export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const hierarchy of [controlGroups, ...hierarchies()]) removeGroup(join(hierarchy, basename(folder)));
}

const ownerOf = (name: string) => Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? 0);

/** With cgroup v1 each controller has a tree of its own; with v2 all are one. */
const hierarchies = () => entriesOf(controlGroups).map((name) => join(controlGroups, name));

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Its files go with it; the kernel keeps those that have processes. */
function removeGroup(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeGroup(join(folder, entry.name));
    rmdirSync(folder);
  } catch {
    // Not there, or in use.
  }
}
