import { readFileSync } from "node:fs";

import type { Engine } from "./engine";

/** Where a container takes connections. */
export interface Listener {
  /** `127.0.0.1`, `0.0.0.0`, `::`… */
  address: string;
  port: number;
}

/**
 * What listens in a container on TCP, as Linux tells it; undefined where it can't be asked: the image has no `cat`, and the container is not of this machine.
 */
export async function listenersOf(engine: Engine, container: string): Promise<Listener[] | undefined> {
  // One of them is not there where the kernel has no IPv6.
  const { stdout } = await engine.call(["exec", container, "cat", "/proc/net/tcp", "/proc/net/tcp6"], { timeoutSeconds: 20 });
  return listenersIn(stdout) ?? listenersIn(await seenFromHere(engine, container));
}

async function seenFromHere(engine: Engine, container: string): Promise<string> {
  const format = "{{.State.Pid}} {{.Id}}";
  const { stdout } = await engine.call(["inspect", "--format", format, container], { timeoutSeconds: 20 });
  const [pid, id] = stdout.trim().split(" ");
  try {
    // Another machine's process of that number is no container of ours.
    if (!id || !readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(id)) return "";
    return ["tcp", "tcp6"].map((file) => readFileSync(`/proc/${pid}/net/${file}`, "utf8")).join("");
  } catch {
    return "";
  }
}

/**
 * The sockets in state LISTEN; undefined for what is no such table.
 *
 * @see https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function listenersIn(table: string): Listener[] | undefined {
  if (!/^\s*sl\s+local_address/m.test(table)) return undefined;
  const found = [...table.matchAll(/^ *\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm)];
  const listeners = found.map(([, address, port]) => ({ address: addressOf(address!), port: parseInt(port!, 16) }));
  return listeners.sort((a, b) => a.port - b.port);
}

/** Words of four bytes, each in the machine's order, which is little-endian on both of ECS's. */
function addressOf(hex: string): string {
  const bytes = hex.match(/.{8}/g)!.flatMap((word) => word.match(/../g)!.reverse());
  if (bytes.length === 4) return bytes.map((byte) => parseInt(byte, 16)).join(".");
  const text = bytes.join("");
  if (/^0{32}$/.test(text)) return "::";
  if (/^0{31}1$/.test(text)) return "::1";
  const inner = /^0{20}f{4}(.{8})$/i.exec(text)?.[1];
  return inner
    ? inner
        .match(/../g)!
        .map((byte) => parseInt(byte, 16))
        .join(".")
    : text.match(/.{4}/g)!.join(":").toLowerCase();
}

/** `0.0.0.0:3000`, `[::]:3000` */
export function listenerText({ address, port }: Listener): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

export function isLoopback({ address }: Listener): boolean {
  return address === "::1" || address.startsWith("127.");
}
