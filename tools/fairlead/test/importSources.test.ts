import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
let source: string;
beforeEach(() => {
  repository = new FixtureRepository();
  source = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-sources-")));
});
afterEach(() => {
  repository.remove();
  rmSync(source, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(source, path)), { recursive: true });
  writeFileSync(join(source, path), text);
}
const git = (...args: string[]) => execFileSync("git", args, { cwd: source });
const importCompose = (...args: string[]) => runCommand(repository.folder, "import", "compose", source, ...args);
const copied = (path: string) => existsSync(join(repository.folder, "apps/shop/source", path));

const project =
  "services:\n  shop:\n    build: .\n    ports: ['8080:3000']\n    env_file: [.env.local]\n    environment: { CUSTOMER: '${CUSTOMER}' }\n";
const dockerfile = 'FROM scratch\nUSER 1001\nCMD ["/shop"]\n';

test("what git ignores is neither read nor copied, and no link leads out of the folder", async () => {
  write("compose.yaml", project);
  write("Dockerfile", dockerfile);
  write(".gitignore", ".env\n.env.local\n");
  write(".env", "CUSTOMER=planted-customer\n");
  write(".env.local", "GREETING=planted-greeting\n");
  const outside = mkdtempSync(join(tmpdir(), "fairlead-outside-"));
  writeFileSync(join(outside, "key"), "planted-key");
  symlinkSync(join(outside, "key"), join(source, "key"));
  git("init", "--quiet");
  git("add", "--all");
  const { status, stdout } = await importCompose("--remove-examples", "--copy-sources");
  rmSync(outside, { recursive: true });
  expect(status).toBe(0);
  // It ends with 1 where it finds nothing.
  const grep = ["-rl", "planted", "--exclude-dir=node_modules", "--exclude-dir=.git", "."];
  const written = spawnSync("grep", grep, { cwd: repository.folder, encoding: "utf8" }).stdout;
  expect([written, stdout.includes("planted")]).toEqual(["", false]);
  expect(["Dockerfile", ".env", "key"].map(copied)).toEqual([true, false, false]);
});

test("beside a project without git files of keys are not copied", async () => {
  write("compose.yaml", "services: { shop: { build: ., ports: ['8080:3000'] } }\n");
  write("Dockerfile", dockerfile);
  for (const path of [".env", "private.pem", "id_ed25519", "main.js"]) write(path, "x");
  expect((await importCompose("--remove-examples", "--copy-sources")).status).toBe(0);
  expect(["main.js", ".env", "private.pem", "id_ed25519"].map(copied)).toEqual([true, false, false, false]);
});

test.each([
  ["extends", "services: { shop: { extends: { file: nope.yml, service: x } } }\n"],
  ["include", "include: [nope.yml]\nservices: { shop: { image: nginx:1.29 } }\n"],
])("a file that is not there is a problem, without a stack trace: %s", async (_, text) => {
  write("compose.yaml", text);
  const { status, stdout, stderr } = await importCompose("--remove-examples");
  expect(status).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain("nope.yml");
  expect(`${stdout}${stderr}`).not.toMatch(/ENOENT|at .*\.ts/);
});

test("--remove-examples leaves what an import wrote under an example's name", async () => {
  const called = (name: string) => `name: ${name}\nservices: { ${name}: { image: nginx:1.29, ports: ["80:80"] } }\n`;
  write("compose.yaml", called("web"));
  expect((await importCompose("--remove-examples")).status).toBe(0);
  rmSync(join(repository.folder, "import-report.md"));
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message", "web");
  const before = readFileSync(join(repository.folder, "apps/web/service.yaml"), "utf8");
  write("compose.yaml", called("other"));
  const { status, stdout, stderr } = await importCompose("--remove-examples");
  expect({ status, said: `${stdout}${stderr}`.includes("FL2905") }).toEqual({ status: 1, said: true });
  expect(readFileSync(join(repository.folder, "apps/web/service.yaml"), "utf8")).toBe(before);
});
