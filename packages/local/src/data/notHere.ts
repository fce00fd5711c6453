import type { Plan } from "@fairlead/plan";

import type { Cache } from "./caches";
import type { Database } from "./databases";

/** What services may use on AWS, and nothing stands for here. */
const kinds: Readonly<Record<string, string>> = {
  "aws:docdb/cluster:Cluster": "DocumentDB cluster",
  "aws:dax/cluster:Cluster": "DAX cluster",
  "aws:elasticache/cluster:Cluster": "ElastiCache cluster",
  "aws:elasticache/serverlessCache:ServerlessCache": "serverless cache",
  "aws:elasticsearch/domain:Domain": "Elasticsearch domain",
  "aws:fsx/lustreFileSystem:LustreFileSystem": "FSx file system",
  "aws:fsx/ontapFileSystem:OntapFileSystem": "FSx file system",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": "FSx file system",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "Firehose stream",
  "aws:kinesis/stream:Stream": "Kinesis stream",
  "aws:memorydb/cluster:Cluster": "MemoryDB cluster",
  "aws:mq/broker:Broker": "broker of Amazon MQ",
  "aws:msk/cluster:Cluster": "MSK cluster",
  "aws:msk/serverlessCluster:ServerlessCluster": "MSK cluster",
  "aws:neptune/cluster:Cluster": "Neptune cluster",
  "aws:opensearch/domain:Domain": "OpenSearch domain",
  "aws:opensearch/serverlessCollection:ServerlessCollection": "OpenSearch collection",
  "aws:rds/cluster:Cluster": "database cluster",
  "aws:rds/instance:Instance": "database",
  "aws:rds/proxy:Proxy": "RDS proxy",
  "aws:redshift/cluster:Cluster": "Redshift cluster",
  "aws:timestreaminfluxdb/dbInstance:DbInstance": "Timestream database",
};

/** What can't be had here, and what is otherwise: a sentence each. */
export function notHere(plan: Plan, databases: readonly Database[], caches: readonly Cache[]): string[] {
  const stoodFor = new Set(databases.flatMap(({ urn, members }) => [urn, ...members]));
  const missing = plan.resources
    .filter(({ urn, type }) => type in kinds && !stoodFor.has(urn))
    .map(({ type, name, inputs }) => {
      const engine = type.startsWith("aws:rds/") && typeof inputs.engine === "string" ? ` of ${inputs.engine}` : "";
      return `Nothing stands for the ${kinds[type]} ${name}${engine} here: a service that uses it does not reach it.`;
    });
  return [
    ...missing,
    ...caches
      .filter(({ hasPassword }) => hasPassword)
      .map(({ name }) => `The cache ${name} asks for no password here: a client that sends one alone, without a user, is refused.`),
  ];
}
