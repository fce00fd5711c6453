import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { FileChanges } from "../src/local/watch/fileChanges";

let root: string;
let changes: FileChanges;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "changes of-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  write(".gitignore", "dist/\n");
  write("apps/web/main.js");
  write("apps/web/dist/main.js");
  changes = await FileChanges.of(root);
});
afterEach(async () => {
  await changes.stop();
  rmSync(root, { recursive: true });
});

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** All that is told until a file is among it. */
async function until(path: string): Promise<string[]> {
  const told: string[] = [];
  while (!told.includes(path)) told.push(...(await changes.next()));
  return told;
}

test("a file that is saved is told by its path in the repository", async () => {
  write("apps/web/main.js", "1");
  expect(await until("apps/web/main.js")).toEqual(["apps/web/main.js"]);
});

test("what git ignores is not watched, but where an image is built from it", async () => {
  write("apps/web/dist/main.js", "1");
  write("apps/web/main.js", "1");
  expect(await until("apps/web/main.js")).not.toContain("apps/web/dist/main.js");
  await changes.keep(["apps/web/dist/main.js"]);
  write("apps/web/dist/main.js", "2");
  expect(await until("apps/web/dist/main.js")).toContain("apps/web/dist/main.js");
});

test("folders that are brought in with others in them are watched", async () => {
  const outside = mkdtempSync(join(tmpdir(), "outside-"));
  mkdirSync(join(outside, "a/b"), { recursive: true });
  renameSync(join(outside, "a"), join(root, "apps/web/a"));
  await until("apps/web/a");
  write("apps/web/a/b/deep.js", "1");
  expect(await until("apps/web/a/b/deep.js")).toContain("apps/web/a/b/deep.js");
  rmSync(outside, { recursive: true });
});
