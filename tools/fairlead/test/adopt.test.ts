import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChosenImport } from "@fairlead/adoption";
import type { Project } from "@fairlead/plan";

import { refuseVerdict } from "../src/adopt/renderProof";
import { ScratchStack } from "../src/adopt/scratchStack";
import { stackState } from "../src/adopt/stackState";
import { flatFile, ScriptedPulumi, urn } from "../testing/adopt/scriptedPulumi";

const bucket = { urn: urn("aws:s3/bucket:Bucket", "exports"), id: "acme" };
const policy = { urn: urn("shop:data:Exports$aws:s3/bucketPolicy:BucketPolicy", "exports"), id: "acme" };
const versioning = { urn: urn("shop:data:Exports$aws:s3/bucketVersioning:BucketVersioning", "exports"), id: "acme" };
const flat = ({ urn: whole, id }: ChosenImport) => ({ urn: whole.replace(/::[^:]+\$/, "::").replace("shop:data:Exports$", ""), id });
const [flatPolicy, flatVersioning] = [flat(policy), flat(versioning)];

let pulumi: ScriptedPulumi;
let project: Project;
beforeEach(() => {
  pulumi = new ScriptedPulumi();
  project = pulumi.project();
});
afterEach(() => pulumi.end());

const nothing = () => ({ state: undefined, configuration: { plain: project.config, secret: {}, variables: {} }, read: [] });

test("a copy has the stack's configuration and a state of its own, and leaves nothing behind", async () => {
  const scratch = await ScratchStack.make(project, "dev", nothing());
  const { cwd, backend } = pulumi.calls[0]!;
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
    const scratch = await ScratchStack.make(project, "dev", nothing());
    const imported = await scratch.import([bucket], [flatPolicy, flatVersioning], flatFile);
    expect(imported).toEqual([bucket, flatVersioning]);
    expect(pulumi.calls.map(({ args: [command, verb] }) => (command === "stack" ? verb : command))).toEqual([
      ...["init", "export", "import"],
      ...(how === "EMPTY" ? ["export"] : []),
      ...["import", "import", "export"],
    ]);
    scratch.remove();
  },
);

test.each(["ABSENT", "EMPTY"])("what was named and is not there is told (%s)", async (how) => {
  process.env[how] = "s3/bucket:Bucket";
  const scratch = await ScratchStack.make(project, "dev", nothing());
  await expect(scratch.import([bucket], [flatPolicy], flatFile)).rejects.toThrow(/FL3202 AWS has no acme \(.*Bucket exports\)/);
  scratch.remove();
});

test("a copy of a stack that has a state encrypts its secrets with a passphrase of its own", async () => {
  const resources = [{ urn: bucket.urn, id: "acme", outputs: { arn: "arn:aws:s3:::acme" } }];
  const deployment = { version: 3, deployment: { resources, secrets_providers: { type: "service", state: { url: "https://somewhere" } } } };
  const state = { ids: new Map([[bucket.urn, "acme"]]), own: new Set(["acme"]), protectedUrns: new Set<string>(), deployment };
  const scratch = await ScratchStack.make(project, "dev", { ...nothing(), state });
  const { backend } = pulumi.calls[0]!;
  const written = JSON.parse(readFileSync(join(backend.replace("file://", ""), "dev.json"), "utf8")) as typeof deployment;
  expect(written.deployment.secrets_providers).toEqual({ type: "passphrase", state: { salt: "v1:salt" } });
  expect(written.deployment.resources).toEqual(resources);
  scratch.remove();
});

test("a preview that fails is told in Pulumi's words, without a stack trace", async () => {
  process.env.PREVIEW =
    'warning: x\n{\n"diagnostics": [{"severity":"error","message":"error: no role\\n    at Object.callback (invoke.ts:1)"}]\n}\n';
  const scratch = await ScratchStack.make(project, "dev", nothing());
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
  const newState = { urn: bucket.urn, type: "aws:s3/bucket:Bucket", custom: true };
  const step = { op: "replace", urn: bucket.urn, oldState: newState, newState, detailedDiff: { bucket: { kind: "update-replace" } } };
  process.env.PREVIEW = `{\n"steps": [${JSON.stringify(step)}]\n}\n`;
  const scratch = await ScratchStack.make(project, "dev", nothing());
  const { verdict } = await scratch.verdict();
  scratch.remove();
  expect(() => refuseVerdict({ imported: [bucket], newSettings: [], dangers: [], verdict })).toThrow(
    /FL3204 nothing was written[^]*replaces Bucket exports: bucket\n {2}fix: /,
  );
  expect(() => refuseVerdict({ imported: [bucket], newSettings: [], dangers: [], verdict: { ...verdict, replaced: [] } })).not.toThrow();
});
