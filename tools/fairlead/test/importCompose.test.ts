import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
let source: string;
beforeEach(() => {
  repository = new FixtureRepository();
  source = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-compose-")));
  for (const [path, text] of Object.entries(shop)) write(path, text);
});
afterEach(() => {
  repository.remove();
  rmSync(source, { recursive: true, force: true });
});

const shop = {
  "compose.yaml": [
    "name: shop",
    "services:",
    "  cart:",
    "    build: ./cart",
    "    ports: ['8080:8080']",
    "    environment:",
    "      DATABASE_URL: postgres://cart:cart@db:5432/carts",
    "      REDIS_URL: redis://cache:6379",
    "      STOCK: http://stock:9090",
    "    depends_on: { migrate: { condition: service_completed_successfully } }",
    "  stock: { image: 'registry.example.com/stock:1', expose: ['9090'], volumes: ['files:/srv'] }",
    "  pages: { image: 'nginx:1.27', ports: ['8081:80'], volumes: ['./pages.conf:/etc/nginx/conf.d/default.conf'] }",
    "  migrate: { build: ./cart, command: [migrate], environment: { DATABASE_URL: 'postgres://cart:cart@db:5432/carts' } }",
    "  db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: cart, POSTGRES_DB: carts } }",
    "  cache: { image: 'redis:7' }",
    "volumes: { files: }",
    "",
  ].join("\n"),
  "cart/Dockerfile": "FROM scratch\nUSER 1001\n",
  "cart/main.js": "start();\n",
  "pages.conf": "server {}\n",
};

function write(path: string, text: string): void {
  mkdirSync(dirname(join(source, path)), { recursive: true });
  writeFileSync(join(source, path), text);
}

const importCompose = (...args: string[]) => runCommand(repository.folder, "import", "compose", ...args);
const read = (path: string) => readFileSync(join(repository.folder, path), "utf8");
/** What git sees of the repository. */
const state = () => repository.git("status", "--porcelain", "--untracked-files=all");

test("a project is taken over to a plan, and a second import changes nothing", async () => {
  const first = await importCompose(source, "--remove-examples", "--copy-sources");
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toMatch(/^shop: 4 services, 1 environment \(dev\)$/m);
  expect(first.stdout).toMatch(/^dev: \d+ resources, \d+ findings of the policies, at least \$[\d.]+ a month/m);
  expect(read("apps/cart/source/cart/main.js")).toBe(shop["cart/main.js"]);
  expect(read("apps/pages/pages.conf")).toBe(shop["pages.conf"]);
  expect(read("apps/pages/Dockerfile")).toContain('COPY ["pages.conf","/etc/nginx/conf.d/default.conf"]');
  expect(read("apps/migrate/service.yaml")).toMatch(/^before:\n {2}- cart$/m);
  expect(read("import-report.md")).toMatch(/^# Import of the Compose project shop$/m);
  expect(existsSync(join(repository.folder, "apps/web"))).toBe(false);

  const before = state();
  const second = await importCompose(source, "--remove-examples", "--copy-sources");
  expect(second).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Nothing changes: all \d+ files are there already\.$/m) as string,
  });
  expect(state()).toBe(before);
});

test("the programs find what Compose gave them, under the names that they ask for", async () => {
  await importCompose(source, "--remove-examples", "--copy-sources");
  const { stdout } = await runCommand(repository.folder, "preview", "dev", "--json");
  const { resources } = JSON.parse(stdout) as { resources: { type: string; name: string; inputs: { containerDefinitions?: unknown } }[] };
  const task = resources.find(({ type, name }) => type === "aws:ecs/taskDefinition:TaskDefinition" && name === "cart");
  const definitions = JSON.stringify(task?.inputs.containerDefinitions).replaceAll("\\", "");
  expect(definitions).toMatch(/"name":"STOCK","value":"http:\/\/stock\.shop\.internal:9090"/);
  expect(definitions).toContain('"name":"DATABASE_URL"');
  expect(definitions).toContain('"name":"REDIS_URL"');
});

test("files are merged in the order in which they are named, and profiles are taken over", async () => {
  write("prod.yaml", "services:\n  stock: { environment: { MODE: prod } }\n  extra: { image: 'e:1', profiles: [extra] }\n");
  await importCompose(join(source, "compose.yaml"), join(source, "prod.yaml"), "--profile", "extra", "--remove-examples", "--copy-sources");
  expect(read("apps/stock/service.yaml")).toContain("MODE: prod");
  expect(existsSync(join(repository.folder, "apps/extra/service.yaml"))).toBe(true);
});

test("Compose files, which may have secrets in them, are not copied with the sources", async () => {
  write("compose.yaml", "services: { cart: { build: ., ports: ['80:80'] } }\n");
  write("Dockerfile", "FROM scratch\n");
  await importCompose(source, "--remove-examples", "--copy-sources");
  expect(existsSync(join(repository.folder, "apps/cart/source/Dockerfile"))).toBe(true);
  expect(existsSync(join(repository.folder, "apps/cart/source/compose.yaml"))).toBe(false);
});

test("a dry run says what would be written, and writes nothing", async () => {
  const { status, stdout } = await importCompose(source, "--remove-examples", "--dry-run");
  expect(status).toBe(0);
  expect(stdout).toMatch(/files would be written:\n(?: {2}.*\n)* {2}apps\/cart\/service\.yaml$/m);
  expect(stdout).toMatch(/decide .*compose\.yaml:4:12 .*cart: services\.cart\.build\n.*outside of this repository/);
  expect(state()).toBe("");
});

test("a mistake in the source is shown with its line, and nothing is written", async () => {
  write("compose.yaml", shop["compose.yaml"].replace("expose: ['9090']", "expose: ['many']"));
  const { status, stderr } = await importCompose(source, "--remove-examples");
  expect(status).toBe(1);
  expect(stderr).toMatch(/compose\.yaml:11:60 {2}FL2904 [^]*expected: a port from 1 to 65535/);
  expect(state()).toBe("");
});

test.each([
  ["a folder without a Compose file", "nothing", /^FL2906 nothing has no Compose file\.\n {2}expected: compose\.yaml[^]*\n {2}fix: /],
  ["a file that is not there", "missing.yaml", /^FL2906 there is no file or folder missing\.yaml\.\n {2}expected: .*\n {2}fix: /],
])("%s is refused: FL2906", async (_, path, expected) => {
  repository.write("nothing/readme.txt", "x");
  const { status, stderr } = await importCompose(path);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(expected) as string });
});

test("docs/manifest-from-compose.md is what the import translates by", async () => {
  const page = readFileSync(join(__dirname, "../../../docs/manifest-from-compose.md"), "utf8");
  expect((await runCommand(repository.folder, "import", "compose-keys")).stdout).toBe(page);
});
