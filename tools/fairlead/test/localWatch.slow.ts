import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { ScriptedDocker, type DockerAnswer } from "../testing/scriptedDocker";
import { ComposeEngine } from "../src/local/composeEngine";
import { openLocal, type OpenLocal } from "../src/local/openLocal";
import { secretsDigest } from "../src/local/secrets";
import { changesIn } from "../src/local/watch/changes";
import { anyFile } from "../src/local/watch/fileChanges";
import { Watching } from "../src/local/watch/watching";

const repository = new FixtureRepository();
const docker = new ScriptedDocker();
const before = process.cwd();
const options = { stack: "dev" };
let compose: ComposeEngine;
let local: OpenLocal;
let watching: Watching;

beforeAll(async () => {
  process.chdir(repository.folder);
  docker.answer({});
  compose = await ComposeEngine.find();
  local = await openLocal(options, compose);
  const begun = { local, names: [], options: { ...options, timeout: "1" }, secrets: secretsDigest(local), isBegun: true };
  watching = await Watching.of(compose, begun);
});
afterAll(() => {
  watching.end();
  process.chdir(before);
  docker.remove();
  repository.remove();
});

/** What is said after files were saved, with an engine that answers so. */
async function said(paths: string[], answers: Record<string, DockerAnswer> = {}, by = watching): Promise<string> {
  docker.answer(answers);
  let text = "";
  const spy = jest.spyOn(process.stderr, "write").mockImplementation((part) => ((text += String(part)), true));
  await by.take(paths).finally(() => spy.mockRestore());
  return text;
}
const planned = async () => (await openLocal(options, compose)).text;
const composeFile = () => readFileSync(join(local.place.folder, "compose.yaml"), "utf8");
const main = "apps/web/main.js";
const manifest = "apps/web/service.yaml";

test("what is built anew is called as the next plan calls it", async () => {
  repository.write(main, "// another one\n");
  expect(await said([main])).toMatch(/^web: main\.js changed, rebuilt in \d+\.\d s\n$/);
  expect(composeFile()).toBe(await planned());
  expect(composeFile()).toMatch(/fairlead\.local\/web:1\.0\.0-dirty-/);
});

test("a file that is saved as it was starts nothing", async () => {
  expect(await said([main], { " up ": { status: 1 } })).toBe("");
});

test("a build that fails is told, and what runs stays what is written", async () => {
  const runs = composeFile();
  repository.write(main, "// a third one\n");
  const words = await said([main], {
    " up .*--build web": { status: 1, stderr: "failed to solve: no such file" },
    "^image inspect": { status: 1 },
  });
  expect(words).toMatch(/^apps\/web\/main\.js changed, and what ran before runs on:\nFL2703 [^]*failed to solve: no such file/);
  expect(composeFile()).toBe(runs);
  expect(await said([main])).toMatch(/^web: main\.js changed, rebuilt/);
});

test("a build that failed is told anew when what runs is what is saved", async () => {
  const failing = { " up .*--build web": { status: 1, stderr: "no such file" }, "^image inspect": { status: 1 } };
  repository.edit(main, (text) => `${text}// broken\n`);
  expect(await said([main], failing)).toMatch(/FL2703/);
  repository.edit(main, (text) => text.replace("// broken\n", ""));
  expect(await said([main])).toBe("web: main.js changed: all is as it was\n");
  expect(await said([main])).toBe("");
});

test("a folder that is moved away and back is told both times", async () => {
  const [folder, elsewhere] = [join(repository.folder, "apps/web"), join(repository.folder, "../web")];
  renameSync(folder, elsewhere);
  expect(await said(["apps/web"])).toMatch(/^apps\/web changed: .* anew/m);
  expect(composeFile()).not.toContain("fairlead.local/web:");
  renameSync(elsewhere, folder);
  expect(await said([main, "apps/web/Dockerfile", manifest])).toMatch(/changed: .*web.* anew/);
  expect(composeFile()).toContain("fairlead.local/web:");
});

test("of two that are saved together, the one that is broken keeps not the other", async () => {
  repository.write(main, "// a fourth one\n");
  repository.write("apps/api/main.js", "// another one\n");
  const words = await said([main, "apps/api/main.js"], {
    " up .*--build .*web": { status: 1, stderr: "broken" },
    "^image inspect": { status: 1 },
  });
  expect(words).toMatch(/^api: main\.js changed, rebuilt/);
  expect(words).toMatch(/FL2703 [^]*broken/);
  expect(await said([main])).toMatch(/^web: main\.js changed, rebuilt/);
});

test("what is built and doesn't start is told, and undoing it is a change again", async () => {
  const before = composeFile();
  repository.edit(main, (text) => `${text}// broken\n`);
  const words = await said([main], { " up .*--build web": { status: 1, stderr: "exec format error" } });
  expect(words).toMatch(/^web: main\.js changed, rebuilt[^]*FL2706 [^]*exec format error/);
  expect(words).not.toContain("runs on");
  repository.edit(main, (text) => text.replace("// broken\n", ""));
  expect(await said([main])).toMatch(/^web: main\.js changed, rebuilt/);
  expect(composeFile()).toBe(before);
});

test("files that have gone end nothing", async () => {
  const dockerfile = join(repository.folder, "apps/web/Dockerfile");
  renameSync(dockerfile, `${dockerfile}.gone`);
  expect(await said(["apps/web/Dockerfile"])).toMatch(/^apps\/web\/Dockerfile changed, and what ran before runs on:/);
  expect(await said([main])).toMatch(/^apps\/web\/main\.js changed, and what ran before runs on:/);
  renameSync(`${dockerfile}.gone`, dockerfile);
  expect(await said(["apps/web/Dockerfile"])).toMatch(/all is as it was/);
});

test("where the system has lost count of what changed, all is looked at", async () => {
  repository.edit("apps/api/main.js", (text) => `${text}// unseen\n`);
  expect(await said([anyFile])).toMatch(/changed: api anew/);
});

test("a manifest takes effect, and one with mistakes is told", async () => {
  repository.edit(manifest, (text) => `${text}environment:\n  GREETING: hello\n`);
  expect(await said([manifest])).toMatch(/^apps\/web\/service\.yaml changed: web anew, after \d+\.\d s$/m);
  expect(composeFile()).toContain("GREETING: hello");
  const runs = composeFile();
  repository.edit(manifest, (text) => `${text}cpus: 3\n`);
  expect(await said([manifest])).toMatch(/changed, and what ran before runs on:\n[^]*apps\/web\/service\.yaml:\d+:1 {2}FL1002/);
  expect(composeFile()).toBe(runs);
  repository.edit(manifest, (text) => text.replace("cpus: 3\n", ""));
  expect(await said([manifest], { " up ": { status: 1 } })).toMatch(/all is as it was/);
});

test("where the engine can't start it, nobody says that all runs on", async () => {
  repository.edit(manifest, (text) => text.replace("hello", "broken"));
  const words = await said([manifest], { " up ": { status: 1, stderr: "port is already allocated" } });
  expect(words).toMatch(
    /^apps\/web\/service\.yaml changed, and some of what ran before may be gone:\nFL2706 [^]*port is already allocated/m,
  );
  expect(words).not.toContain("runs on");
  // What was replaced by then is to come back, though the plan is that of before.
  repository.edit(manifest, (text) => text.replace("broken", "hello"));
  expect(await said([manifest])).toMatch(/^apps\/web\/service\.yaml changed: brought up, after/m);
  expect(await said([manifest])).toMatch(/all is as it was/);
});

test("where nothing runs yet, nobody says that it runs on", async () => {
  const begun = { local, names: [], options: { ...options, timeout: "1" }, secrets: secretsDigest(local), isBegun: false };
  const unbegun = await Watching.of(compose, begun);
  const words = await said([main], { " build ": { status: 1, stderr: "no such file" } }, unbegun);
  unbegun.end();
  expect(words).toMatch(/^apps\/web\/main\.js changed, and nothing was started:\nFL2703 /m);
});

test.each(["promoteFrom: staging", `pinnedImages: { web: { tag: 0.9.0-cccccccccccc, digest: "sha256:${"c".repeat(64)}" } }`])(
  "what this checkout has runs, whatever %s",
  async (setting) => {
    const file = "stacks/Pulumi.dev.yaml";
    repository.edit(file, (text) => `${text}  fairlead:${setting}\n`);
    expect(await said([file], { " up ": { status: 1 } })).toMatch(/all is as it was/);
    repository.edit(file, (text) => text.slice(0, text.lastIndexOf("  fairlead:")));
  },
);

test("so does the stack's program, which this process has loaded", async () => {
  repository.edit("stacks/dev.ts", (text) => text.replace('"dev.internal"', '"other.internal"'));
  expect(await said(["stacks/dev.ts"])).toMatch(/^stacks\/dev\.ts changed: .*web.* anew/m);
  expect(composeFile()).toContain("api.other.internal");
  repository.edit("stacks/dev.ts", (text) =>
    text.replace("const { region } = settings;", 'const { region } = settings; throw new Error("planted");'),
  );
  expect(await said(["stacks/dev.ts"])).toMatch(/what ran before runs on:\n[^]*planted/);
  repository.edit(manifest, (text) => text.replace("hello", "again"));
  repository.edit("stacks/dev.ts", (text) => text.replace(' throw new Error("planted");', ""));
  expect(await said([manifest])).toMatch(/web anew/);
  expect(composeFile()).toContain("api.other.internal");
});

test("what mends a build may be a file that nothing named before", async () => {
  repository.edit("apps/api/Dockerfile", (text) => text.replace("COPY main.js", "COPY main.js other.js"));
  expect(await said(["apps/api/Dockerfile"], { " build accounts": { status: 1, stderr: "no other.js" } })).toMatch(
    /runs on:\nFL2703 [^]*no other\.js/,
  );
  repository.write("apps/api/other.js", "");
  expect(await said(["apps/api/other.js"])).toMatch(/^apps\/api\/other\.js changed: api anew/m);
});

test.each<[string, object]>([
  ["stacks/dev.ts", { program: ["stacks/dev.ts"] }],
  ["stacks/environments.json", { program: ["stacks/environments.json"] }],
  ["stacks/.dev.ts.swp", {}],
  ["stacks/Pulumi.dev.yaml", { settings: ["stacks/Pulumi.dev.yaml"] }],
  ["stacks/local.secrets.env", { settings: ["stacks/local.secrets.env"] }],
  ["Pulumi.yaml", { settings: ["Pulumi.yaml"] }],
  ["apps/new/service.yaml", { settings: ["apps/new/service.yaml"] }],
  ["apps/web/Dockerfile", { settings: ["apps/web/Dockerfile"] }],
  ["apps/web/.dockerignore", { settings: ["apps/web/.dockerignore"] }],
  ["apps/web/main.js", { sources: new Map([["web", ["apps/web/main.js"]]]) }],
  ["apps/web/README.md", {}],
  ["apps/web", { settings: ["apps/web"] }],
  ["apps", { settings: ["apps"] }],
  ["stacks", { program: ["stacks"] }],
  ["apps/we", {}],
  ["apps/new", {}],
  ["packages/other/index.ts", {}],
])("%s is what it is to the environment", (path, expected) => {
  expect(changesIn([path], local, [])).toEqual({ program: [], settings: [], sources: new Map(), ...expected });
});

test("what nobody asked for is not built", () => {
  const { sources } = changesIn(["apps/web/main.js", "apps/api/main.js", "apps/report-writer/main.js"], local, ["web"]);
  expect([...sources.keys()].sort()).toEqual(["api", "web"]);
});

/** As the environment is, but that web is built from another path. */
function withWebFrom(path: string): OpenLocal {
  const service = { ...local.environment.compose.services.web!, develop: { watch: [{ action: "rebuild" as const, path }] } };
  const compose = { ...local.environment.compose, services: { ...local.environment.compose.services, web: service } };
  return { ...local, environment: { ...local.environment, compose } };
}

test("of a context that is copied as a whole, what is installed beside it builds nothing", () => {
  const paths = ["apps/web/a/b.js", "apps/web/node_modules/x/index.js", "apps/webs/c.js"];
  const { sources } = changesIn(paths, withWebFrom("./apps/web"), ["web"]);
  expect(sources).toEqual(new Map([["web", ["apps/web/a/b.js"]]]));
});

test("a folder counts as what is in it", () => {
  const { sources } = changesIn(["packages", "packages/shared", "packages/share"], withWebFrom("./packages/shared/src"), ["web"]);
  expect(sources).toEqual(new Map([["web", ["packages", "packages/shared"]]]));
  const tasks = local.environment.tasks.map((task) => (task.name === "web" ? { ...task, file: "services/web/service.yaml" } : task));
  const { settings } = changesIn(["services/web", "services/api"], { ...local, environment: { ...local.environment, tasks } }, []);
  expect(settings).toEqual(["services/web"]);
});
