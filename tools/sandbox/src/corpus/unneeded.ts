import { existsSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** How long what other clones have used stays, in milliseconds: no run takes an hour. */
const respite = 60 * 60_000;

/** Notes that a folder of the toolchain is used now. */
export function markAsUsed(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

/**
 * Deletes what of a toolchain was made for a corpus and is needed no more: packages, bases, and what earlier ones left. What was used within the last hour may be another
 * clone's.
 *
 * @param needed folders that stay
 */
export function removeUnneeded(toolchain: string, needed: readonly string[], now = Date.now()): void {
  const stays = new Set([...needed, join(toolchain, "corpus-parts")]);
  const own = entriesOf(toolchain).filter((path) => path.startsWith(join(toolchain, "corpus-")));
  for (const path of [...own, ...entriesOf(join(toolchain, "corpus-parts"))])
    if (!stays.has(path) && now - statSync(path).mtimeMs > respite) rmSync(path, { recursive: true, force: true });
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
