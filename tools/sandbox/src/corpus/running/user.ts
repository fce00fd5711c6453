import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Whom a container's program runs as. */
export interface ProcessUser {
  uid: number;
  gid: number;
  additionalGids: number[];
}

const largest = 2 ** 31 - 1;

/**
 * Who `user`, `uid`, `user:group`… is in a root file system, as containerd has it, which Fargate runs containers with.
 *
 * @throws Error with containerd's words if it is nobody
 * @see https://github.com/containerd/containerd/blob/main/pkg/oci/spec_opts.go (WithUser, WithAdditionalGIDs)
 */
export function processUser(user: string, root: string): ProcessUser {
  if (user === "") return { uid: 0, gid: 0, additionalGids: supplementaryGroups("root", root) };
  const parts = user.split(":");
  if (parts.length > 2) throw new Error(`invalid USER value ${user}`);
  const [name, group] = parts as [string, string?];
  const passwd = rows(root, "etc/passwd");
  const uid = numberOf(name);
  const entry = uid === undefined ? passwd.find(([own]) => own === name) : passwd.find(([, , own]) => Number(own) === uid);
  if (uid === undefined && !entry) throw new Error(`no users found: unable to find user ${name}`);
  const known = uid ?? Number(entry![2]);
  if (group === undefined) {
    const additionalGids = entry ? supplementaryGroups(entry[0]!, root) : [];
    return { uid: known, gid: entry ? Number(entry[3]) : 0, additionalGids };
  }
  const gid = numberOf(group) ?? rows(root, "etc/group").find(([own]) => own === group)?.[2];
  if (gid === undefined) throw new Error(`no groups found: unable to find group ${group}`);
  return { uid: known, gid: Number(gid), additionalGids: [] };
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) && Number(text) >= 0 && Number(text) <= largest ? Number(text) : undefined;
}

function supplementaryGroups(name: string, root: string): number[] {
  return rows(root, "etc/group")
    .filter(([own, , , members]) => own !== name && members?.split(",").includes(name))
    .map(([, , gid]) => Number(gid));
}

function rows(root: string, file: string): string[][] {
  const path = within(root, file);
  if (!path) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.map((line) => line.trim().split(":")).filter(([name]) => name);
}

/** Where a path leads inside a root file system; undefined if nothing is there. */
function within(root: string, path: string): string | undefined {
  const waiting = path.split("/");
  let here: string[] = [];
  for (let steps = 0; waiting.length > 0 && steps < 255; steps++) {
    const name = waiting.shift()!;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      here = here.slice(0, -1);
      continue;
    }
    const stats = lstatSync(join(root, ...here, name), { throwIfNoEntry: false });
    if (!stats) return undefined;
    if (stats.isSymbolicLink()) {
      const target = readlinkSync(join(root, ...here, name));
      if (target.startsWith("/")) here = [];
      waiting.unshift(...target.split("/"));
    } else here.push(name);
  }
  return waiting.length === 0 ? join(root, ...here) : undefined;
}
