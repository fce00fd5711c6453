import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeTemporaryFolder, temporaryFolder } from "../src/machine/leftovers";

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "leftovers-"));
});
afterEach(() => {
  rmSync(temporary, { recursive: true });
});

test("what a sandbox that was killed left is removed, and nothing of one that runs", () => {
  const ended = spawnSync("true").pid;
  const [dead, alive, other] = [`fairlead-sandbox-${ended}-abc`, `fairlead-sandbox-${process.ppid}-abc`, "fairlead-proxy-abc"].map((name) =>
    join(temporary, name),
  ) as [string, string, string];
  for (const folder of [dead, alive, other]) mkdirSync(join(folder, "engine"), { recursive: true });
  const own = temporaryFolder(temporary);
  expect([dead, alive, other, own].map((folder) => existsSync(folder))).toEqual([false, true, true, true]);
  removeTemporaryFolder(own);
  expect(existsSync(own)).toBe(false);
});
