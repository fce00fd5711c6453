import type { Directory, Node } from "../files/fileTree";
import { finding, type Finding } from "../finding";
import type { SmallFiles } from "../files/layer";

/** Whom a container runs as. */
export interface Identity {
  uid: number;
  gids: Set<number>;
}

/** Who `user`, `uid`, `user:group`… is in an image; a finding if nobody. Numbers need no entry in /etc/passwd. */
export function identityOf(user: string, files: SmallFiles): Identity | Finding {
  const [name = "", group] = user.split(":");
  const passwd = rows(files.get("/etc/passwd"));
  const groups = rows(files.get("/etc/group"));
  const entry = passwd.find(([entryName, , uid]) => entryName === name || uid === (name || "0"));
  const uid = entry ? Number(entry[2]) : name === "" ? 0 : number(name);
  if (uid === undefined) return unknown("user", name, "/etc/passwd", files.has("/etc/passwd"));
  if (group === undefined || group === "") {
    const supplementary = groups
      .filter(([, , , members]) => entry && members?.split(",").includes(entry[0]!))
      .map(([, , gid]) => Number(gid));
    return { uid, gids: new Set([entry ? Number(entry[3]) : 0, ...supplementary]) };
  }
  const gid = groups.find(([groupName]) => groupName === group)?.[2] ?? number(group);
  return gid === undefined ? unknown("group", group, "/etc/group", files.has("/etc/group")) : { uid, gids: new Set([Number(gid)]) };
}

/** Whether Linux lets somebody execute a file, or enter a directory. */
export function mayExecute({ mode, uid, gid }: Exclude<Node, { kind: "link" }> | Directory, who: Identity): boolean {
  if (who.uid === 0) return (mode & 0o111) !== 0;
  if (who.uid === uid) return (mode & 0o100) !== 0;
  return (mode & (who.gids.has(gid) ? 0o010 : 0o001)) !== 0;
}

export function mayRead({ mode, uid, gid }: Exclude<Node, { kind: "link" }>, who: Identity): boolean {
  if (who.uid === 0) return true;
  if (who.uid === uid) return (mode & 0o400) !== 0;
  return (mode & (who.gids.has(gid) ? 0o040 : 0o004)) !== 0;
}

function rows(text = ""): string[][] {
  return text
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => line.split(":"));
}

function number(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function unknown(kind: string, name: string, file: string, exists: boolean): Finding {
  const where = exists ? `${file} does not list it` : `the image has no ${file}`;
  const add = kind === "user" ? `\`useradd ${name}\` or \`adduser -D ${name}\`` : `\`groupadd ${name}\` or \`addgroup ${name}\``;
  return finding(
    "FL2111",
    `the ${kind} "${name}" does not exist in the image: ${where}`,
    `Add it in the Dockerfile (${add}), or name it by number.`,
    file,
  );
}
