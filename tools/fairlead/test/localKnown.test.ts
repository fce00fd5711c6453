import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";
import { exampleRuns, ScriptedDocker } from "../testing/scriptedDocker";

const repository = new FixtureRepository();
const docker = new ScriptedDocker();
afterAll(() => (docker.remove(), repository.remove()));

const local = (...words: string[]) => runCommand(repository.folder, "local", ...words, "--stack", "dev");
const placeOf = (folder: string, file: string) => join(folder, ".fairlead/local/dev", file);
const memory = (folder: string) => JSON.parse(readFileSync(placeOf(folder, "environment.json"), "utf8")) as Record<string, unknown>;

test("what was brought up is looked at as it is, also while a manifest is wrong", async () => {
  docker.answer({
    ...exampleRuns,
    " logs ": { stdout: "web-1  | 2026-01-01T00:00:00.000000000Z hello\napi-1  | 2026-01-01T00:00:00.000000000Z other\n" },
  });
  await local("up", "--detach", "--timeout", "0");
  const before = await local("status");
  repository.edit("apps/api/service.yaml", (text) => `${text}nonsense: [\n`);
  expect((await local("up", "--detach")).stderr).toMatch(/FL1001/);
  expect(await local("status")).toEqual(before);
  expect(before.stdout).toMatch(/^web +up/m);
  expect(await local("open", "--print", "web")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^http:\/\/localhost:\d+\/\n$/) as string,
  });
  const { stdout } = await local("logs", "web");
  expect(stdout).toMatch(/hello/);
  expect(stdout).not.toMatch(/other/);
  expect(await runCommand(repository.folder, "local", "exec", "--stack", "dev", "web", "--", "ls", "-la")).toMatchObject({ status: 0 });
  expect(docker.calls().at(-1)).toMatch(/^compose --project-name fairlead-dev-\w+ exec --no-TTY web ls -la$/);
  expect(await local("exec", "wbe")).toMatchObject({ status: 1, stderr: expect.stringContaining("did you mean web?") as string });
  repository.git("checkout", "--quiet", "apps/api");
});

test("once it is down there is nothing to know", async () => {
  docker.answer({});
  expect(await local("down")).toMatchObject({ status: 0, stderr: expect.stringMatching(/^dev: Nothing of it was there\. /) as string });
  repository.edit("apps/api/service.yaml", (text) => `${text}nonsense: [\n`);
  expect((await local("status")).stderr).toMatch(/FL1001/);
  repository.git("checkout", "--quiet", "apps/api");
});

test("a copy of the folder is another environment, with addresses of its own", async () => {
  docker.answer(exampleRuns);
  await local("up", "--detach", "--timeout", "0");
  const copy = new FixtureRepository(repository);
  try {
    cpSync(placeOf(repository.folder, ""), placeOf(copy.folder, ""), { recursive: true });
    await runCommand(copy.folder, "local", "up", "--detach", "--timeout", "0", "--stack", "dev");
    const [own, other] = [memory(repository.folder), memory(copy.folder)];
    expect(other.project).not.toBe(own.project);
    expect(other.addresses).not.toBe(own.addresses);
  } finally {
    copy.remove();
  }
});

test("the repository's own .env is for others", async () => {
  docker.answer({ " up --detach": { status: 1, stderr: "stopped here" }, ...exampleRuns });
  repository.write(".env", "COMPOSE_PROFILES=jobs\n");
  await local("up", "--detach", "--timeout", "0");
  const calls = docker.calls().filter((words) => words.includes(` --file ${repository.folder}`));
  expect(calls.length).toBeGreaterThan(0);
  for (const words of calls) expect(words).toContain(`--env-file ${placeOf(repository.folder, "none.env")}`);
  expect(existsSync(placeOf(repository.folder, "none.env"))).toBe(true);
});

test("what is saved while it is built is built again, under the name of what it is then", async () => {
  const file = join(repository.folder, "apps/web/main.js");
  docker.answer({ " build .*web$": { writes: { file, text: "// saved\n" } }, ...exampleRuns });
  const before = docker.calls().length;
  const building = local("up", "--detach", "--build", "--timeout", "0");
  // The first build alone is disturbed.
  let isDone = false;
  void building.finally(() => (isDone = true));
  while (!isDone && !readFileSync(file, "utf8").includes("saved")) await new Promise((resolve) => setTimeout(resolve, 5));
  docker.answer(exampleRuns);
  expect((await building).stderr).toContain("web changed while it was built, and is built again.\n");
  const calls = docker.calls().slice(before);
  expect(calls.filter((words) => / build /.test(words)).map((words) => words.split(" build ")[1])).toEqual([
    "accounts-migration api report-writer web",
    "web",
  ]);
  const [removed] = calls.filter((words) => words.startsWith("image rm"));
  const text = readFileSync(placeOf(repository.folder, "compose.yaml"), "utf8");
  expect(removed).toMatch(/^image rm fairlead\.local\/web:/);
  expect(text).toMatch(/fairlead\.local\/web:.*-dirty-/);
  expect(text).not.toContain(removed!.split(" ").at(-1));
});
