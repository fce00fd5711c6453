import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { printableLine, UserError, withoutLogins } from "@fairlead/model";

import type { pluginStart } from "./sessionPlugin";

/** A tunnel that is held beside what this process does. */
export interface HeldTunnel {
  /** Whether its plugin runs. */
  isOpen(): boolean;
  /** Ends the session. */
  close(): Promise<void>;
}

/** What the plugin gets to open its port: it asks AWS for the session's channel first. */
const patienceMs = 30_000;
/** What it gets to end its session, after which it is killed. */
const endMs = 3_000;

/**
 * Starts Session Manager's plugin for a tunnel, and waits until its port of this machine, on 127.0.0.1, takes connections. Nothing that it writes is shown.
 *
 * @throws UserError where it ends before, with its own words
 */
export async function holdTunnel({ args, environment }: ReturnType<typeof pluginStart>, localPort: number): Promise<HeldTunnel> {
  // In a group of its own, since Ctrl-C is for this process, which closes the tunnel when it no longer needs it.
  const plugin = spawn("session-manager-plugin", args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    detached: process.platform !== "win32",
  });
  let said = "";
  for (const stream of [plugin.stdout, plugin.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2000)));
  const [, token] = /"TokenValue":"([^"]+)"/.exec([...args, ...Object.values(environment)].join("\n")) ?? [];
  const withoutToken = (text: string) => (token ? text.replaceAll(token, "[token]") : text);
  let isOpen = true;
  const ended = once(plugin, "close").then(
    () => (isOpen = false),
    () => (isOpen = false),
  );
  const killed = () => void plugin.kill("SIGKILL");
  process.on("exit", killed);
  void ended.then(() => process.off("exit", killed));
  const close = async () => {
    if (!isOpen) return;
    plugin.kill("SIGINT");
    const timer = setTimeout(killed, endMs);
    await ended;
    clearTimeout(timer);
  };
  const until = performance.now() + patienceMs;
  while (isOpen && !(await takesConnections(localPort)))
    if (performance.now() > until) await close();
    else await sleep(100);
  if (isOpen) return { isOpen: () => isOpen, close };
  throw new UserError(`session-manager-plugin opened no tunnel: ${lastLine(withoutToken(said)) || "it ended without a word"}`);
}

const lastLine = (text: string) => printableLine(withoutLogins(text.trim().split("\n").at(-1)!.trim()));

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
