import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const root = resolve(__dirname, "../../..");
const repository = new FixtureRepository();
afterAll(() => repository.remove());

const fairlead = (name: string, ...args: string[]) => runCommand(repository.folder, name, ...args);

test("manifest show prints what an environment reads, and where each value comes from", async () => {
  const shown = (await fairlead("manifest", "show", "api", "prod")).stdout;
  expect(shown).toMatch(/^name: api # apps\/api\/service.yaml:\d+$/m);
  expect(shown).toMatch(/^cpu: 512 # apps\/api\/service.yaml:\d+, environments.prod$/m);
  expect(shown).toMatch(/^desiredCount: 3 # default of prod$/m);
  expect(shown).toMatch(/^ {2}intervalSeconds: 15 # default$/m);
  expect(shown).not.toMatch(/retries|timeoutMinutes/);
  const { values, origins } = JSON.parse((await fairlead("manifest", "show", "api", "dev", "--json")).stdout) as {
    values: { cpu: number };
    origins: Record<string, string>;
  };
  expect(values.cpu).toBe(256);
  expect(origins["runtimePlatform/cpuArchitecture"]).toBe("default of dev");
});

test("manifest show prints no login of a URL, and to programs what the manifest says", async () => {
  const url = "redis://:pl4nted@cache.example.com:6379";
  repository.edit("apps/web/service.yaml", (text) => `${text}environment:\n  CACHE: ${url}\n`);
  expect((await fairlead("manifest", "show", "web", "dev")).stdout).toMatch(/CACHE: redis:\/\/…@cache\.example\.com:6379 #/);
  const { stdout } = await fairlead("manifest", "show", "web", "dev", "--json");
  expect((JSON.parse(stdout) as { values: { environment: object } }).values.environment).toMatchObject({ CACHE: url });
});

test("manifest show of a service that there is not names those that there are", async () => {
  const { status, stderr } = await fairlead("manifest", "show", "apy", "dev");
  expect(status).toBe(1);
  expect(stderr).toMatch(/no service "apy".*Services: accounts-migration, api/);
});

test("the page of service.yaml and the schema are those of the sources", async () => {
  expect((await fairlead("schema", "--markdown")).stdout).toBe(readFileSync(join(root, "docs/service.yaml.md"), "utf8"));
  expect((await fairlead("schema")).stdout).toBe(readFileSync(join(root, "packages/manifest/service.schema.json"), "utf8"));
});
