import { posix } from "node:path";

import type { Container } from "../../container/container";
import { homesIn } from "../homes";
import { open } from "../../programs/toldFile";

/** Settings by which a script is run in another way, by another shell, or not at all. */
const deciding = /ignore[-_]scripts|script[-_]shell|shell[-_]emulator|node[-_]options|if[-_]present|(user|global)config/i;

/**
 * Whether something beside package.json says how scripts are run: a variable, or a file of settings. What can't be read may.
 *
 * @see https://docs.npmjs.com/cli/configuring-npm/npmrc
 */
export function isConfigured(folder: string, from: string, container: Container): boolean {
  const { environment } = container;
  if ([...environment.keys()].some((name) => /^(npm|pnpm|yarn)_config_/i.test(name) && deciding.test(name))) return true;
  const folders = [...foldersAbove(folder), ...foldersAbove(from), ...homesIn(container)];
  const own = folders.flatMap((above) => [".npmrc", ".yarnrc"].map((name) => posix.join(above, name)));
  return [...new Set([...own, "/usr/local/etc/npmrc", "/usr/etc/npmrc", "/etc/npmrc"])].some((path) => {
    const opened = open(path, container);
    return opened.kind !== "missing" && (opened.kind !== "file" || opened.text === undefined || deciding.test(opened.text));
  });
}

/** A folder, and all that it lies in. */
export function foldersAbove(folder: string): string[] {
  const parts = folder.split("/").filter(Boolean);
  return Array.from({ length: parts.length + 1 }, (_, index) => `/${parts.slice(0, parts.length - index).join("/")}`);
}
