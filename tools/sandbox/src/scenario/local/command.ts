import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { ComposeEngine, Ended } from "../../machine/compose";

/** For what comes up: no test is about time, and other lots run beside this one. */
export const patient = ["--timeout", "900", "--settle", "60"];

/** Runs `fairlead local up` in a clone. */
export const localUp = (engine: ComposeEngine, checkout: string, ...words: string[]): Promise<Ended> =>
  fairleadLocal(engine, checkout, "up", "--detach", ...patient, ...words);

/** Runs `fairlead local` in a clone, where the engine's published ports are. */
export function fairleadLocal(engine: ComposeEngine, checkout: string, ...words: string[]): Promise<Ended> {
  return engine.run([process.execPath, join(checkout, "tools/fairlead/bin/fairlead.js"), "local", ...words], { cwd: checkout });
}

/** Containers, networks and volumes of the engine, by their names. */
export async function allOf(engine: ComposeEngine): Promise<string> {
  const lists = [
    ["ps", "--all", "--format", "{{.Names}}"],
    ["network", "ls", "--format", "{{.Name}}"],
    ["volume", "ls", "--quiet"],
  ];
  const all = await Promise.all(lists.map((words) => engine.run(["docker", ...words])));
  return all.map(({ stdout }) => stdout.split("\n").filter(Boolean).sort().join(" ")).join("; ");
}

/**
 * The page at an address, from where the ports are.
 *
 * @param awaited what it is to have: a service that is up may take longer to answer than its callers wait, on a machine that does much else, so the page
 *   is asked for again, up to 60 times
 * @returns the last one that came
 */
export async function fetchFrom(engine: ComposeEngine, address: string, awaited = ""): Promise<string> {
  const program = "fetch(process.argv[1]).then((answer) => answer.text()).then(console.log, console.log)";
  for (let times = 1; ; times++) {
    const { stdout: page } = await engine.run([process.execPath, "-e", program, address]);
    if (page.includes(awaited) || times === 60) return page;
    await sleep(1000);
  }
}
