import { isMap } from "@fairlead/model";
import { parse } from "yaml";

/** What becomes of a resource when the stack of CloudFormation that owns it is deleted. */
export type Deletion = "deleted" | "kept" | "snapshot";

/** Types of which CloudFormation takes a last snapshot where their template says nothing. */
const snapshotted = new Set(["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"]);

/**
 * What a template has become of its resources when its stack is deleted, by their logical ids.
 *
 * @param template in YAML or JSON, as GetTemplate gives it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export function deletionsIn(template: string): ReadonlyMap<string, Deletion> {
  const parsed: unknown = parse(template, { logLevel: "silent" });
  const resources = isMap(parsed) && isMap(parsed.Resources) ? parsed.Resources : {};
  return new Map(Object.entries(resources).flatMap(([id, resource]) => (isMap(resource) ? [[id, deletionOf(resource)] as const] : [])));
}

function deletionOf({ Type, DeletionPolicy, Properties }: Record<string, unknown>): Deletion {
  if (DeletionPolicy === "Retain") return "kept";
  // With RetainExceptOnCreate only a stack that fails to come up takes it away.
  if (DeletionPolicy === "RetainExceptOnCreate") return "kept";
  if (DeletionPolicy === "Snapshot") return "snapshot";
  if (DeletionPolicy === "Delete") return "deleted";
  // An instance of a cluster has nothing of its own to keep.
  const ofCluster = Type === "AWS::RDS::DBInstance" && isMap(Properties) && Properties.DBClusterIdentifier !== undefined;
  return snapshotted.has(String(Type)) && !ofCluster ? "snapshot" : "deleted";
}
