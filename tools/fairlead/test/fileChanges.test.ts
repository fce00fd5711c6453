import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { FileChanges } from "../src/local/watch/fileChanges";

let root: string;
let outside: string;
let changes: FileChanges;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "changes of-"));
  outside = mkdtempSync(join(tmpdir(), "outside-"));
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  write(".gitignore", "dist/\n");
  write("apps/web/main.js");
  write("apps/web/dist/main.js");
  changes = await FileChanges.of(root);
});
afterEach(async () => {
  await changes.stop();
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
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

/** All that is told of what was done, without what is saved last to know when that is. */
async function toldOf(act: () => Promise<void> | void): Promise<string[]> {
  await act();
  await sleep(300);
  write("last", String(Math.random()));
  const told = await until("last");
  return told.filter((path) => path !== "last").sort();
}
const move = (from: string, to: string) => renameSync(join(root, from), join(root, to));

test("folders that are brought in with others in them are watched", async () => {
  mkdirSync(join(outside, "a/b"), { recursive: true });
  renameSync(join(outside, "a"), join(root, "apps/web/a"));
  await until("apps/web/a");
  write("apps/web/a/b/deep.js", "1");
  expect(await until("apps/web/a/b/deep.js")).toContain("apps/web/a/b/deep.js");
});

test("of a folder that is moved away and back, its files are told both times", async () => {
  write("apps/web/src/deep/page.js");
  await until("apps/web/src/deep/page.js");
  const files = ["apps/web/main.js", "apps/web/src/deep/page.js"];
  expect(await toldOf(() => renameSync(join(root, "apps/web"), join(outside, "web")))).toEqual(files);
  expect(await toldOf(() => renameSync(join(outside, "web"), join(root, "apps/web")))).toEqual(files);
  expect(await toldOf(() => write("apps/web/src/deep/page.js", "1"))).toEqual(["apps/web/src/deep/page.js"]);
});

test("one that takes another's place brings its files, and the other's are gone", async () => {
  mkdirSync(join(outside, "web"));
  writeFileSync(join(outside, "web/other.js"), "");
  const told = await toldOf(() => {
    renameSync(join(root, "apps/web"), join(outside, "before"));
    renameSync(join(outside, "web"), join(root, "apps/web"));
  });
  expect(told).toEqual(["apps/web/main.js", "apps/web/other.js"]);
});

test("of one that is called otherwise, what is saved in it has its new name", async () => {
  write("apps/web/src/deep/page.js");
  await until("apps/web/src/deep/page.js");
  await toldOf(() => move("apps/web", "apps/page"));
  expect(await toldOf(() => write("apps/page/src/deep/page.js", "1"))).toEqual(["apps/page/src/deep/page.js"]);
});

test("what is written into folders of its own is told, wherever the watching of these began", async () => {
  const files = ["apps/new/Dockerfile", "apps/new/service.yaml", "apps/new/src/deep/main.js"];
  expect(await toldOf(() => files.forEach((file) => write(file)))).toEqual(files);
  expect(await toldOf(() => write("apps/new/src/deep/main.js", "1"))).toEqual(["apps/new/src/deep/main.js"]);
});

test("of folders that come, what git ignores then is not told, nor what is installed", async () => {
  write(".gitignore", "dist/\nbuild/\n*.log\n");
  await until(".gitignore");
  for (const file of ["main.js", "x.log", "build/main.js", "node_modules/x/index.js", ".git/HEAD"]) {
    mkdirSync(dirname(join(outside, "a/[id]", file)), { recursive: true });
    writeFileSync(join(outside, "a/[id]", file), "");
  }
  expect(await toldOf(() => cpSync(join(outside, "a"), join(root, "apps/a"), { recursive: true }))).toContain("apps/a/[id]/main.js");
  expect(await toldOf(() => rmSync(join(root, "apps/a"), { recursive: true }))).toContain("apps/a/[id]/main.js");
  expect(await toldOf(() => renameSync(join(outside, "a"), join(root, "apps/a")))).toEqual(["apps/a/[id]/main.js"]);
  expect(await toldOf(() => write("apps/a/[id]/build/main.js", "1"))).toEqual([]);
  expect(await toldOf(() => write("apps/web/build/main.js", "1"))).toEqual([]);
});

test("a folder in which git ignores all that is there is watched", async () => {
  write(".gitignore", "*.log\n");
  write("apps/api/x.log");
  await changes.stop();
  changes = await FileChanges.of(root);
  expect(await toldOf(() => write("apps/api/main.js"))).toEqual(["apps/api/main.js"]);
});

test("folders that were moved away and removed end nothing", async () => {
  write("apps/web/src/deep/page.js");
  await until("apps/web/src/deep/page.js");
  await toldOf(() => renameSync(join(root, "apps/web"), join(outside, "web")));
  await toldOf(() => rmSync(join(outside, "web"), { recursive: true }));
  expect(await toldOf(() => write("apps/web/src/deep/page.js", "1"))).toEqual(["apps/web/src/deep/page.js"]);
  await expect(changes.stop()).resolves.toBeUndefined();
});

test("of a save only what is saved is told, whatever an editor does beside it", async () => {
  const saved = async (act: () => Promise<void> | void) => expect(await toldOf(act)).toEqual(["apps/web/main.js"]);
  await saved(async () => {
    write("apps/web/.main.js.swp");
    write("apps/web/4913");
    await sleep(20);
    rmSync(join(root, "apps/web/4913"));
    move("apps/web/main.js", "apps/web/main.js~");
    await sleep(20);
    write("apps/web/main.js", "1");
    rmSync(join(root, "apps/web/main.js~"));
  });
  await saved(async () => {
    write("apps/web/main.js___jb_tmp___", "2");
    move("apps/web/main.js", "apps/web/main.js___jb_old___");
    await sleep(20);
    move("apps/web/main.js___jb_tmp___", "apps/web/main.js");
    rmSync(join(root, "apps/web/main.js___jb_old___"));
  });
  await saved(async () => {
    symlinkSync("somebody@here.1", join(root, "apps/web/.#main.js"));
    write("apps/web/#main.js#");
    write("apps/web/main.js.1.tmp", "3");
    await sleep(20);
    move("apps/web/main.js.1.tmp", "apps/web/main.js");
  });
});

test("what was there is told when it goes, by whatever it was replaced before", async () => {
  const told = await toldOf(async () => {
    write("apps/web/main.js.tmp", "1");
    move("apps/web/main.js.tmp", "apps/web/main.js");
    // The watcher takes what comes and goes at once for what was never there.
    await sleep(700);
    rmSync(join(root, "apps/web/main.js"));
  });
  expect(told).toEqual(["apps/web/main.js"]);
  expect(await toldOf(() => write("apps/web/4913"))).toEqual(["apps/web/4913"]);
  expect(await toldOf(() => rmSync(join(root, "apps/web/4913")))).toEqual(["apps/web/4913"]);
});
