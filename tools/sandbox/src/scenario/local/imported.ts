import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { cloneBeside } from "../../checkout";
import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { run } from "../../machine/run";
import { inSandbox } from "../../paths";
import { step } from "../../progress";
import { fairleadLocal, fetchFrom, localUp } from "./command";
import { importedProject } from "./importedProject";

/** A Compose project of somebody else's shape, imported into a clone and brought up there: a vote is counted. */
export async function checkImported(engine: ComposeEngine, checkout: string): Promise<void> {
  const project = inSandbox("ballots");
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of Object.entries(importedProject)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const git = (folder: string, ...words: string[]) =>
    run("git", ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.test", ...words], { cwd: folder });
  await git(project, "init", "--quiet");
  await git(project, "add", "--all");
  await git(project, "commit", "--quiet", "--message", "Ballots");

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
  await git(clone, "add", "--all");
  await git(clone, "commit", "--quiet", "--message", "What was imported");

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
