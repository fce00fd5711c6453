import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { planOfStack, readProject } from "@fairlead/plan";

import { commitOf, defaultBase } from "../src/commits/commits";
import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const repository = new FixtureRepository();
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-clones-")));
const shallow = join(temporary, "shallow");
const copy = join(temporary, "copy");

beforeAll(() => {
  repository.write("README.md", "Later\n");
  repository.commit("Later");
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${repository.folder}`, shallow]);
  symlinkSync(join(repository.folder, "node_modules"), join(shallow, "node_modules"));
  cpSync(repository.folder, copy, { recursive: true, filter: (path) => !/[/\\](\.git|node_modules)$/.test(path) });
  symlinkSync(join(repository.folder, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
  repository.remove();
});

const told = (run: () => unknown): string => {
  try {
    return `nothing: ${String(run())}`;
  } catch (error) {
    return (error as Error).message;
  }
};

test("a preview in a shallow clone is refused, instead of showing changes that nobody made", async () => {
  const { status, stdout, stderr } = await runCommand(shallow, "preview", "dev");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/FL2006 [^]*api[^]*git fetch --unshallow/);
});

test("who looks at what runs is not held up by it", async () => {
  const project = readProject("dev", [], shallow);
  await expect(planOfStack(project, "dev", { hooks: { toleratesShallowClone: true } })).resolves.toMatchObject({ stack: "dev" });
});

test("a base that a shallow clone leaves out is told as that, and a misspelt one is not", () => {
  expect(told(() => commitOf(shallow, "HEAD~1"))).toMatch(/^FL2414 There is no commit "HEAD~1" here, in a clone that has only the latest/);
  expect(told(() => commitOf(repository.folder, "mian"))).toMatch(/^FL2414 There is no commit "mian" here\.\n {2}fix: Correct the name/);
});

test("a folder that is no repository says so", () => {
  for (const run of [() => commitOf(copy, "HEAD"), () => defaultBase(copy)])
    expect(told(run)).toMatch(/^FL2413 .* is in no git repository: /);
});

test("where git is missing that is said", () => {
  const root = resolve(__dirname, "../../..");
  const run = { cwd: root, env: { PATH: temporary, NO_COLOR: "1" }, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync(process.execPath, ["tools/fairlead/bin/fairlead.js", "diff", "dev"], run);
  expect(stderr).toMatch(/^FL2413 git is not installed/);
  expect(status).toBe(1);
});
