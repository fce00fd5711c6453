import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
let source: string;
beforeEach(() => {
  repository = new FixtureRepository();
  source = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-copilot-")));
  for (const [path, text] of Object.entries(shop)) write(path, text);
});
afterEach(() => {
  repository.remove();
  rmSync(source, { recursive: true, force: true });
});

const shop = {
  "copilot/.workspace": "application: shop\n",
  "copilot/cart/manifest.yml": [
    "name: cart",
    "type: Load Balanced Web Service",
    "image: { build: cart/Dockerfile, port: 8080 }",
    "http: { path: cart, healthcheck: /health }",
    "variables:",
    "  STOCK: http://stock.${COPILOT_ENVIRONMENT_NAME}.shop.local:9090",
    "secrets: { KEY: /shop/key }",
    "environments:",
    "  live: { cpu: 512, memory: 1024, count: 2 }",
    "",
  ].join("\n"),
  "copilot/stock/manifest.yml": "name: stock\ntype: Backend Service\nimage: { build: stock/Dockerfile, port: 9090 }\n",
  "copilot/environments/trial/manifest.yml": "name: trial\ntype: Environment\n",
  "cart/Dockerfile": "FROM scratch\nUSER 1001\n",
  "cart/main.js": "start(process.env.COPILOT_SERVICE_NAME);\n",
  "stock/Dockerfile": "FROM scratch\nUSER 1001\n",
};

function write(path: string, text: string): void {
  mkdirSync(dirname(join(source, path)), { recursive: true });
  writeFileSync(join(source, path), text);
}

const importCopilot = (...args: string[]) => runCommand(repository.folder, "import", "copilot", source, ...args);
const read = (path: string) => readFileSync(join(repository.folder, path), "utf8");
/** What git sees of the repository. */
const state = () => repository.git("status", "--porcelain", "--untracked-files=all");

test("an application is taken over to a plan of each environment, and a second import changes nothing", async () => {
  const first = await importCopilot("--remove-examples", "--copy-sources");
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toMatch(/^shop: 2 services, 2 environments \(trial, live\)$/m);
  expect(first.stdout).toMatch(/^trial: \d+ resources, \d+ findings of the policies, at least \$[\d.]+ a month/m);
  expect(first.stdout).toMatch(/^live: \d+ resources/m);
  expect(read("apps/cart/service.yaml")).toContain("cpu: 512");
  expect(read("apps/cart/source/cart/main.js")).toBe(shop["cart/main.js"]);
  expect(read("stacks/environments.json")).toBe('{ "environments": ["trial", "live"] }\n');
  expect(existsSync(join(repository.folder, "apps/web"))).toBe(false);
  expect(read("import-report.md")).toMatch(/cart calls stock: sure/);
  expect(readdirSync(repository.folder).filter((name) => name.startsWith(".fairlead"))).toEqual([]);

  const before = state();
  const second = await importCopilot("--remove-examples", "--copy-sources");
  expect(second).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Nothing changes: all \d+ files are there already\.$/m) as string,
  });
  expect(state()).toBe(before);
});

test("the programs find what Copilot gave them: names in DNS, and the variables that they ask for", async () => {
  await importCopilot("--remove-examples", "--copy-sources");
  expect(read("stacks/live.ts")).toContain('namespaceName: "live.shop.local"');
  const { stdout } = await runCommand(repository.folder, "preview", "live", "--json");
  const { resources } = JSON.parse(stdout) as { resources: { type: string; name: string; inputs: { containerDefinitions?: unknown } }[] };
  const task = resources.find(({ type, name }) => type === "aws:ecs/taskDefinition:TaskDefinition" && name === "cart");
  const definitions = JSON.stringify(task?.inputs.containerDefinitions).replaceAll("\\", "");
  expect(definitions).toContain('"name":"COPILOT_SERVICE_NAME","value":"cart"');
  expect(definitions).toContain('"name":"STOCK","value":"http://stock.live.shop.local:9090"');
});

test("a key of the source can't write to the terminal", async () => {
  const manifest = "copilot/worker/manifest.yml";
  write(manifest, 'name: worker\ntype: Worker Service\nimage: { location: "nginx:1" }\nsecrets: { "A\\e[2J": { from_cfn: x } }\n');
  const { stdout } = await importCopilot("--remove-examples", "--dry-run");
  expect(stdout).toContain("\\x1b[2J");
  expect(stdout).not.toContain("\u001b");
});

test("files in the way are all told before anything is written: FL2905", async () => {
  repository.write("apps/stock/service.yaml", "name: stock\n");
  const before = state();
  const { status, stderr } = await importCopilot();
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^FL2905 3 files are in the way[^]*\n {2}apps\/stock\/service\.yaml\n {2}stacks\/data\.ts\n {2}stacks\/environments\.json\n {2}fix: /,
  );
  expect(state()).toBe(before);
});

test("examples that git would not give back stay: FL2907", async () => {
  repository.edit("apps/web/service.yaml", (text) => `${text}# mine\n`);
  const before = state();
  const { status, stderr } = await importCopilot("--remove-examples");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^FL2907 [^]*apps\/web\/service\.yaml/);
  expect(state()).toBe(before);
});

test("a dry run says what would be written, and writes nothing", async () => {
  const { status, stdout } = await importCopilot("--remove-examples", "--dry-run");
  expect(status).toBe(0);
  expect(stdout).toMatch(/files would be written:\n(?: {2}.*\n)* {2}apps\/cart\/service\.yaml$/m);
  expect(state()).toBe("");
});

test("a mistake in the source is shown with its line, and nothing is written", async () => {
  write("copilot/cart/manifest.yml", shop["copilot/cart/manifest.yml"].replace("cpu: 512", "cpu: half"));
  const { status, stderr } = await importCopilot("--remove-examples");
  expect(status).toBe(1);
  expect(stderr).toMatch(/manifest\.yml:9:16 {2}FL2904 {2}cpu is "half"\n {2}9 \| {3}live: \{ cpu: half[^]*expected: a whole number/);
  expect(state()).toBe("");
});

test("sources of another repository that are not copied are to be decided", async () => {
  const { stdout } = await importCopilot("--remove-examples", "--json");
  const { findings, application } = JSON.parse(stdout) as {
    application: string;
    findings: { outcome: string; service?: string; text?: string; place: { file: string; line: number } }[];
  };
  expect(application).toBe("shop");
  expect(
    findings
      .filter(({ text }) => text?.includes("outside of this repository"))
      .map(({ outcome, service, place }) => [outcome, service, `${place.file}:${place.line}`]),
  ).toEqual([
    ["decide", "cart", "copilot/cart/manifest.yml:3"],
    ["decide", "stock", "copilot/stock/manifest.yml:3"],
  ]);
});

test.each([
  ["a folder without an application", ["nothing"], /^FL2906 nothing has no Copilot application\.\n {2}expected: .*\n {2}fix: /],
  ["a folder that is not there", ["missing"], /^FL2906 there is no folder missing\.\n {2}expected: .*\n {2}fix: /],
])("%s is refused: FL2906", async (_, args, expected) => {
  repository.write("nothing/readme.txt", "x");
  const { status, stderr } = await runCommand(repository.folder, "import", "copilot", ...args);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(expected) as string });
});

test("docs/manifest-from-copilot.md is what the import translates by", async () => {
  const page = readFileSync(join(__dirname, "../../../docs/manifest-from-copilot.md"), "utf8");
  expect((await runCommand(repository.folder, "import", "copilot-keys")).stdout).toBe(page);
});

test("a folder with several applications asks for one of them: FL2906", async () => {
  write("second/copilot/.workspace", "application: other\n");
  const { stderr } = await importCopilot();
  expect(stderr).toMatch(/^FL2906 .* has 2 Copilot applications\.\n {2}expected: .*\n {2}fix: [^]*second/);
});
