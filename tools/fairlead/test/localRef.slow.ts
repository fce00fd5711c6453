import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { runCommand } from "../testing/runCommand";
import { exampleRuns, ScriptedDocker } from "../testing/scriptedDocker";
import { WholeRepository } from "../testing/wholeRepository";

const bin = resolve(__dirname, "../bin/fairlead.js");
const repository = new WholeRepository();
const docker = new ScriptedDocker();
const origin = join(mkdtempSync(join(tmpdir(), "fairlead-origin-")), "origin.git");
afterAll(() => (docker.remove(), repository.remove(), rmSync(join(origin, ".."), { recursive: true, force: true })));

const worktree = join(repository.folder, ".fairlead/refs/pr-7");
const webMemory = (memory: number) =>
  repository.edit("apps/web/service.yaml", (text) => text.replace(/memoryMiB: \d+/, `memoryMiB: ${memory}`));

/** Another commit under a name at `origin`; what is checked out stays. */
function push(ref: string, change: () => void): void {
  change();
  repository.commit(`For ${ref}`);
  repository.git("push", "--quiet", "--force", "origin", `HEAD:${ref}`);
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
}

/** `fairlead local` as a person calls it: another commit's command writes to the same streams. */
function local(args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "local", ...args], {
    cwd: repository.folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  execFileSync("git", ["clone", "--quiet", "--bare", repository.folder, origin]);
  repository.git("remote", "add", "origin", origin);
  // A hook that the commit brings itself, and a program that tells what it was given.
  push("refs/pull/7/head", () => {
    webMemory(1024);
    repository.write("hooks/post-checkout", `#!/bin/sh\ntouch ${origin}/hooked\n`);
    execFileSync("chmod", ["+x", join(repository.folder, "hooks/post-checkout")]);
    repository.edit(
      "stacks/index.js",
      (text) => `require("node:fs").writeFileSync(${JSON.stringify(join(origin, "seen.json"))}, JSON.stringify(process.env));\n${text}`,
    );
  });
  push("refs/merge-requests/8/head", () => webMemory(2048));
  repository.git("config", "core.hooksPath", "hooks");
  docker.answer(exampleRuns);
});

const memoryOf = (text: string) => /^ {2}web:\n(?: {4}.*\n)*? {4}mem_limit: "?(\w+)/m.exec(text)?.[1];

test("a pull request runs beside the checkout, by its own command and without what its reviewer may do", () => {
  const ours = local(["config", "--stack", "dev"]);
  const up = local(["up", "--detach", "--ref", "pr/7", "--stack", "dev"], {
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    NPM_TOKEN: "planted",
    HARMLESS: "kept",
  });
  expect(up).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^pr\/7 is .*For refs\/pull\/7\/head.*in \.fairlead\/refs\/pr-7\./m) as string,
  });
  const seen = JSON.parse(readFileSync(join(origin, "seen.json"), "utf8")) as NodeJS.ProcessEnv;
  const theirs = local(["config", "--ref", "pr/7", "--stack=dev"]);
  expect(theirs.status).toBe(0);
  expect([memoryOf(ours.stdout), memoryOf(theirs.stdout)]).toEqual(["512m", "1024m"]);
  const nameOf = (text: string) => /^name: (.*)$/m.exec(text)?.[1];
  expect(nameOf(theirs.stdout)).toMatch(/^fairlead-dev-[0-9a-f]{4}$/);
  expect(nameOf(theirs.stdout)).not.toBe(nameOf(ours.stdout));
  expect([seen.AWS_PROFILE, seen.AWS_ACCESS_KEY_ID, seen.NPM_TOKEN, seen.HARMLESS]).toEqual([undefined, undefined, undefined, "kept"]);
  expect(seen.AWS_SHARED_CREDENTIALS_FILE).toBe("/dev/null");
  expect(existsSync(join(origin, "hooked"))).toBe(false);
  expect(repository.git("status", "--porcelain")).toBe("");
  expect(repository.git("for-each-ref", "refs/fairlead")).toBe("");
});

test("another `up` brings it to its new commit, but for what somebody changed there", () => {
  push("refs/pull/7/head", () => webMemory(2048));
  const file = join(worktree, "notes.txt");
  writeFileSync(file, "notes of a reviewer\n");
  const refused = local(["up", "--detach", "--ref", "pr/7", "--stack", "dev"]);
  expect(refused).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/has changes of yours:\n.*notes\.txt[^]*Nothing was changed/) as string,
  });
  rmSync(file);
  expect(local(["up", "--detach", "--ref", "pr/7", "--stack", "dev"])).toMatchObject({ status: 0 });
  expect(memoryOf(local(["config", "--ref", "pr/7", "--stack", "dev"]).stdout)).toBe("2048m");
});

test("secrets of the checkout are given where that is asked for, and not any more where it isn't", () => {
  repository.write("stacks/local.secrets.env", "TOKEN=planted-secret\n");
  const link = join(worktree, "stacks/local.secrets.env");
  const up = ["up", "--detach", "--ref", "pr/7", "--stack", "dev"];
  expect(local(up).stderr).toContain("It does not get stacks/local.secrets.env: --secrets gives it");
  expect(existsSync(link)).toBe(false);
  const given = local([...up, "--secrets"]);
  expect([given.status, readlinkSync(link)]).toEqual([0, join(repository.folder, "stacks/local.secrets.env")]);
  expect(given.stdout + given.stderr).not.toContain("planted-secret");
  local(up);
  expect(existsSync(link)).toBe(false);
});

test("down takes its folder, whatever its manifests say, and reset what is remembered", async () => {
  writeFileSync(join(worktree, "Pulumi.yaml"), "broken: [\n");
  const kept = await runCommand(repository.folder, "local", "down", "--ref", "pr/7");
  expect(kept).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/stays, because it has changes of yours:\n.*Pulumi\.yaml/) as string,
  });
  execFileSync("git", ["checkout", "--quiet", "Pulumi.yaml"], { cwd: worktree });
  expect((await runCommand(repository.folder, "local", "down", "--ref", "pr/7")).status).toBe(0);
  expect([existsSync(worktree), existsSync(`${worktree}.json`), repository.git("worktree", "list").split("\n").length]).toEqual([
    false,
    true,
    1,
  ]);
  expect((await runCommand(repository.folder, "local", "reset", "--ref", "pr/7")).status).toBe(0);
  expect(existsSync(`${worktree}.json`)).toBe(false);
  expect((await runCommand(repository.folder, "local", "down", "--ref", "pr/7")).stderr).toMatch(/Nothing of pr\/7 is here/);
});

test("what was left half done is begun again", () => {
  repository.write(".fairlead/refs/pr-8/apps/half", "");
  expect(local(["up", "--detach", "--ref", "pr/8", "--stack", "dev"]).status).toBe(0);
  expect(memoryOf(local(["config", "--ref", "pr/8", "--stack", "dev"]).stdout)).toBe("2048m");
  expect(local(["reset", "--ref", "pr/8"]).status).toBe(0);
});
