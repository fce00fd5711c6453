/** Where types keep their name, beside `name`. */
const nameArguments: Readonly<Record<string, string>> = {
  "aws:s3/bucket:Bucket": "bucket",
  "aws:rds/cluster:Cluster": "clusterIdentifier",
  "aws:rds/instance:Instance": "identifier",
  "aws:elasticache/replicationGroup:ReplicationGroup": "replicationGroupId",
  "aws:ecs/taskDefinition:TaskDefinition": "family",
};

/** The argument by which resources of a type give themselves their name at AWS. Settings name what they belong to by the same arguments. */
export const nameArgumentOf = (type: string): string => nameArguments[type] ?? "name";
