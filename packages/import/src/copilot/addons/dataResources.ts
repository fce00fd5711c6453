import { childOf, textOf, type SourceNode } from "../../source/sourceNode";
import { databaseOtherwise, databaseSaid, ownKey } from "./databaseProperties";
import { subscriptionsOf } from "./subscriptions";
import { mentions, type Resource, type Template } from "./template";

/** Data that stacks/data.ts can declare for a resource. */
export interface DeclaredData {
  declaration: string;
  /** Properties that the declaration says, or that every such data has here. */
  said: readonly string[];
  /** Properties that such data has otherwise here, with how. */
  otherwise?: Readonly<Record<string, string>>;
  /** How what is in it comes over. */
  move: string;
}

type Declare = (template: Template, resource: Resource) => DeclaredData | undefined;

interface Values {
  [key: string]: string | number | boolean | Values | undefined;
}

/** Values as TypeScript writes them. Whatever a template holds is a text there. */
const args = (values: Values): string => {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const written = entries.map(([key, value]) => {
    const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${typeof value === "object" ? args(value) : JSON.stringify(value)}`;
  });
  return written.length === 0 ? "" : `{ ${written.join(", ")} }`;
};

const bucket: Declare = (template, resource) => {
  const rules = template.property(resource, "LifecycleConfiguration", "Rules");
  const found = rules?.kind === "list" ? rules.items : [];
  const days = (key: string) => found.map((rule) => template.number(childOf(rule, key))).find((value) => value !== undefined);
  const access = textOf(template.property(resource, "AccessControl"));
  const isClosed = access === undefined || access === "Private";
  const said = [
    "VersioningConfiguration",
    "BucketEncryption",
    "OwnershipControls",
    "LifecycleConfiguration",
    "BucketName",
    "Tags",
    ...(isClosed ? ["AccessControl", "PublicAccessBlockConfiguration"] : []),
  ];
  const declaration = `bucket(${args({ expirationDays: days("ExpirationInDays"), noncurrentExpirationDays: days("NoncurrentVersionExpirationInDays") })})`;
  return { declaration, said, move: "copy what is in it: aws s3 sync." };
};

const table: Declare = (template, resource) => {
  const types = new Map(
    itemsOf(template.property(resource, "AttributeDefinitions")).map((item) => [
      template.value(childOf(item, "AttributeName")),
      template.value(childOf(item, "AttributeType")),
    ]),
  );
  const keys = keysOf(template, template.property(resource, "KeySchema"), types);
  if (!keys.partitionKey) return undefined;
  const indexes = itemsOf(template.property(resource, "GlobalSecondaryIndexes")).map((item): [string, Values] => {
    const own = keysOf(template, childOf(item, "KeySchema"), types);
    return [template.value(childOf(item, "IndexName")) ?? "index", own];
  });
  const globalSecondaryIndexes = indexes.length > 0 ? Object.fromEntries(indexes) : undefined;
  const timeToLiveAttribute = template.value(template.property(resource, "TimeToLiveSpecification", "AttributeName"));
  return {
    declaration: `table(${args({ ...keys, globalSecondaryIndexes, timeToLiveAttribute })})`,
    said: [
      "TableName",
      "AttributeDefinitions",
      "BillingMode",
      "KeySchema",
      "GlobalSecondaryIndexes",
      "TimeToLiveSpecification",
      "SSESpecification",
      "PointInTimeRecoverySpecification",
      "Tags",
    ],
    move: "its items move by an export to S3 and an import, or by AWS Backup.",
  };
};

function keysOf(
  template: Template,
  schema: SourceNode | undefined,
  types: ReadonlyMap<string | undefined, string | undefined>,
): { partitionKey?: Values; sortKey?: Values } {
  const keys: { partitionKey?: Values; sortKey?: Values } = {};
  for (const item of itemsOf(schema)) {
    const name = template.value(childOf(item, "AttributeName"));
    const type = types.get(name);
    const key: Values = { name, type: type === "S" ? undefined : type };
    if (template.value(childOf(item, "KeyType")) === "RANGE") keys.sortKey = key;
    else keys.partitionKey = key;
  }
  return keys;
}

const postgres =
  (instancesOf: (template: Template, resource: Resource) => number, isInstance: boolean): Declare =>
  (template, resource) => {
    const engine = template.value(template.property(resource, "Engine")) ?? "";
    if (!/postgres/.test(engine)) return undefined;
    const version = Number.parseInt(template.value(template.property(resource, "EngineVersion")) ?? "", 10);
    const scaling = ["ServerlessV2ScalingConfiguration", "ScalingConfiguration"]
      .map((key) => template.property(resource, key))
      .find((node) => node !== undefined);
    const [minCapacity, maxCapacity] = [template.number(childOf(scaling, "MinCapacity")), template.number(childOf(scaling, "MaxCapacity"))];
    return {
      declaration: `postgres(${args({
        databaseName: template.value(template.property(resource, isInstance ? "DBName" : "DatabaseName")),
        majorVersion: [15, 16, 17].includes(version) ? version : undefined,
        minCapacity,
        maxCapacity,
        instances: instancesOf(template, resource),
        backupRetentionDays: template.number(template.property(resource, "BackupRetentionPeriod")) || undefined,
      })})`,
      said: isInstance
        ? [
            ...databaseSaid,
            "DBInstanceClass",
            "AllocatedStorage",
            "MaxAllocatedStorage",
            "StorageType",
            "MultiAZ",
            "EnablePerformanceInsights",
          ]
        : databaseSaid,
      otherwise: databaseOtherwise,
      move: `${isInstance ? "Aurora Serverless takes the instance's place, which costs by what is used. " : ""}Its data moves by pg_dump and pg_restore, while nothing writes to it.`,
    };
  };

const clusterInstances = (template: Template, { id }: Resource): number =>
  Math.max(
    1,
    [...template.resources.values()].filter(
      (other) =>
        other.type === "AWS::RDS::DBInstance" &&
        template.properties(other).some(([key, node]) => key === "DBClusterIdentifier" && textOf(node) === id),
    ).length,
  );

const queue: Declare = (template, resource) => {
  const seconds = template.number(template.property(resource, "MessageRetentionPeriod"));
  const values = {
    visibilityTimeoutSeconds: template.number(template.property(resource, "VisibilityTimeout")),
    retentionDays: seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds / 86_400)),
    fifo: textOf(template.property(resource, "FifoQueue")) === "true" ? true : undefined,
  };
  return {
    declaration: `queue(${args(values)})`,
    said: [
      "QueueName",
      "VisibilityTimeout",
      "MessageRetentionPeriod",
      "FifoQueue",
      "KmsMasterKeyId",
      "SqsManagedSseEnabled",
      "RedrivePolicy",
      "Tags",
    ],
    move: "messages that wait in the old one are worked off by the old service.",
  };
};

const simple =
  (declaration: string, said: readonly string[], move: string): Declare =>
  () => ({ declaration, said, move });

const topic: Declare = (template, { id }) => {
  const emails = subscriptionsOf(template, id).flatMap(({ email }) => email ?? []);
  const list = emails.map((email) => JSON.stringify(email)).join(", ");
  return {
    declaration: emails.length > 0 ? `topic({ emails: [${list}] })` : "topic()",
    said: ["TopicName", "KmsMasterKeyId", "DisplayName", "Tags"],
    move: emails.length > 0 ? "AWS asks each address anew whether it wants its messages." : "subscriptions of others are made anew.",
  };
};

/** A value that nobody types; one that is of data comes with the data, and one with JSON around it is read by its keys. */
const secret: Declare = (template, resource) => {
  const generated = template.property(resource, "GenerateSecretString");
  const isOfOthers = [...template.resources.values()].some(
    (other) => other.id !== resource.id && !/^AWS::IAM::/.test(other.type) && mentions(other.node, resource.id),
  );
  if (!generated || childOf(generated, "SecretStringTemplate") || isOfOthers) return undefined;
  const length = template.number(childOf(generated, "PasswordLength")) ?? 32;
  return {
    declaration: `secret(${length >= 16 && length <= 128 ? args({ length }) : ""})`,
    said: ["GenerateSecretString", "Name", "Description", "Tags"],
    otherwise: { KmsKeyId: ownKey },
    move: "it is another value. To keep the old one, name the old secret under secrets instead.",
  };
};

const cacheSaid = [
  "Engine",
  "EngineVersion",
  "CacheNodeType",
  "NumCacheNodes",
  "NumCacheClusters",
  "CacheSubnetGroupName",
  "SecurityGroupIds",
  "VpcSecurityGroupIds",
  "ReplicationGroupDescription",
  "ReplicationGroupId",
  "ClusterName",
  "AutomaticFailoverEnabled",
  "MultiAZEnabled",
  "AtRestEncryptionEnabled",
  "TransitEncryptionEnabled",
  "Port",
  "Tags",
  "AutoMinorVersionUpgrade",
  "PreferredMaintenanceWindow",
  "SnapshotRetentionLimit",
  "CacheParameterGroupName",
];
const cache: Declare = (template, resource) => {
  const replicas = template.number(template.property(resource, "ReplicasPerNodeGroup"));
  const isOneShard = (template.number(template.property(resource, "NumNodeGroups")) ?? 1) === 1;
  const nodes = replicas !== undefined && isOneShard && replicas < 6 && replicas !== 1 ? replicas + 1 : undefined;
  return {
    declaration: `cache(${args({ nodes })})`,
    said: [...cacheSaid, ...(isOneShard ? ["NumNodeGroups", "ReplicasPerNodeGroup"] : [])],
    otherwise: {
      KmsKeyId: ownKey,
      SnapshotWindow: "AWS chooses the hour of its snapshots.",
      PreferredCacheClusterAZs: "its nodes are in zones of the network.",
      CacheSecurityGroupNames: "whoever is bound to it is let in.",
      AuthToken: "whoever is bound to it is let in, and it has no password: a URL that holds one is not right for it.",
    },
    move: "what a cache holds is made anew. Its connections use TLS here.",
  };
};

/** What can be declared, by its type. Undefined where this one can't be. */
export const declarable: Readonly<Record<string, Declare>> = {
  "AWS::S3::Bucket": bucket,
  "AWS::DynamoDB::Table": table,
  "AWS::RDS::DBCluster": postgres(clusterInstances, false),
  "AWS::RDS::DBInstance": postgres(() => 1, true),
  "AWS::SQS::Queue": queue,
  "AWS::SNS::Topic": topic,
  "AWS::SecretsManager::Secret": secret,
  "AWS::ElastiCache::CacheCluster": cache,
  "AWS::ElastiCache::ReplicationGroup": cache,
  "AWS::EFS::FileSystem": simple(
    "fileSystem()",
    ["Encrypted", "PerformanceMode", "ThroughputMode", "FileSystemTags", "LifecyclePolicies", "BackupPolicy"],
    "copy its files with DataSync, or with a task that mounts both.",
  ),
};

function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.kind === "list" ? node.items : [];
}
