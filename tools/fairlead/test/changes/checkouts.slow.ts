import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { withStableRevisions } from "../../testing/stableRevisions";
import { WholeRepository } from "../../testing/wholeRepository";

const command = resolve(__dirname, "../../bin/fairlead.js");
const repository = new WholeRepository();
afterAll(() => repository.remove());

/** `fairlead diff` as a person runs it: each commit is checked out and planned by its own command. */
function diff({ from = "" }, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  return spawnSync(process.execPath, [command, "diff", ...args], {
    cwd: join(repository.folder, from),
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
}

const moreMemory = () => repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));

test("the comment of two commits is that of their plans, and no worktree is left", () => {
  moreMemory();
  repository.commit("Change: memory");
  const { status, stdout, stderr } = diff({}, "dev", "prod", "--base", "HEAD~1", "--head", "HEAD", "--comment", "-");
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
  const { stdout, status, stderr } = diff({}, "dev", "--base", "HEAD~1");
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: expect.stringContaining("api: memory 512 → 1024 MiB") as string });
});

test("a project in a folder of the workspace is compared from within it", () => {
  const program = (seconds: number) =>
    `const { Queue } = require("@pulumi/aws/sqs");\nmodule.exports = () => void new Queue("orders", { visibilityTimeoutSeconds: ${seconds} });\n`;
  repository.write("examples/small/Pulumi.yaml", "name: small\nruntime: nodejs\nmain: index.js\n");
  repository.write("examples/small/Pulumi.small.yaml", "config:\n  aws:region: us-east-1\n");
  repository.write("examples/small/index.js", program(30));
  repository.commit("A project of its own");
  repository.write("examples/small/index.js", program(60));
  const { status, stdout, stderr } = diff({ from: "examples/small" }, "--base", "HEAD");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/small {2}1 updated [^]*visibilityTimeoutSeconds: 30 → 60/);
  expect(stdout).not.toContain("prod");
});
