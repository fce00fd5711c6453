import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { readJson } from "../testing/workflows";

const script = resolve(__dirname, "../../installPulumi.mjs");
const sdk = "@pulumi/pulumi";
const { dependencies } = readJson<{ dependencies: Record<string, string> }>("stacks/package.json");

const home = mkdtempSync(join(tmpdir(), "fairlead-home-"));
afterAll(() => rmSync(home, { recursive: true }));

test("the CLI is that of the stacks' SDK, and one that is installed is not fetched again", () => {
  const version = dependencies[sdk]!;
  const cli = join(home, ".pulumi/versions", version, "bin/pulumi");
  mkdirSync(dirname(cli), { recursive: true });
  writeFileSync(cli, `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: "utf8", env: { ...process.env, HOME: home } });
  expect({ stdout, stderr, status }).toEqual({ stdout: `${dirname(cli)}\n`, stderr: "", status: 0 });
});

test("docs/sandbox.md tells the workflows' engine from the one that the sandbox builds", () => {
  const page = readFileSync(resolve(__dirname, "../../../docs/sandbox.md"), "utf8").replace(/\s+/g, " ");
  const [, built] = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(resolve(__dirname, "../../sandbox/toolchain/pulumi/go.mod"), "utf8"))!;
  expect(page).toContain(`The engine that it builds is Pulumi ${built}; the workflows install the one of the SDK, ${dependencies[sdk]}`);
});

test("the installer takes no package but the SDK, which the stacks declare", () => {
  const text = readFileSync(script, "utf8");
  const taken = [...text.matchAll(/(?:from|require\w*\()\s*"(?:node:)?([^"]+)"/g)].map(([, name]) => name!);
  const packages = taken.filter((name) => !builtinModules.includes(name)).map((name) => name.split("/").slice(0, 2).join("/"));
  expect(packages).toEqual([sdk]);
});
