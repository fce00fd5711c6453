import { join } from "node:path";

import { cloneBeside } from "../../checkout";
import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { step } from "../../progress";
import { commitAll, writeSourceProject } from "../imports/sourceProject";
import { fairleadLocal, fetchFrom, localUp } from "./command";
import { importedProject } from "./importedProject";

/** A Compose project of somebody else's shape, imported into a clone and brought up there: a vote is counted. */
export async function checkImported(engine: ComposeEngine, checkout: string): Promise<void> {
  const project = await writeSourceProject("ballots", importedProject);
  const clone = await cloneBeside(checkout);
  const program = join(clone, "tools/fairlead/bin/fairlead.js");
  const words = ["import", "compose", project, "--remove-examples", "--copy-sources"];
  const imported = await step("fairlead import compose", () => engine.run([process.execPath, program, ...words], { cwd: clone }));
  expectEqual(
    "the import drops nothing and leaves nothing to decide",
    [imported.status, /\b0 dropped, 0 decide\b/.test(imported.stdout)],
    [0, true],
  );
  if (imported.status !== 0) report(`${imported.stdout}${imported.stderr}`);
  await commitAll(clone, "What was imported");

  const up = await step("fairlead local up of what was imported", () => localUp(engine, clone));
  expectEqual("all of it comes up", up.status, 0);
  if (up.status !== 0) report(`${up.stdout}${up.stderr}`.slice(-4000));
  const [entry] = /^http:\/\/localhost:\d+(?=\/$)/m.exec(up.stdout) ?? [];
  const [, port] = /tcp:\/\/localhost:(\d+)/.exec(up.stdout) ?? [];
  const other = `http://localhost:${port}`;
  expectEqual("the load balancer leads to vote", await fetchFrom(engine, `${entry}/vote/cats`, "voted"), "voted cats\n");
  await fetchFrom(engine, `${entry}/vote/cats`, "voted");
  expectEqual("and the port of result has what the worker counted", await fetchFrom(engine, `${other}/`, "cats 2"), "cats 2\n");
  expectEqual("it goes again", (await fairleadLocal(engine, clone, "reset")).status, 0);
}
