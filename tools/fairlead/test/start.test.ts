import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";

const repository = new FixtureRepository();
afterAll(() => repository.remove());

/** The installed packages that a command loads modules of, in a process of its own. */
function packagesOf(...args: string[]): string[] {
  const preload = join(__dirname, "../testing/loadedPackages.cjs");
  const command = ["--require", preload, join(__dirname, "../bin/fairlead.js"), ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: repository.folder, encoding: "utf8" });
  expect({ status, stdout: stdout !== "" }).toEqual({ status: 0, stdout: true });
  return stderr.trim().split("\n").at(-1)!.split(" ");
}

test.each([[["preview", "dev", "--json"]], [["local", "config", "--stack", "dev"]]])(
  "a plan loads what it needs: no client of a registry, of AWS or of the engine, no compiler: %j",
  (words) => {
    // The first one transpiles.
    packagesOf(...words);
    const packages = packagesOf(...words);
    expect(packages).toContain("@pulumi/pulumi");
    const others = packages.filter((name) =>
      /^(undici|esbuild|@sinclair\/typebox|typescript|semver|execa|js-yaml)$|^@(grpc|aws-sdk|smithy|octokit|npmcli|opentelemetry|inquirer)\//.test(
        name,
      ),
    );
    expect(others).toEqual([]);
  },
);
