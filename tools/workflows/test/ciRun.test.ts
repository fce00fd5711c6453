import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "fairlead-ci-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(file: string, line: string): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}

cpSync(resolve(__dirname, "../../../.ci/run"), join(folder, "clone/.ci/run"));
mkdirSync(join(folder, "clone/stacks"));
for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `clone/stacks/Pulumi.${stack}.yaml`), "");
program("bin/npm", "exit 0");
program("bin/npx", "echo '{}'");

/** The last lines of CI, in a clone with two stacks whose other steps all pass. */
function lastLines(count = 2): { status: number | null; lines: string[] } {
  const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
  const { stdout, status } = spawnSync("bash", [join(folder, "clone/.ci/run")], { encoding: "utf8", env });
  return { status, lines: stdout.trimEnd().split("\n").slice(-count) };
}

const unjudged = "2 plans were not judged by the AWS provider: dev, prod";

test("without the judge beside the clone, CI ends with how many plans were not judged", () => {
  expect(lastLines()).toEqual({ status: 0, lines: [expect.stringContaining(unjudged), expect.stringMatching(/^\d+ passed, 0 failed$/)] });
});

/** Each step says how long it took. */
const lastStep: unknown = expect.stringMatching(/^== passed: npm run sandbox \(\d+ s\)$/);

test.each([
  ["that has no provider judges nothing", 3, 0, [expect.stringContaining(unjudged), expect.stringMatching(/^\d+ passed, 0 failed$/)]],
  ["that accepts the plans is not spoken of", 0, 0, [lastStep, expect.stringMatching(/^\d+ passed, 0 failed$/)]],
  ["that refuses them fails CI", 1, 1, ["== what failed: the plan of prod", expect.stringMatching(/^\d+ passed, 2 failed$/)]],
])("a judge %s", (_, code, status, lines) => {
  program("shared/provider-check/check", `exit ${code}`);
  expect(lastLines()).toEqual({ status, lines });
});

test("the sandbox, which runs beside the other steps, is shown and fails CI", () => {
  program("shared/provider-check/check", "exit 0");
  program("bin/npm", 'if [ "$*" = "run sandbox" ]; then echo 5 passed, 1 failed; exit 1; fi');
  const said = "5 passed, 1 failed";
  const again = ["== what failed: npm run sandbox", said];
  const last = expect.stringMatching(/^\d+ passed, 1 failed$/) as string;
  expect(lastLines(5)).toEqual({ status: 1, lines: [said, "== FAILED: npm run sandbox (0 s)", ...again, last] });
});

test("what failed early is shown once more at the end", () => {
  program("bin/npm", 'case "$*" in test) echo " ● the routes › are compared"; seq 100; exit 1;; "run browser") echo seen;; esac');
  const { lines } = lastLines(43);
  expect(lines.slice(0, 3)).toEqual(["== what failed: npm test", " ● the routes › are compared", "61"]);
  expect(lines.slice(-2)).toEqual(["100", expect.stringMatching(/^\d+ passed, 1 failed$/)]);
});
