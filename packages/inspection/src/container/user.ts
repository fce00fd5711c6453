import { capability, includes } from "../tar/fileCapabilities";
import type { Directory, FileTree, Node } from "../files/fileTree";
import { finding, type Finding } from "../finding";

/** Whom a container runs as. */
export interface Identity {
  uid: number;
  gids: ReadonlySet<number>;
  /** Groups that it has by the account of Docker or of containerd, not by that of both. */
  perhapsGids?: ReadonlySet<number>;
  /** Whether permissions of files mean nothing to it: CAP_DAC_OVERRIDE, which root has unless it is taken away. */
  overridesPermissions: boolean;
}

/** What runs where nobody says who, or where it can't be told. */
export const root: Identity = { uid: 0, gids: new Set([0]), overridesPermissions: true };

/** Ids that container runtimes take. */
const largestId = 2 ** 31 - 1;

/**
 * Who `user`, `uid`, `user:group`… is in an image; a finding if nobody. As Docker and containerd read it; where they differ, what one of them allows
 * is allowed.
 *
 * @param granted a bit for each capability of the container's; by default what makes root root, which Docker grants
 * @see https://github.com/moby/sys/blob/main/user/user.go GetExecUser, Docker's
 * @see https://github.com/containerd/containerd/blob/main/pkg/oci/spec_opts.go WithUser and WithAdditionalGIDs
 */
export function identityOf(user: string, tree: FileTree, granted = 1n << BigInt(capability.dacOverride)): Identity | Finding {
  const [name = "", group, ...more] = user.split(":");
  if (more.length > 0)
    return finding(
      "FL2111",
      `the user "${user}" has more than one colon`,
      "Write user, or user:group. Groups beyond come from /etc/group.",
    );
  const passwd = rows(tree, "/etc/passwd");
  const groups = rows(tree, "/etc/group");
  if (passwd === "unread" || groups === "unread") return root;
  const asked = name === "" ? 0 : idOf(name);
  const entry = passwd?.find(([entryName, , uid]) => (asked === undefined ? entryName === name : number(uid) === asked));
  const uid = entry ? number(entry[2]) : asked;
  if (uid === undefined) return unknown("user", name, "/etc/passwd", passwd !== undefined);
  const overridesPermissions = uid === 0 && includes(granted, capability.dacOverride);
  // A line without a name makes nobody a member of anything.
  const listed = (groups ?? []).filter(([, , , members]) => entry?.[0] && members?.split(",").includes(entry[0]));
  const supplementary = listed.map(([, , gid]) => number(gid));
  const ofEntry = entry ? number(entry[3]) : 0;
  if (group === undefined) return { uid, gids: new Set([ofEntry, ...supplementary]), overridesPermissions };
  // To containerd an empty group is 0, to Docker the user's own.
  if (group === "") return { uid, gids: new Set(), perhapsGids: new Set([0, ofEntry, ...supplementary]), overridesPermissions };
  const gid = idOf(group);
  const ofGroup = groups?.find(([groupName]) => groupName === group);
  if (gid === undefined && !ofGroup) return unknown("group", group, "/etc/group", groups !== undefined);
  return { uid, gids: new Set([gid ?? number(ofGroup?.[2])]), perhapsGids: new Set(supplementary), overridesPermissions };
}

/** Whether Linux lets somebody execute a file. */
export function mayExecute(node: Exclude<Node, { kind: "link" }>, who: Identity): boolean {
  return who.overridesPermissions ? (node.mode & 0o111) !== 0 : isPermitted(node, who, 0o1);
}

/** Whether Linux lets somebody look up names in a folder. */
export function mayEnter(folder: Directory, who: Identity): boolean {
  return who.overridesPermissions || isPermitted(folder, who, 0o1);
}

export function mayRead(node: Exclude<Node, { kind: "link" }>, who: Identity): boolean {
  return who.overridesPermissions || isPermitted(node, who, 0o4);
}

export function mayWrite(node: Exclude<Node, { kind: "link" }>, who: Identity): boolean {
  return who.overridesPermissions || isPermitted(node, who, 0o2);
}

/** Whether Linux lets somebody make files in a directory. */
export function mayWriteInto(folder: Directory, who: Identity): boolean {
  return who.overridesPermissions || isPermitted(folder, who, 0o3);
}

/** The first of owner, group and others that somebody is counts, though another had more rights. */
function isPermitted({ mode, uid, gid }: Exclude<Node, { kind: "link" }>, who: Identity, bits: number): boolean {
  const allows = (shift: number) => ((mode >> shift) & bits) === bits;
  if (who.uid === uid) return allows(6);
  if (who.gids.has(gid)) return allows(3);
  return allows(0) || (who.perhapsGids?.has(gid) === true && allows(3));
}

/** The lines of a list, in fields; undefined where there is none, `unread` where it is too long to be kept. */
function rows(tree: FileTree, path: string): string[][] | undefined | "unread" {
  const found = tree.resolve(path);
  if (!found.found || found.node.kind !== "file") return undefined;
  if (found.node.text === undefined) return "unread";
  return found.node.text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split(":"));
}

/** A number that a user or a group is asked for by; undefined for a name, as which runtimes look for numbers beyond the range as well. */
function idOf(text: string): number | undefined {
  const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : -1;
  return value >= 0 && value <= largestId ? value : undefined;
}

/** A number in a list: 0 where it is none. */
function number(text = ""): number {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : 0;
}

function unknown(kind: string, name: string, file: string, exists: boolean): Finding {
  if (/^[+-]?\d+$/.test(name))
    return finding("FL2111", `the ${kind} ${name} is out of range: 0 to ${largestId}`, "Take a number within it.", file);
  const where = exists ? `${file} does not list it` : `the image has no ${file}`;
  const add = kind === "user" ? `\`useradd ${name}\` or \`adduser -D ${name}\`` : `\`groupadd ${name}\` or \`addgroup ${name}\``;
  return finding(
    "FL2111",
    `the ${kind} "${name}" does not exist in the image: ${where}`,
    `Add it in the Dockerfile (${add}), or name it by number.`,
    file,
  );
}
