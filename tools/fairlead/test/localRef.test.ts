import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { knownRefs, refName, refPlace, writeRecord } from "../src/local/otherCommit/refPlace";
import { strangersEnvironment } from "../src/local/otherCommit/strangersEnvironment";
import { projectName } from "../src/local/place";
import { runCommand } from "../testing/runCommand";
import { ScriptedDocker } from "../testing/scriptedDocker";
import { WholeRepository } from "../testing/wholeRepository";

const repository = new WholeRepository();
const origin = join(mkdtempSync(join(tmpdir(), "fairlead-origin-")), "origin.git");
afterAll(() => (repository.remove(), rmSync(join(origin, ".."), { recursive: true, force: true })));

beforeAll(() => {
  execFileSync("git", ["clone", "--quiet", "--bare", repository.folder, origin]);
  repository.git("remote", "add", "origin", origin);
  rmSync(join(repository.folder, "tools/fairlead/src/commands/local.ts"));
  repository.commit("From before");
  repository.git("push", "--quiet", "origin", "HEAD:refs/heads/old");
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
});

describe("what can't be had is told in a sentence, and nothing is left", () => {
  async function refuse(ref: string, said: RegExp) {
    const { status, stderr } = await runCommand(repository.folder, "local", "up", "-d", `--ref=${ref}`);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(said) as string });
    expect(stderr).not.toMatch(/planted|^ +at /m);
    expect(knownRefs(repository.folder)).toEqual([]);
    expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
  }

  test.each([
    ["pr/9", /^FL2707 There is no pull or merge request 9 at origin, \//],
    ["nobody", /^FL2707 There is no branch, tag or commit "nobody" here, and no branch or tag of it at origin/],
    ["--upload-pack=touch", /^FL2707 --ref --upload-pack=touch: expected a branch, tag or commit/],
    ["main:refs/heads/main", /^FL2707 .*expected a branch, tag or commit/],
    ["0123456789012345678901234567890123456789", /^FL2707 origin \(.*\) does not give 0123/],
    ["origin/old", /^FL2708 origin\/old, commit [0-9a-f]{12}, has no `fairlead local`.*Nothing was started/],
  ])("%s", (ref, said) => refuse(ref, said));

  test("an origin that does not answer", async () => {
    repository.git("remote", "set-url", "origin", "https://user:planted@127.0.0.1:9/x.git");
    await refuse(
      "pr/7",
      /^FL2707 origin \(https:\/\/….*\) does not give pr\/7: .*Failed to connect.* What is here already runs on\./,
    ).finally(() => repository.git("remote", "set-url", "origin", origin));
  });

  test("no remote", async () => {
    repository.git("remote", "rename", "origin", "upstream");
    await refuse("pr/7", /^FL2707 pr\/7 is not here, and this clone has no remote origin/).finally(() =>
      repository.git("remote", "rename", "upstream", "origin"),
    );
  });
});

test("what a copied folder remembers of the original is not taken away", async () => {
  const docker = new ScriptedDocker();
  docker.answer({});
  const place = refPlace("main", repository.folder);
  const own = projectName("fairlead", "dev", place.project);
  writeRecord(place, { projects: [own, "fairlead-dev-0000"] });
  try {
    await runCommand(repository.folder, "local", "reset", "--ref=main");
    const removed = docker.calls().filter((words) => words.includes(" down "));
    expect(removed).toEqual([expect.stringContaining(`--project-name ${own} `)]);
  } finally {
    docker.remove();
  }
});

test("each ref has a folder of its own, on every file system", () => {
  const names = ["pr/7", "pr-7", "feature/a", "feature-a", "Feature/a", "../..", "main"].map(refName);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
});

test("what a stranger's commit is not given", () => {
  const given = { PATH: "/bin", HOME: "/home/a", DOCKER_HOST: "unix:///x", LANG: "C", HTTPS_PROXY: "http://proxy:3128" };
  const kept = strangersEnvironment({
    ...given,
    ...{
      AWS_SESSION_TOKEN: "a",
      aws_profile: "b",
      PULUMI_ACCESS_TOKEN: "c",
      GITHUB_TOKEN: "d",
      GOOGLE_APPLICATION_CREDENTIALS: "/e",
      SSH_AUTH_SOCK: "/f",
    },
  });
  expect(kept).toEqual({
    ...given,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});
