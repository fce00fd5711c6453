import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { commit } from "../../checkout";
import { edit } from "../../edit";
import { expectEqual } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { run } from "../../machine/run";
import { inSandbox } from "../../paths";
import { step } from "../../progress";
import { fairleadLocal, fetchFrom, localUp } from "./command";

/** A pull request beside the main branch that runs at an address: each with a page of its own, and one goes without the other. */
export async function checkOtherCommit(engine: ComposeEngine, checkout: string, address: string): Promise<void> {
  await makePullRequest(checkout);
  const up = await step("fairlead local up --ref pr/7", () => localUp(engine, checkout, "--ref", "pr/7", "web"));
  const [other = ""] = /^http:\/\/localhost:\d+\/$/m.exec(up.stdout) ?? [];
  expectEqual("a pull request runs beside the main branch, at another address", [up.status, other !== "" && other !== address], [0, true]);
  const pages = await Promise.all([address, other].map((each) => fetchFrom(engine, each, "Ada Lovelace")));
  expectEqual(
    "each has its own page, with what its own api knows",
    pages.map((page) => [page.includes("Users of pull request 7"), page.includes("Ada Lovelace")]),
    [
      [false, true],
      [true, true],
    ],
  );
  const exec = await fairleadLocal(engine, checkout, "exec", "--ref", "pr/7", "web", "--", "node", "-p", "6 * 7");
  expectEqual("a command runs in it", [exec.status, exec.stdout.trim()], [0, "42"]);
  const down = await step("fairlead local down --ref pr/7", () => fairleadLocal(engine, checkout, "down", "--ref", "pr/7"));
  expectEqual(
    "down --ref takes it and its folder, and leaves the main branch",
    [
      down.status,
      await leftOf(engine, other),
      existsSync(join(checkout, ".fairlead/refs/pr-7")),
      (await fetchFrom(engine, address, "Ada Lovelace")).includes("Ada Lovelace"),
    ],
    [0, false, false, true],
  );
  const volumes = async () => (await engine.run(["docker", "volume", "ls", "--quiet"])).stdout.split("\n").filter(Boolean).length;
  const before = await volumes();
  const reset = await fairleadLocal(engine, checkout, "reset", "--ref", "pr/7");
  expectEqual("reset --ref takes what it kept", [reset.status, (await volumes()) < before], [0, true]);
}

/** As GitHub shows it: a ref of `origin` that no branch has. */
async function makePullRequest(checkout: string): Promise<void> {
  const origin = inSandbox("origin.git");
  rmSync(origin, { recursive: true, force: true });
  await run("git", ["clone", "--quiet", "--bare", checkout, origin]);
  await run("git", ["remote", "set-url", "origin", origin], { cwd: checkout });
  edit(join(checkout, "apps/web/src/page.js"), (text) => text.replaceAll("Users and reports", "Users of pull request 7"));
  await commit(checkout, "web: another title", "apps/web");
  await run("git", ["push", "--quiet", "origin", "HEAD:refs/pull/7/head"], { cwd: checkout });
  await run("git", ["reset", "--quiet", "--hard", "HEAD~1"], { cwd: checkout });
}

async function leftOf(engine: ComposeEngine, address: string): Promise<boolean> {
  return (await fetchFrom(engine, address)).includes("Users");
}
