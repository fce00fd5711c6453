import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressRange } from "@fairlead/changes";
import { isMap, UserError } from "@fairlead/model";

import { isListening } from "../operate/freePort";

/** Where an environment of one machine lies: its files, its name at Docker, its addresses and ports. It stays there from one `up` to the next. */
export interface Place {
  /** Compose's project. Another one for each folder and stack, so that checkouts run side by side. */
  project: string;
  /** Below the repository, ignored by git. */
  folder: string;
  /** Of the networks. */
  addresses: string;
  /** Those that networks have there already. */
  subnets: Record<string, string>;
  /** The machine's port for each of the load balancers'. */
  ports: Record<number, number>;
}

/** What is remembered of a place. */
interface Memory {
  /** Compose's project: a copy of the folder is another one, and begins without memories. */
  project?: string;
  addresses?: string;
  ports?: Record<number, number>;
  /** Digest of the file that was brought up last, once it was. */
  broughtUp?: string;
  /** By jobs, the digest of the secrets that were there when each was started last. */
  jobs?: Record<string, string>;
}

/** 10.208.0.0/12, rarely used by others: networks of homes, of Docker, and of clouds' defaults lie elsewhere. */
const allAddresses = { first: 208, blocks: 256, bits: 20 };

/** Where people look first. */
const firstPort = 8080;

export function folderOf(root: string, stack: string): string {
  return join(root, ".fairlead", "local", stack);
}

/** `fairlead-dev-3f2a`: the last part tells the folder. */
export function projectName(project: string, stack: string, root: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9_-]/g, "-");
  return `${plain(project).replace(/^[_-]+/, "") || "fairlead"}-${plain(stack)}-${createHash("sha256").update(root).digest("hex").slice(0, 4)}`;
}

/** The blocks of addresses for a project, its own first. */
export function addressBlocks(project: string): string[] {
  const { first, blocks, bits } = allAddresses;
  const own = createHash("sha256").update(project).digest().readUInt32BE() % blocks;
  return Array.from({ length: blocks }, (_, index) => {
    const block = (own + index) % blocks;
    return `10.${first + Math.floor(block / 16)}.${(block % 16) * 16}.0/${bits}`;
  });
}

/** @throws UserError where it is no block that has room for networks */
export function checkedBlock(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const range = addressRange(text);
  const [address = "", length] = text.split("/");
  if (range?.family === 4 && length !== undefined && addressRange(address)?.first === range.first && Number(length) <= 26) return text;
  throw new UserError(`--addresses ${text}: expected a block of private IPv4 addresses, from /26 on, such as 10.99.0.0/22.`);
}

/**
 * The machine's ports for a load balancer's: those of before, else free ones from 8080 on.
 *
 * @param isOurs whether a port that answers is this environment's own
 */
export async function choosePorts(
  listeners: readonly number[],
  { ports: known = {} }: Memory,
  isOurs: (port: number) => boolean,
): Promise<Record<number, number>> {
  const chosen: Record<number, number> = {};
  for (const listener of listeners) {
    const before = known[listener];
    if (before !== undefined && (isOurs(before) || !(await isTaken(before)))) {
      chosen[listener] = before;
      continue;
    }
    let port = firstPort;
    while (Object.values(chosen).includes(port) || (!isOurs(port) && (await isTaken(port)))) port++;
    chosen[listener] = port;
  }
  return chosen;
}

/** What only binds to another address is none of ours. */
const isTaken = (port: number) => isListening({ host: "127.0.0.1", port });

export function remembered({ project, folder }: Pick<Place, "project" | "folder">): Memory {
  const memory: Memory = readMap(join(folder, "environment.json"));
  return memory.project === project ? memory : {};
}

/** What a file of ours has, or nothing where there is none that is whole. */
export function readMap(file: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isMap(read) ? read : {};
  } catch {
    return {};
  }
}

/** The next `up` looks at all again. */
export function forgetBroughtUp(place: Pick<Place, "project" | "folder">): void {
  write(place, { ...remembered(place), broughtUp: undefined });
}

/** @param known as in {@link Memory}; jobs stay as they were by default, and that it was brought up is forgotten */
export function remember(
  { project, folder, addresses, ports }: Place,
  { broughtUp, jobs = remembered({ project, folder }).jobs }: Pick<Memory, "broughtUp" | "jobs"> = {},
): void {
  write({ project, folder }, { addresses, ports, broughtUp, jobs });
}

function write({ project, folder }: Pick<Place, "project" | "folder">, memory: Memory): void {
  writeWhole(join(folder, "environment.json"), `${JSON.stringify({ ...memory, project }, undefined, 2)}\n`);
}

/** Whoever is killed meanwhile leaves the file as it was. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const part = `${file}.part.${process.pid}`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    throw new UserError(`${file} can't be written: ${(error as Error).message}`);
  }
}
