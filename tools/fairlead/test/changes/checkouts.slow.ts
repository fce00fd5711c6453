import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { withStableRevisions } from "../../testing/stableRevisions";
import { WholeRepository } from "../../testing/wholeRepository";

const command = resolve(__dirname, "../../bin/fairlead.js");
const repository = new WholeRepository();
afterAll(() => repository.remove());

/** `fairlead diff` as a person runs it: each commit is checked out and planned by its own command. */
function diff(...args: string[]) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  return spawnSync(process.execPath, [command, "diff", ...args], { cwd: repository.folder, env, encoding: "utf8", maxBuffer: 1 << 28 });
}

const moreMemory = () => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));

test("the comment of two commits is that of their plans, and no worktree is left", () => {
  moreMemory();
  repository.commit("Change: memory");
  const { status, stdout, stderr } = diff("dev", "prod", "--base", "HEAD~1", "--head", "HEAD", "--comment", "-");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(withStableRevisions(stdout)).toBe(readFileSync(join(__dirname, "comments/memory.md"), "utf8"));
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
});

test("a base that needs other packages gets its own", () => {
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
  repository.edit("package-lock.json", (text) =>
    text
      .replace('"node_modules/picocolors": {\n      "version": "1.1.1"', '"node_modules/picocolors": {\n      "version": "1.1.0"')
      .replace(/("node_modules\/picocolors": \{[^}]*?)"integrity": "[^"]*",\n\s*/, "$1"),
  );
  repository.commit("Another version of a package");
  moreMemory();
  const { stdout, status } = diff("dev", "--base", "HEAD~1");
  expect([status, stdout]).toEqual([0, expect.stringContaining("api: memory 512 → 1024 MiB") as string]);
});
