import { join } from "node:path";

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

/** From where the ports are. */
export async function fetchFrom(engine: ComposeEngine, address: string): Promise<string> {
  const program = "fetch(process.argv[1]).then((answer) => answer.text()).then(console.log, console.log)";
  return (await engine.run([process.execPath, "-e", program, address])).stdout;
}
