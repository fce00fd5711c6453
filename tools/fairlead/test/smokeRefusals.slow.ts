import { readFileSync } from "node:fs";

import { smokeCommand, type Wanted } from "../testing/smoke/smokeCommand";

const { aws, repository, smoke } = smokeCommand();

const others = ["--yes", "--account", "210987654321"];
const ofAnother = { "aws:allowedAccountIds": { value: '["111122223333"]' } };
const pluginVersion = (name: string) =>
  (JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8")) as { version: string }).version;
const awsPlugin = { name: "aws", kind: "resource", version: pluginVersion("aws") };
const buildPlugin = pluginVersion("docker-build");
const queue = { urn: "urn:pulumi:dev::fairlead::aws:sqs/queue:Queue::orders", type: "aws:sqs/queue:Queue", custom: true };

interface Refused extends Wanted {
  why: string;
  code: string;
  says: string;
}

test.each<Refused>([
  { why: "a stack with a resource", resources: [queue], code: "FL2601", says: "has 1 resource (aws:sqs/queue:Queue orders), which" },
  { why: "a stack with resources", resources: Array(4).fill(queue), code: "FL2601", says: "has 4 resources (" },
  {
    why: "credentials of another account",
    args: others,
    code: "FL2603",
    says: "of the account 123456789012, and --account names 210987654321",
  },
  { why: "a stack of another account", configuration: ofAnother, code: "FL2410", says: "dev is of account 111122223333" },
  { why: "a stack that Pulumi can't read", fails: "stack export", code: "FL2605", says: "Pulumi can't read the stack dev" },
  {
    why: "a plugin that can't be installed",
    plugins: [],
    fails: "plugin install",
    code: "FL2606",
    says: "fix: pulumi plugin install resource aws",
  },
  {
    ...{ why: "a plugin that must not be installed", plugins: [], environment: { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" } },
    ...{ code: "FL2606", says: "fix: pulumi plugin install resource aws" },
  },
])("it refuses $why, and nothing is created", async ({ code, says, ...wanted }) => {
  const { status, stderr, changes, markdown, left } = await smoke(wanted);
  expect({ status, changes, markdown, left }).toEqual({ status: 2, changes: [], markdown: "", left: [] });
  for (const text of [code, says]) expect(stderr).toContain(text);
  expect(stderr).toMatch(/\n +fix: /);
  expect(stderr).toMatch(/\nNothing was created\.\n$/);
});

test.each<Refused>([
  { why: "no account named", args: ["--yes"], code: "FL2603", says: "--yes needs --account" },
  { why: "an account that is none", args: ["--yes", "--account", "123"], code: "FL2603", says: '--account is "123"' },
  { why: "an account without --yes", args: ["--account", "123456789012"], code: "FL2603", says: "--account goes with --yes" },
  { why: "nobody to ask", args: [], code: "FL2603", says: "no terminal" },
  { why: "mandatory policies, unasked", stack: "prod", code: "FL2603", says: "somebody has to type its name" },
  { why: "a report that can't be written", reports: "gone", code: "gone/report.md", says: "can't be written: there is no such folder" },
  { why: "deletion protection", plan: { isProtected: true }, code: "FL2602", says: "aws:rds/cluster:Cluster accounts" },
  { why: "a machine without Pulumi", programs: [], code: "FL2606", says: "https://www.pulumi.com/docs/install" },
  { why: "one without buildx", programs: ["pulumi"], plan: { isBuilt: true }, code: "FL2606", says: "https://github.com/docker/buildx" },
])("before it asks Pulumi or AWS, it refuses $why", async ({ code, says, ...wanted }) => {
  aws.knows = false;
  const { status, stderr, asked, left } = await smoke(wanted);
  // Whether it is there is all that Pulumi may be asked.
  expect({ status, asked: asked.filter((each) => each !== "version"), left }).toEqual({ status: 2, asked: [], left: [] });
  expect(stderr).toContain(code);
  expect(stderr).toContain(says);
  expect(stderr).toMatch(/\nNothing was created\.\n$/);
});

test.each<Wanted>([
  { programs: ["pulumi", "docker"], plan: { isBuilt: true } },
  { programs: ["pulumi", "buildx"], plan: { isBuilt: true } },
  { programs: ["pulumi"], plugins: [] },
])("what there is, or Pulumi installs, holds nothing up: $programs", async (wanted) => {
  const plugins = [{ name: "docker-build", kind: "resource", version: buildPlugin }, ...(wanted.plugins ?? [awsPlugin])];
  const { status, stderr, asked } = await smoke({ ...wanted, plugins });
  expect([status, stderr]).toEqual([0, expect.stringContaining("Passed.") as string]);
  expect(asked.includes("plugin install")).toBe(wanted.plugins !== undefined);
});

test("a composition that is not committed is told so, with what to do", async () => {
  repository.write("stacks/qa.ts", 'export { default } from "./dev";\n');
  repository.write("stacks/Pulumi.qa.yaml", "config:\n  aws:region: us-east-1\n");
  const { status, stderr, asked, left } = await smoke({ stack: "qa" });
  repository.git("clean", "--quiet", "--force", "stacks");
  expect({ status, asked, left }).toEqual({ status: 2, asked: [], left: [] });
  expect(stderr).toContain("FL2607 stacks/qa.ts is not committed; smoke takes the last commit.\n  fix: git add --all && git commit");
});

test("Ctrl-C before it begins leaves neither a clone nor Pulumi's command, and says that nothing was created", async () => {
  const { status, stderr, changes, left } = await smoke({ hangs: "stack export" });
  expect({ status, changes, left }).toEqual({ status: 130, changes: [], left: [] });
  expect(stderr).toMatch(/\nInterrupted\. Nothing was created\.\n$/);
});

test.each<Wanted & { why: string; says: string }>([
  { why: "can't decrypt the configuration", fails: "config --show-secrets", says: "the secrets can't be decrypted" },
  { why: "prints a configuration that is no JSON", garbles: true, says: "printed no JSON" },
])("where Pulumi $why, no secret of it is shown", async ({ says, ...wanted }) => {
  const { status, stdout, stderr, left } = await smoke(wanted);
  expect({ status, left }).toEqual({ status: 2, left: [] });
  expect(stderr).toContain("FL2605");
  expect(stderr).toContain(says);
  expect(stdout + stderr).not.toContain("planted");
});

test("it refuses credentials that AWS doesn't know", async () => {
  aws.knows = false;
  expect(await smoke({})).toMatchObject({ status: 2, changes: [], stderr: expect.stringContaining("FL2604") as string });
});
