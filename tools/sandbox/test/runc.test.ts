import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { usableRunc } from "../src/machine/runc";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "fairlead-runc-"))));
afterEach(() => rmSync(root, { recursive: true }));

/** A runc that gives these answers and refuses everything else. */
function runc(folder: string, answers: { features?: string; version?: string }): string {
  const answer = (text = "") => (text ? `echo '${text}'` : "exit 1");
  const program = join(root, folder, "runc");
  mkdirSync(join(root, folder));
  writeFileSync(
    program,
    `#!/bin/sh\ncase "$1" in\nfeatures) ${answer(answers.features)};;\n--version) ${answer(answers.version)};;\n*) exit 1;;\nesac\n`,
  );
  chmodSync(program, 0o755);
  return program;
}

const enabled = JSON.stringify({ ociVersionMin: "1.0.0", linux: { seccomp: { enabled: true, actions: ["SCMP_ACT_ALLOW"] } } });
const withLibrary = "runc version 1.0.3\nspec: 1.0.2-dev\ngo: go1.17\nlibseccomp: 2.5.4";
const withoutLibrary = "runc version 1.0.3\nspec: 1.0.2-dev\ngo: go1.17";

test.each([
  ["whose features say so", { features: enabled, version: withLibrary }],
  ["that knows no features and names the library", { version: withLibrary }],
])("takes a runc %s", (_, answers) => {
  expect(usableRunc(join(runc("bin", answers), ".."))).toBe(join(root, "bin", "runc"));
});

test.each([
  ["that was built without seccomp", { features: JSON.stringify({ linux: { seccomp: { enabled: false } } }), version: withoutLibrary }],
  ["whose features are silent about seccomp", { features: JSON.stringify({ ociVersionMin: "1.0.0" }), version: withoutLibrary }],
  ["that is older than features and has no library", { version: withoutLibrary }],
  ["that does not run", {}],
])("passes over a runc %s", (_, answers) => {
  expect(usableRunc(join(runc("bin", answers), ".."))).toBeUndefined();
});

test("goes on along PATH after one that can't", () => {
  runc("first", { version: withoutLibrary });
  const second = runc("second", { features: enabled });
  expect(usableRunc([join(root, "first"), join(root, "second")].join(delimiter))).toBe(second);
});

test("a machine without runc has none", () => expect(usableRunc(root)).toBeUndefined());
