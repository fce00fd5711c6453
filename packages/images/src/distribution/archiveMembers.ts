import { fstatSync, readSync } from "node:fs";
import { posix } from "node:path";

import { ImageError } from "./imageError";

/** Where a file lies in a tar. */
export interface Member {
  offset: number;
  size: number;
}

/** A tar's files by name. A text is the name of another one, which it links to. */
export type Members = ReadonlyMap<string, Member | string>;

const block = 512;
/** An image has some hundred; each takes memory. */
const mostMembers = 100_000;
/** Names of one file. */
const longestRecords = 1024 ** 2;
const mostLinks = 10;

/**
 * Where each file lies in a tar that `docker save` wrote, or another builder.
 *
 * @throws ImageError for what is no tar
 */
export function membersOf(file: string, descriptor: number): Members {
  const members = new Map<string, Member | string>();
  const end = fstatSync(descriptor).size;
  let records = new Map<string, string>();
  for (let position = 0; position + block <= end;) {
    const header = readAt(descriptor, position, block);
    if (header[0] === 0) break;
    if (header.toString("latin1", 257, 262) !== "ustar")
      throw new ImageError("FL2117", `${file} is not a tar that \`docker save\` wrote${packedHint(header)}`);
    const text = (from: number, length: number) => header.toString("utf8", from, from + length).replace(/\0.*$/s, "");
    const prefix = text(345, 155);
    const type = text(156, 1) || "0";
    // A file of more than 8 GiB has its size in records before it.
    const size = Number(records.get("size") ?? sizeOf(header));
    if (!Number.isSafeInteger(size) || size < 0)
      throw new ImageError("FL2117", `${file} is not a tar that is whole: a file of it has no size`);
    const name = posix.normalize(records.get("path") ?? `${prefix ? `${prefix}/` : ""}${text(0, 100)}`);
    const target = records.get("linkpath") ?? text(157, 100);
    if (type === "0") members.set(name, { offset: position + block, size });
    if (type === "1") members.set(name, posix.normalize(target));
    // Older versions of Docker store a layer once, and link to it from where else it belongs.
    if (type === "2") members.set(name, posix.join(posix.dirname(name), target));
    if (members.size > mostMembers) throw new ImageError("FL2115", `${file} holds more than ${mostMembers} files`);
    if (type === "x") records = recordsOf(readAt(descriptor, position + block, Math.min(size, longestRecords)).toString("utf8"));
    else records.clear();
    position += block + Math.ceil((type === "1" || type === "2" ? 0 : size) / block) * block;
  }
  return members;
}

/** A file, through links to it; undefined if it is not there. */
export function memberIn(members: Members, name: string): Member | undefined {
  let found = members.get(posix.normalize(name));
  for (let links = 0; typeof found === "string" && links < mostLinks; links++) found = members.get(found);
  return typeof found === "string" ? undefined : found;
}

/** Bytes of a file; fewer where it ends before. */
export function readAt(descriptor: number, offset: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset));
}

function sizeOf(header: Buffer): number {
  if (header[124]! & 0x80) return Number(header.readBigUInt64BE(128));
  return parseInt(header.toString("latin1", 124, 136).replace(/[\0 ]/g, "") || "0", 8);
}

function recordsOf(text: string): Map<string, string> {
  const lines = text.split("\n").map((line) => /^\d+ (path|linkpath|size)=(.*)$/.exec(line));
  return new Map(lines.flatMap((line) => (line ? [[line[1]!, line[2]!] as const] : [])));
}

function packedHint(header: Buffer): string {
  return header[0] === 0x1f && header[1] === 0x8b ? ": unpack it first (`gunzip`)" : "";
}
