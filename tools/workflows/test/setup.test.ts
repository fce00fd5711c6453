import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const wanted = {
  "": { name: "shop" },
  "node_modules/tool": { version: "1.2.0", integrity: "sha512-a" },
  "node_modules/tool-of-another-platform": { version: "1.2.0", integrity: "sha512-b", optional: true },
  "node_modules/@shop/api": { resolved: "packages/api", link: true },
};
const { "": _, "node_modules/tool-of-another-platform": __, ...installed } = wanted;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-setup-"));
  for (const name of ["tools", "bin", "node_modules"]) mkdirSync(join(folder, name));
  copyFileSync(resolve(__dirname, "../../setup.mjs"), join(folder, "tools/setup.mjs"));
  // Stands in for npm: says that it was called.
  writeFileSync(join(folder, "bin/npm"), '#!/bin/sh\necho "npm $1 was called" >&2\n');
  chmodSync(join(folder, "bin/npm"), 0o755);
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: wanted }));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Whether the setup installs, where npm's record of what is installed says this. */
function installs(packages?: object): boolean {
  if (packages) writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages }));
  const { status, stderr, stdout } = spawnSync(process.execPath, ["tools/setup.mjs", "echo", "started"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: [join(folder, "bin"), process.env.PATH].join(delimiter) },
  });
  expect([status, stdout]).toEqual([0, "started\n"]);
  return stderr.includes("npm ci was called");
}

test("what npm ci made is not installed again, nor what is for another platform", () => expect(installs(installed)).toBe(false));

test.each([
  ["nothing", undefined],
  ["a package less", { ...installed, "node_modules/tool": undefined }],
  ["a package more", { ...installed, "node_modules/gone": { version: "3.0.0", integrity: "sha512-c" } }],
  ["a workspace more", { ...installed, "node_modules/@fairlead/gone": { resolved: "packages/gone", link: true } }],
  ["another version", { ...installed, "node_modules/tool": { version: "1.1.0", integrity: "sha512-a" } }],
  ["another content of a version", { ...installed, "node_modules/tool": { version: "1.2.0", integrity: "sha512-z" } }],
])("with %s in node_modules, npm ci runs before the command", (_what, packages) => expect(installs(packages)).toBe(true));
