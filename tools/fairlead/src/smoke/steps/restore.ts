import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { StepFailure, type SmokeRun, type SmokeStep } from "../model";
import type { StoredResource } from "../storedResource";
import { resourceOf } from "./changes";

const databaseType = "aws:rds/cluster:Cluster";
const snapshotType = "aws:rds/clusterSnapshot:ClusterSnapshot";
const added = "fairlead-smoke-restored";

/** A database comes back from a snapshot. */
export const restoreSteps: SmokeStep[] = [
  {
    title: "a database is restored",
    expectation: "A snapshot is taken, and a second cluster that begins with it becomes available. What is in it is not read.",
    minutes: 30,
    leftOut: ({ plan }) => (plan.resources.some(({ type }) => type === databaseType) ? undefined : "This stack has no database cluster."),
    notOnEmulator: "No database runs there, so that a snapshot holds nothing.",
    perform: async (run) => {
      const cluster = (await run.pulumi.resources()).find(({ type }) => type === databaseType);
      if (!cluster) throw new StepFailure("The state has no database cluster.");
      addRestored(run, cluster);
      await run.pulumi.change("up");
      const resources = await run.pulumi.resources();
      const [restored, snapshot] = [resourceOf(resources, databaseType, added), resourceOf(resources, snapshotType, added)];
      if (!restored || !snapshot) throw new StepFailure(`The state has no ${restored ? "snapshot" : "restored cluster"}.`);
      if (restored.inputs?.snapshotIdentifier !== snapshot.id || snapshot.inputs?.dbClusterIdentifier !== cluster.id)
        throw new StepFailure(
          `${String(restored.id)} began with ${String(restored.inputs?.snapshotIdentifier)}, which is no snapshot of ${String(cluster.id)}.`,
        );
      return `${String(restored.id)} began with a snapshot of ${String(cluster.id)}. \`destroy\` takes both.`;
    },
  },
];

/** Puts a program before the project's own that adds a snapshot and a cluster to what that has: so they are in the state, and go with it. */
function addRestored({ clone, id }: SmokeRun, cluster: StoredResource): void {
  const file = join(clone.project, "Pulumi.yaml");
  const main = /^main:\s*["']?([^"'\n#]+)/m.exec(readFileSync(file, "utf8"))![1]!.trim();
  const program = join(dirname(main), "fairlead-smoke.js");
  const { engine, engineVersion, dbSubnetGroupName, vpcSecurityGroupIds, storageEncrypted } = cluster.outputs ?? {};
  // Without a key that the stack names, AWS takes the snapshot's.
  const kmsKeyId = cluster.inputs?.kmsKeyId;
  const same = { engine, engineVersion, dbSubnetGroupName, vpcSecurityGroupIds, storageEncrypted, kmsKeyId };
  writeFileSync(join(clone.project, program), programText(basename(main), String(cluster.id), id, same));
  clone.editYaml(file, (document) => document.set("main", program));
  clone.commit("A cluster that begins with a snapshot");
}

function programText(main: string, clusterId: string, id: string, same: object): string {
  const snapshot = JSON.stringify({ dbClusterIdentifier: clusterId, dbClusterSnapshotIdentifier: `fairlead-smoke-${id}` });
  return `const program = require("./${main}");
const aws = require("@pulumi/aws");

module.exports = async (...given) => {
  const outputs = await (typeof program === "function" ? program(...given) : program);
  const snapshot = new aws.rds.ClusterSnapshot("${added}", ${snapshot});
  new aws.rds.Cluster("${added}", {
    ...${JSON.stringify(same)},
    snapshotIdentifier: snapshot.id,
    skipFinalSnapshot: true,
  });
  return outputs;
};
`;
}
