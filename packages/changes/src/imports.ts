import { nameArgumentOf } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import type { PropertyChange } from "./model";

/** Types whose name is the resource's id at AWS, too. Of others only the state knows it. */
const idsAreNames = new Set([
  "aws:s3/bucket:Bucket",
  "aws:dynamodb/table:Table",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:ecr/repository:Repository",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:iam/role:Role",
]);

/**
 * An id to import of what Pulumi has already: under another id the engine takes that one in its place, and deletes the one it had.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/import/
 */
export function imported(before: PlanResource, after: PlanResource): PropertyChange[] {
  const [was, is] = [before.options.import, after.options.import];
  if (!after.custom || is === undefined || was === is) return [];
  const id = was ?? (idsAreNames.has(before.type) ? before.inputs[nameArgumentOf(before.type)] : undefined);
  if (id === is) return [];
  return [{ path: "import", before: was, after: is, replaces: typeof id === "string" ? true : undefined }];
}
