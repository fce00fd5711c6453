import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { StepFailure } from "../src/smoke/model";
import { PulumiFailure } from "../src/smoke/pulumiCli";
import type { StoredResource } from "../src/smoke/storedResource";
import { restoreSteps } from "../src/smoke/steps/restore";
import { SmokeSetting, stepOf } from "../testing/smoke/setting";

const setting = new SmokeSetting();
beforeAll(() => setting.open());
afterAll(() => setting.close());

const step = stepOf(restoreSteps, "a database is restored");
const stored = (type: string, name: string, id: string, inputs = {}, outputs = {}): StoredResource => ({
  ...{ urn: `urn:pulumi:dev::p::${type}::${name}`, type, id, custom: true, inputs, outputs },
});
const outputs = {
  engine: "aurora-postgresql",
  engineVersion: "16.6",
  dbSubnetGroupName: "g",
  vpcSecurityGroupIds: ["sg-1"],
  storageEncrypted: true,
};
const database = stored("aws:rds/cluster:Cluster", "accounts", "accounts-1", { kmsKeyId: "k" }, outputs);
const snapshot = stored("aws:rds/clusterSnapshot:ClusterSnapshot", "fairlead-smoke-restored", "fairlead-smoke-dev-1", {
  dbClusterIdentifier: "accounts-1",
});
const restored = (snapshotIdentifier = "fairlead-smoke-dev-1") =>
  stored("aws:rds/cluster:Cluster", "fairlead-smoke-restored", "restored-1", { snapshotIdentifier });

test("a cluster that began with a snapshot of the database passes", async () => {
  const { run } = setting.run([{}], { resources: [database, snapshot, restored()] });
  expect(await step.perform(run)).toBe("restored-1 began with a snapshot of accounts-1. `destroy` takes both.");
});

test.each<{ why: string; resources: StoredResource[]; says: string }>([
  { why: "the state has no database", resources: [], says: "The state has no database cluster." },
  { why: "no cluster came", resources: [database, snapshot], says: "The state has no restored cluster." },
  { why: "no snapshot was taken", resources: [database, restored()], says: "The state has no snapshot." },
  {
    why: "it began with something else",
    resources: [database, snapshot, restored("rds:older")],
    says: "restored-1 began with rds:older, which is no snapshot of accounts-1.",
  },
])("is a failure where $why", async ({ resources, says }) => {
  await expect(step.perform(setting.run([{}], { resources }).run)).rejects.toEqual(new StepFailure(says));
});

test("that AWS refuses is a failure in Pulumi's words", async () => {
  const { run } = setting.run([{ says: "error: InvalidDBClusterStateFault" }], { resources: [database] });
  await expect(step.perform(run)).rejects.toEqual(new PulumiFailure("error: InvalidDBClusterStateFault"));
});

test("is left out where the stack has no database", () => {
  expect(step.leftOut!(setting.run().run)).toBe("This stack has no database cluster.");
  expect(step.leftOut!(setting.run([], { plan: [{ type: "aws:rds/cluster:Cluster" }] }).run)).toBeUndefined();
});

test("the program that it puts before the stack's own asks for a snapshot, and for a cluster that begins with it", async () => {
  const { run } = setting.run([{}], { resources: [database, snapshot, restored()] });
  await step.perform(run);
  const folder = mkdtempSync(join(tmpdir(), "fairlead-test-restore-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(resolve(__dirname, "../../../node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
    const file = join(folder, "fairlead-smoke.js");
    writeFileSync(file, readFileSync(join(run.clone.project, "stacks/fairlead-smoke.js")));
    writeFileSync(join(folder, "index.js"), "module.exports = async () => ({ url: 'kept' });");
    expect(readFileSync(join(run.clone.project, "Pulumi.yaml"), "utf8")).toMatch(/^main: stacks\/fairlead-smoke\.js$/m);
    expect(await registeredBy(file)).toEqual({
      outputs: { url: "kept" },
      registered: [
        [
          "aws:rds/clusterSnapshot:ClusterSnapshot",
          { dbClusterIdentifier: "accounts-1", dbClusterSnapshotIdentifier: "fairlead-smoke-dev-1" },
        ],
        [
          "aws:rds/cluster:Cluster",
          { ...outputs, kmsKeyId: "k", snapshotIdentifier: "fairlead-smoke-restored-id", skipFinalSnapshot: true },
        ],
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What a program returns, and asks the engine for. */
async function registeredBy(file: string): Promise<{ outputs: unknown; registered: [string, object][] }> {
  const pulumi = await import("@pulumi/pulumi");
  const registered: [string, object][] = [];
  await pulumi.runtime.setMocks({
    call: ({ inputs }) => inputs as object,
    newResource: ({ type, name, inputs }) => {
      registered.push([type, inputs as object]);
      return { id: `${name}-id`, state: inputs as object };
    },
  });
  const program = require(file) as () => Promise<unknown>;
  const outputs = await program();
  await pulumi.runtime.disconnect();
  return { outputs, registered };
}
