import childProcess = require("node:child_process");
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const digest = `sha256:${"a".repeat(64)}`;
const release = (revision: string) => ({
  image: `example.test/staging/api@${digest}`,
  tag: `1.0.0-${revision}`,
  platforms: ["linux/arm64"],
  revision,
});

const base = new FixtureRepository();
base.edit("stacks/Pulumi.prod.yaml", (text) => `${text}  fairlead:promoteFrom: staging\n`);
base.commit("prod takes over what staging runs");
const repositories = [base];
afterAll(() => repositories.forEach((repository) => repository.remove()));
afterEach(() => jest.restoreAllMocks());

/** A repository whose stacks run these releases, as `pulumi` says; none was brought up without. */
function repositoryThatRuns(releases?: object) {
  const repository = new FixtureRepository(base);
  repositories.push(repository);
  const answer = releases
    ? { status: 0, stdout: JSON.stringify({ releases }), stderr: "" }
    : { status: 1, stdout: "", stderr: "no stack named staging\n" };
  const spawnSync = childProcess.spawnSync;
  jest
    .spyOn(childProcess, "spawnSync")
    .mockImplementation(((command: string, ...rest: never[]) =>
      command === "pulumi" ? answer : (spawnSync as (...args: unknown[]) => unknown)(command, ...rest)) as never);
  return { repository, run: (name: string, ...args: string[]) => runCommand(repository.folder, name, ...args) };
}

test("promote shows what would change, writes it once, and then has nothing to do", async () => {
  const { repository, run } = repositoryThatRuns({ api: release("abc") });
  const promote = async (...options: string[]) => run("promote", "api", "--from", "staging", "--to", "prod", ...options);
  const file = join(repository.folder, "stacks/promotions.prod.yaml");
  expect((await promote("--dry-run")).stdout).toMatch(/~ api {2}nothing → 1\.0\.0-abc {2}linux\/arm64[^]*1 of 1 would change/);
  expect(existsSync(file)).toBe(false);
  expect(await promote()).toMatchObject({ status: 1, stderr: expect.stringContaining("Give --yes") });
  expect((await promote("--yes")).status).toBe(0);
  const written = readFileSync(file, "utf8");
  expect(written).toContain(`image: example.test/staging/api@${digest}`);
  expect((await promote("--yes")).stdout).toContain("1.0.0-abc, as promoted before");
  expect(readFileSync(file, "utf8")).toBe(written);
  const preview = await run("preview", "prod");
  expect(preview.stderr).toMatch(/FL2010[^]*web: never promoted to prod[^]*fix: npx fairlead promote/);
});

test.each<[string, object | undefined, string[], RegExp]>([
  ["without services", {}, ["--from", "staging", "--to", "prod"], /Name the services, or give --all/],
  ["to itself", {}, ["--all", "--from", "prod", "--to", "prod"], /are both prod/],
  ["an unknown stack", {}, ["--all", "--from", "stagin", "--to", "prod"], /no stack "stagin"/],
  [
    "to an environment that builds",
    {},
    ["--all", "--from", "prod", "--to", "staging"],
    /staging builds its own images.*config set promoteFrom prod -s staging/,
  ],
  ["an unknown service", { web: release("a") }, ["apo", "--from", "staging", "--to", "prod"], /staging runs no apo\. It runs web/],
  [
    "what no commit holds",
    { api: release("dirty-1") },
    ["--all", "--from", "staging", "--to", "prod", "--yes"],
    /FL2002 prod takes only what was built from a commit/,
  ],
  [
    "what was never brought up",
    undefined,
    ["--all", "--from", "staging", "--to", "prod"],
    /Pulumi can't tell what staging runs:\nno stack named staging/,
  ],
])("promoting %s is refused in a sentence", async (...[, releases, args, expected]) => {
  const { status, stderr } = await repositoryThatRuns(releases).run("promote", ...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a file of promotions with a mistake is told without a stack trace", async () => {
  const { repository, run } = repositoryThatRuns({ api: release("abc") });
  repository.write("stacks/promotions.prod.yaml", "services:\n  api:\n    image: example.test/api:1\n");
  for (const [name, ...args] of [
    ["preview", "prod"],
    ["promote", "--all", "--from", "staging", "--to", "prod"],
  ]) {
    const { status, stderr } = await run(name!, ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(/stacks\/promotions\.prod\.yaml:2:3 {2}FL2011 {2}api has no image/);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

test("prod refuses sources that no commit holds, and dev names them dirty", async () => {
  const { repository, run } = repositoryThatRuns();
  repository.edit("stacks/Pulumi.prod.yaml", (text) => text.replace(/.*promoteFrom.*\n/, ""));
  repository.edit("apps/api/main.js", (text) => `${text}// not committed\n`);
  const { status, stderr } = await run("preview", "prod");
  expect(status).toBe(1);
  expect(stderr).toMatch(/FL2002 prod builds only what a commit holds[^]*api: [^\n]*apps\/api\/main\.js/);
  expect((await run("preview", "prod", "-c", "uncommittedSources=build")).status).toBe(0);
  const plan = JSON.parse((await run("preview", "dev", "--json")).stdout) as {
    resources: { type: string; name: string; inputs: { tags: string[] } }[];
  };
  const image = plan.resources.find(({ type, name }) => type === "docker-build:index:Image" && name === "api-arm64")!;
  expect(image.inputs.tags[0]).toMatch(/:1\.0\.0-dirty-[0-9a-f]{12}-arm64$/);
});

test("inspect ends with 2 and a sentence for what is no image, for nothing is known of it", async () => {
  const { run } = repositoryThatRuns();
  expect(await run("inspect", "stacks")).toMatchObject({ status: 2, stderr: expect.stringMatching(/^FL2117 .* not an OCI image layout/) });
  for (const file of ["./image.tar", "image.tar", "/nowhere/image", "../image"])
    expect(await run("inspect", file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`FL2118 there is no file or folder ${file}\n`),
    });
  const { status, stdout, stderr } = await run("inspect", "./image.tar", "--json");
  expect({ status, said: JSON.parse(stdout) as unknown, stderr }).toEqual({
    status: 2,
    said: { image: "./image.tar", error: { code: "FL2118", message: expect.stringMatching(/^there is no file or folder/) as string } },
    stderr: "",
  });
});

test("inspect ends with 2 and a sentence where the call is wrong", async () => {
  const { run } = repositoryThatRuns();
  expect(await run("inspect", "x:1", "--command", "[sh")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("expected a JSON array of texts"),
  });
  expect(await run("inspect", "x:1", "--platform", "linux/s390x")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("tasks run on linux/amd64 and linux/arm64"),
  });
});
