import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { markAsUsed, removeUnneeded } from "../src/corpus/unneeded";

let toolchain: string;
beforeEach(() => (toolchain = mkdtempSync(join(tmpdir(), "fairlead-toolchain-"))));
afterEach(() => rmSync(toolchain, { recursive: true }));

const now = Date.now();

/** A folder that was last used so many minutes ago. */
function used(name: string, minutes: number): string {
  const path = join(toolchain, name);
  mkdirSync(path, { recursive: true });
  const time = new Date(now - minutes * 60_000);
  utimesSync(path, time, time);
  return path;
}

test("of the corpus goes what is not needed and was not used within the hour, and nothing else of a toolchain", () => {
  const needed = ["corpus-root-node-aaaaaaaaaaaa", "corpus-parts/bash-aaaaaaaaaaaa"].map((name) => used(name, 90));
  const ofAnotherClone = ["corpus-root-node-bbbbbbbbbbbb", "corpus-parts/bash-bbbbbbbbbbbb", "corpus-parts/npm.downloads-x"];
  const others = ["pulumi-cccccccccccc", "base-image-cccccccccccc", "runc-debian"];
  const old = ["corpus-root-node-cccccccccccc", "corpus-8c7292c551c0", "corpus-parts/bash-cccccccccccc", "corpus-parts/npm.downloads-y"];
  for (const name of ofAnotherClone) used(name, 30);
  for (const name of [...others, ...old]) used(name, 90);
  used("corpus-parts", 90);
  removeUnneeded(toolchain, needed, now);
  for (const path of needed) expect(existsSync(path)).toBe(true);
  for (const name of [...ofAnotherClone, ...others]) expect([name, existsSync(join(toolchain, name))]).toEqual([name, true]);
  for (const name of old) expect([name, existsSync(join(toolchain, name))]).toEqual([name, false]);
});

test("what is marked as used stays for an hour", () => {
  markAsUsed(used("corpus-root-node-aaaaaaaaaaaa", 600));
  removeUnneeded(toolchain, []);
  expect(readdirSync(toolchain)).toEqual(["corpus-root-node-aaaaaaaaaaaa"]);
});
