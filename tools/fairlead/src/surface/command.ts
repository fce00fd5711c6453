import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { UsageError } from "@fairlead/model";
import { readProject, type Plan } from "@fairlead/plan";

import { exampleStacks, surface } from "./surface";

/** Prints docs/surface.md. A stack's program reads its configuration as it loads, so each plan is made by a process of its own. */
export function printSurface(): void {
  const plans = new Map(exampleStacks.map((stack) => [stack, planOf(stack)]));
  process.stdout.write(surface(readProject("everything").root, plans));
}

function planOf(stack: string): Plan {
  const command = [join(__dirname, "../../bin/fairlead.js"), "preview", stack, "--json"];
  const { stdout, status } = spawnSync(process.execPath, command, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new UsageError(`The plan of ${stack} could not be made; its problem is above.`);
  return JSON.parse(stdout) as Plan;
}
