import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "fairlead-needs-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command where these programs are all that there is: each with the status that it ends with. */
function needs(tool: string, programs: Record<string, number>) {
  const path = join(folder, Object.keys(programs).join("-") + Object.values(programs).join("-") + tool);
  mkdirSync(path);
  for (const [name, status] of Object.entries(programs)) {
    writeFileSync(join(path, name), `#!/bin/sh\nexit ${status}\n`);
    chmodSync(join(path, name), 0o755);
  }
  const command = [join(__dirname, "../bin/fairlead.js"), "needs", tool];
  const { status, stderr } = spawnSync(process.execPath, command, { env: { ...process.env, PATH: path }, encoding: "utf8" });
  return { status, stderr };
}

test.each<{ tool: string; programs: Record<string, number>; says: RegExp }>([
  { tool: "pulumi", programs: {}, says: /^There is no Pulumi CLI .*https:\/\/.*\n$/ },
  { tool: "buildx", programs: {}, says: /^Images are built by `docker buildx`, .*https:\/\/.*\n$/ },
  { tool: "buildx", programs: { docker: 1 }, says: /^Images are built by `docker buildx`, .*https:\/\/.*\n$/ },
])("what is missing is one sentence, with where to get it: $tool, $programs", ({ tool, programs, says }) => {
  expect(needs(tool, programs)).toEqual({ status: 1, stderr: expect.stringMatching(says) as string });
});

test.each<{ tool: string; programs: Record<string, number> }>([
  { tool: "pulumi", programs: { pulumi: 0 } },
  { tool: "buildx", programs: { docker: 0 } },
])("what is there is nothing to say: $tool", ({ tool, programs }) => {
  expect(needs(tool, programs)).toEqual({ status: 0, stderr: "" });
});
