import { printableLine, shortened, withoutLogins } from "@fairlead/model";

import type { Engine } from "./engine";

const lines = 20;
const lineLimit = 500;

/** The last lines that a container logged, of both streams, fit to be printed. */
export async function lastLines(engine: Engine, container: string): Promise<string[]> {
  const { stdout, stderr } = await engine.call(["logs", "--timestamps", "--tail", String(lines), container], { timeoutSeconds: 30 });
  return ofBothStreams(stdout, stderr).slice(-lines).map(fitToPrint);
}

/** Each line begins with its time, all of one length. */
function ofBothStreams(...streams: string[]): string[] {
  const all = streams.flatMap((stream) => stream.split("\n").filter(Boolean));
  const timed = all.map((line) => ({ time: line.slice(0, line.indexOf(" ")), text: line.slice(line.indexOf(" ") + 1) }));
  return timed.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).map(({ text }) => text);
}

/** A line that others wrote, without what steers a terminal or a workflow, and without logins. */
export function fitToPrint(line: string): string {
  return printableLine(shortened(withoutLogins(line.replace(/\r$/, "")), lineLimit));
}
