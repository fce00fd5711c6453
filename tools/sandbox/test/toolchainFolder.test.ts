import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeSuperseded } from "../src/paths";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-toolchain-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A recipe's folder, made at a time. */
function made(name: string, time: number): string {
  const path = join(folder, name);
  mkdirSync(path);
  utimesSync(path, time, time);
  return path;
}

test("of a recipe the newest stays and the one before, whatever other recipes begin with its name", () => {
  const kept = ["pulumi-language-nodejs-aaaaaaaaaaaa", "pulumi-bbbbbbbbbbbb.part", "runc-debian"];
  for (const name of kept) made(name, 1);
  made("pulumi-000000000001", 10);
  made("pulumi-000000000002", 30);
  made("pulumi-000000000003", 20);
  removeSuperseded(made("pulumi-000000000004", 40));
  expect(readdirSync(folder).sort()).toEqual(["pulumi-000000000002", "pulumi-000000000004", ...kept].sort());
});

test("what was just built stays, though its folder may be older than others", () => {
  made("moto-000000000001", 20);
  removeSuperseded(made("moto-000000000002", 10));
  expect(readdirSync(folder).sort()).toEqual(["moto-000000000001", "moto-000000000002"]);
});
