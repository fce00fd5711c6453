import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Adoption, ChosenImport, ImportFile } from "@fairlead/adoption";
import type { Project } from "@fairlead/plan";

import { refuseVerdict, renderAdoption, renderProof } from "../src/adopt/renderAdoption";
import { ScratchStack } from "../src/adopt/scratchStack";
import { stackState } from "../src/adopt/stackState";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const bucket = { urn: urn("aws:s3/bucket:Bucket", "exports"), id: "acme" };
const policy = { urn: urn("shop:data:Exports$aws:s3/bucketPolicy:BucketPolicy", "exports"), id: "acme" };
const versioning = { urn: urn("shop:data:Exports$aws:s3/bucketVersioning:BucketVersioning", "exports"), id: "acme" };

/**
 * A `pulumi` that keeps states as the real one's backend of files does, as far as is asked here. What it says of what is not there was seen from 3.250.0.
 * ABSENT and EMPTY name types: AWS has none of the first; of the second the provider reads nothing and calls it a success.
 */
const scripted = `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync, appendFileSync } = require("node:fs");
const [command, verb] = process.argv.slice(2);
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const { PULUMI_BACKEND_URL = "", LOG, ABSENT = "none", EMPTY = "none", PREVIEW = "" } = process.env;
appendFileSync(LOG, JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), backend: PULUMI_BACKEND_URL }) + "\\n");
const file = PULUMI_BACKEND_URL.replace("file://", "") + "/state.json";
const state = () => existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { deployment: { resources: [] } };
if (command === "stack" && verb === "init") writeFileSync(process.cwd() + "/Pulumi." + process.argv[4] + ".yaml", "encryptionsalt: v1:salt\\n");
else if (command === "stack" && verb === "export") { if (process.env.EXPORT) { console.error(process.env.EXPORT); process.exit(255); } process.stdout.write(JSON.stringify(state())); }
else if (command === "stack" && verb === "import") writeFileSync(file, readFileSync(0, "utf8"));
else if (command === "preview") { process.stdout.write(PREVIEW); process.exit(PREVIEW.startsWith("{\\n") ? 0 : 255); }
else if (command === "import") {
  const { resources } = JSON.parse(readFileSync(option("--file"), "utf8"));
  const now = state();
  let failed = false;
  for (const { type, logicalName, id } of resources) {
    if (now.deployment.resources.some((known) => known.urn.endsWith(type + "::" + logicalName))) { console.error("error: resource already exists"); process.exit(255); }
    if (type.includes(ABSENT)) { failed = true; console.log("  " + type + " (" + logicalName + "):\\n    error: resource '" + id + "' does not exist\\n"); continue; }
    now.deployment.resources.push({ urn: "urn:pulumi:dev::shop::" + type + "::" + logicalName, outputs: type.includes(EMPTY) ? {} : { id } });
  }
  writeFileSync(file, JSON.stringify(now));
  process.exit(failed ? 255 : 0);
}
`;

let folder: string;
let project: Project;
const before = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-adopt-test-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "pulumi"), scripted);
  chmodSync(join(folder, "bin", "pulumi"), 0o755);
  Object.assign(process.env, { PATH: [join(folder, "bin"), before.PATH].join(delimiter), LOG: join(folder, "log") });
  project = { root: folder, name: "shop", config: { "aws:region": "eu-west-1", "shop:domainName": "a: b" } } as unknown as Project;
});
afterEach(() => {
  for (const name of ["PATH", "LOG", "ABSENT", "EMPTY", "EXPORT", "PREVIEW"]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true, force: true });
});

const calls = () =>
  readFileSync(join(folder, "log"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { args: string[]; cwd: string; backend: string });

/** One without parents: URNs of what is there end with its type and its name. */
const fileOf = (chosen: readonly ChosenImport[]): ImportFile => ({
  nameTable: {},
  resources: chosen.map(({ urn, id }, index) => {
    const [type, logicalName] = urn.split("::").slice(2) as [string, string];
    return { type: type.split("$").at(-1)!, name: `r${index}`, logicalName, id };
  }),
});
const flat = ({ urn: whole, id }: ChosenImport) => ({ urn: whole.replace(/::[^:]+\$/, "::").replace("shop:data:Exports$", ""), id });
const [flatPolicy, flatVersioning] = [flat(policy), flat(versioning)];

test("a copy has the stack's configuration and a state of its own, and leaves nothing behind", async () => {
  const scratch = await ScratchStack.make(project, "dev", undefined);
  const { cwd, backend } = calls()[0]!;
  expect(backend).toMatch(/^file:\/\/.*fairlead-adopt-/);
  expect(readFileSync(join(cwd, "Pulumi.dev.yaml"), "utf8")).toBe(
    'encryptionsalt: v1:salt\nconfig:\n  aws:region: eu-west-1\n  shop:domainName: "a: b"\n',
  );
  expect(readFileSync(join(cwd, "Pulumi.yaml"), "utf8")).toBe("name: shop\nruntime: nodejs\n");
  scratch.remove();
  expect(existsSync(cwd)).toBe(false);
});

test.each(["ABSENT", "EMPTY"])(
  "a setting that AWS has not is left out (%s), what is there stays, and each try begins with the state that was",
  async (how) => {
    process.env[how] = "bucketPolicy";
    const scratch = await ScratchStack.make(project, "dev", undefined);
    const imported = await scratch.import([bucket], [flatPolicy, flatVersioning], fileOf);
    expect(imported).toEqual([bucket, flatVersioning]);
    expect(calls().map(({ args: [command, verb] }) => (command === "stack" ? verb : command))).toEqual([
      ...["init", "export", "import"],
      ...(how === "EMPTY" ? ["export"] : []),
      ...["import", "import", "export"],
    ]);
    scratch.remove();
  },
);

test.each(["ABSENT", "EMPTY"])("what was named and is not there is told (%s)", async (how) => {
  process.env[how] = "s3/bucket:Bucket";
  const scratch = await ScratchStack.make(project, "dev", undefined);
  await expect(scratch.import([bucket], [flatPolicy], fileOf)).rejects.toThrow(/FL3202 AWS has no acme \(.*Bucket exports\)/);
  scratch.remove();
});

test("a copy of a stack that has a state encrypts its secrets with a passphrase of its own", async () => {
  const resources = [{ urn: bucket.urn, id: "acme", outputs: { arn: "arn:aws:s3:::acme" } }];
  const deployment = { version: 3, deployment: { resources, secrets_providers: { type: "service", state: { url: "https://somewhere" } } } };
  const state = { ids: new Map([[bucket.urn, "acme"]]), own: new Set(["acme"]), deployment };
  const scratch = await ScratchStack.make(project, "dev", state);
  const { backend } = calls()[0]!;
  const written = JSON.parse(readFileSync(join(backend.replace("file://", ""), "state.json"), "utf8")) as typeof deployment;
  expect(written.deployment.secrets_providers).toEqual({ type: "passphrase", state: { salt: "v1:salt" } });
  expect(written.deployment.resources).toEqual(resources);
  scratch.remove();
});

test("a preview that fails is told in Pulumi's words, without a stack trace", async () => {
  process.env.PREVIEW =
    'warning: x\n{\n"diagnostics": [{"severity":"error","message":"error: no role\\n    at Object.callback (invoke.ts:1)"}]\n}\n';
  const scratch = await ScratchStack.make(project, "dev", undefined);
  const refusal = await scratch.verdict().catch((error: Error) => error.message);
  expect(refusal).toMatch(/^FL3203 `pulumi preview --json` ended with 255:\nerror: no role$/);
  scratch.remove();
});

describe("the state of a stack", () => {
  test("is none where there is no such stack, and where there is no Pulumi that could have made one", async () => {
    process.env.EXPORT = "error: no stack named 'dev' found";
    expect(await stackState(project, "dev")).toBeUndefined();
    process.env.PATH = "/nowhere";
    expect(await stackState(project, "dev")).toBeUndefined();
  });

  test("is refused where Pulumi doesn't tell it: what the stack has would pass for somebody else's", async () => {
    process.env.EXPORT = "error: incorrect passphrase";
    await expect(stackState(project, "dev")).rejects.toThrow(/^FL3203 `pulumi stack export` ended with 255:\nerror: incorrect passphrase$/);
  });
});

test("an up that would lose what is there is refused, with the properties that force it", async () => {
  const step = { op: "replace", urn: bucket.urn, detailedDiff: { bucket: { kind: "update-replace" } } };
  process.env.PREVIEW = `{\n"steps": [${JSON.stringify(step)}]\n}\n`;
  const scratch = await ScratchStack.make(project, "dev", undefined);
  const verdict = await scratch.verdict();
  scratch.remove();
  expect(() => refuseVerdict({ imported: [bucket], newSettings: [], verdict })).toThrow(
    /FL3204 nothing was written[^]*replaces Bucket exports: bucket\n {2}fix: /,
  );
  expect(() => refuseVerdict({ imported: [bucket], newSettings: [], verdict: { ...verdict, replaced: [] } })).not.toThrow();
});

const found: Adoption = {
  ...{ stack: "dev", region: "eu-west-1", looked: 3, taken: [{ urn: bucket.urn, type: "aws:ecs/cluster:Cluster", name: "dev" }] },
  references: [
    {
      of: "table carts",
      thing: { arn: "arn", kind: "table", id: "shop-carts", tags: {} },
      why: "its name ends so",
      notes: ["The CloudFormation stack shop owns it."],
      reference: {
        imports: { package: "@fairlead/data", name: "existingTable" },
        code: 'carts: existingTable({ tableName: "shop-carts" })',
      },
    },
  ],
  moving: [
    { name: "web", targetGroupArn: "arn:old", problems: [] },
    { name: "api", targetGroupArn: undefined, problems: ["its routes come to 2 target groups so far."] },
  ],
  beside: ["mailer takes its work beside whoever does now."],
};

test("what was found is told with what to write, and what moves with the commands that move it", () => {
  expect(renderAdoption(found)).toBe(
    [
      "dev: 3 things of the kinds that a stack can take over in eu-west-1, by their tags",
      "",
      "By reference, in stacks/dev.ts: `up` then neither makes, changes nor deletes it.",
      "  table carts: perhaps shop-carts (its name ends so)",
      "    The CloudFormation stack shop owns it.",
      '    carts: existingTable({ tableName: "shop-carts" })',
      '    // import { existingTable } from "@fairlead/data"',
      "",
      "Under the very names that the plan has, so that `up` would fail to make it:",
      "  Cluster dev",
      "",
      "Whose requests somebody else's tasks answer so far:",
      "  web",
      "    pulumi config set --path formerTargetGroups.web.targetGroupArn arn:old -s dev",
      "    pulumi config set --path formerTargetGroups.web.percent 100 -s dev    # then an up, and down to 0 in steps",
      "  api",
      "    its routes come to 2 target groups so far.",
      "",
      "Beside what runs:",
      "  mailer takes its work beside whoever does now.",
      "",
    ].join("\n"),
  );
});

test("a proof says what an up would do, and whether anything was written", () => {
  const verdict = {
    replaced: [],
    deleted: [],
    changed: [{ ...bucket, type: "aws:s3/bucket:Bucket", name: "exports", properties: ["tags"] }],
  };
  const lifecycle = { urn: urn("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "exports"), id: "acme" };
  const proof = { imported: [bucket], newSettings: [lifecycle], verdict: { ...verdict, created: 4, unchanged: 2 } };
  expect(renderProof(proof, "dev", false)).toMatch(
    /replace 0, delete 0, change 1, make 4, and leave 2 as they are\.\n {2}changes Bucket exports: tags\n {2}sets BucketLifecycleConfiguration of acme, which has none: look at what it deletes, and when\nNothing was written\./,
  );
  expect(renderProof(proof, "acme/dev", true)).toMatch(/They are in the state of acme\/dev now\.\n$/);
});
