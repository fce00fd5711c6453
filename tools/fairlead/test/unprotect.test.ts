import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
const { PATH } = process.env;
beforeEach(() => (repository = new FixtureRepository()));
afterEach(() => {
  process.env.PATH = PATH;
  repository.remove();
});

const urn = (type: string, name: string) => `urn:pulumi:dev::fairlead::${type}::${name}`;
const database = urn("fairlead:data:Postgres", "accounts");
const cluster = urn("fairlead:data:Postgres$aws:rds/cluster:Cluster", "accounts");
const table = urn("fairlead:data:Table$aws:dynamodb/table:Table", "carts");
const bucket = urn("aws:s3/bucket:Bucket", "exports");
const stack = urn("pulumi:pulumi:Stack", "fairlead-dev");
const state = {
  deployment: {
    resources: [
      { urn: stack },
      { urn: database, parent: stack },
      { urn: cluster, parent: database, protect: true },
      { urn: table, parent: stack, protect: true },
      { urn: bucket, parent: database },
    ],
  },
};

/** A CLI that has this state and writes down what else it is asked. */
function usePulumi(): () => string[] {
  const folder = join(repository.folder, "bin");
  mkdirSync(folder);
  const asked = join(folder, "asked");
  writeFileSync(asked, "");
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\necho "$*" >> ${asked}\n[ "$1" = stack ] && cat ${join(folder, "state.json")}\nexit 0\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  process.env.PATH = folder + delimiter + PATH;
  return () => readFileSync(asked, "utf8").trim().split("\n");
}

const dayAway = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const allow = (...entries: { urn: string; kind?: string; until?: string }[]) =>
  repository.write(
    "stacks/allowed-changes.yaml",
    `allowed:\n${entries.map(({ urn: of, kind = "delete", until = dayAway(3) }) => `  - {stack: dev, reason: moved, until: ${until}, dangers: {${kind}: ["${of}"]}}\n`).join("")}`,
  );

test("only what is allowed of this stack today, by itself or with its component, is let go", async () => {
  const asked = usePulumi();
  allow({ urn: database }, { urn: table, until: "2020-01-01" }, { urn: bucket });
  expect(await runCommand(repository.folder, "unprotect", "--stack", "acme/dev")).toMatchObject({
    status: 0,
    stdout: `not protected any more: ${cluster}\n`,
  });
  expect(asked()).toEqual(["stack export --stack acme/dev", `state unprotect ${cluster} --yes --stack acme/dev`]);
  await runCommand(repository.folder, "unprotect", "-s", "dev", "--list", "unprotected.txt");
  expect(readFileSync(join(repository.folder, "unprotected.txt"), "utf8")).toBe(`${cluster}\n`);
});

test("what is allowed of the stack lets go of nothing in it", async () => {
  const asked = usePulumi();
  allow({ urn: stack });
  expect((await runCommand(repository.folder, "unprotect", "-s", "dev")).stdout).toContain("nothing is protected");
  expect(asked()).toEqual(["stack export --stack dev"]);
});

test("what is allowed of it but not that it goes lets go of nothing", async () => {
  const asked = usePulumi();
  allow({ urn: table, kind: "opened" }, { urn: cluster, kind: "dataLoss" });
  expect((await runCommand(repository.folder, "unprotect", "-s", "dev")).stdout).toContain("nothing is allowed to go");
  expect(asked()).toEqual([""]);
});

test("without an entry Pulumi is not asked", async () => {
  const asked = usePulumi();
  expect((await runCommand(repository.folder, "unprotect", "--stack", "dev")).stdout).toContain("nothing is allowed to go");
  expect(asked()).toEqual([""]);
});

test("a file that can't be read is said before anything is changed", async () => {
  const asked = usePulumi();
  repository.write("stacks/allowed-changes.yaml", "allowed:\n  - {stack: dev, urn: x, until: 2999-12-31}\n");
  expect(await runCommand(repository.folder, "unprotect", "--stack", "dev")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("FL2418") as string,
  });
  expect(asked()).toEqual([""]);
});
