import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, lockFile } from "@fairlead/model";

/** Major versions of Pulumi's packages that npm installs, by their names: a provider's plugin is as old as its package. None where there is no such file. */
export function lockedProviders(root: string): [string, number][] {
  const file = lockFileOf(root);
  if (file === undefined) return [];
  const { packages } = parsed(readFileSync(file, "utf8"));
  if (!isMap(packages)) return [];
  return Object.entries(packages).flatMap(([path, entry]) => {
    const [, name] = /^node_modules\/(@pulumi\/[\w-]+)$/.exec(path) ?? [];
    const [, major] = /^(\d+)\./.exec(isMap(entry) ? String(entry.version) : "") ?? [];
    return name === undefined || major === undefined ? [] : [[`${lockFile} ${name}`, Number(major)]];
  });
}

/** A project may be a part of the workspace that npm installs; nothing above the repository is asked. */
function lockFileOf(folder: string): string | undefined {
  const file = join(folder, lockFile);
  if (existsSync(file)) return file;
  const isTop = existsSync(join(folder, ".git")) || folder === dirname(folder);
  return isTop ? undefined : lockFileOf(dirname(folder));
}

/** npm says what is wrong with it. */
function parsed(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}
