import type { Access, DataKind } from "@fairlead/model";

import { bucket, cache, fileSystem, postgres, queue, secret, table, topic, type DataDeclaration } from "../src";

/** What a kind of data promises. */
export interface KindCase {
  declaration: DataDeclaration;
  /** Type of the resource that the kind is. */
  type: string;
  /** What each access allows, and nothing else; what is allowed with the key stands in `keyActions`. */
  actions: Partial<Record<Access, readonly string[]>>;
  /** What every access allows with the key that encrypts the data; nothing where AWS asks no permission of who is bound. */
  keyActions: readonly string[];
  /** Inputs that encrypt its data: with the environment's key, and where there is none. */
  encrypted: (kmsKeyArn: string | undefined) => object;
  /** Type of the resource that has those inputs. The kind's own by default. */
  encryptedBy?: string;
  /** Inputs by which AWS as well refuses to delete it, and by which it doesn't; undefined where it has none. */
  deletion?: (deletionProtection: boolean) => object;
  /** What else it is always set up with. */
  inputs?: object;
  /** Declarations that are refused, by the argument that is wrong. */
  refused?: Record<string, DataDeclaration[]>;
  /** Keeps nothing that could be lost. */
  keepsNothing?: true;
}

const useOfKey = ["kms:Decrypt", "kms:GenerateDataKey"];
const readTable = ["BatchGetItem", "ConditionCheckItem", "DescribeTable", "GetItem", "Query", "Scan"].map((action) => `dynamodb:${action}`);
const writeTable = ["BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"].map((action) => `dynamodb:${action}`);
const receive = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
const readBucket = ["s3:GetObject", "s3:ListBucket"];
const mount = ["elasticfilesystem:ClientMount"];
const changeBucket = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"];

/** Each kind: one that is not here doesn't compile. */
export const kindCases: Record<DataKind, KindCase> = {
  postgres: {
    declaration: postgres(),
    type: "aws:rds/cluster:Cluster",
    actions: { readWrite: [], read: [] },
    keyActions: [],
    encrypted: (kmsKeyArn) => ({ storageEncrypted: true, kmsKeyId: kmsKeyArn, masterUserSecretKmsKeyId: kmsKeyArn }),
    deletion: (deletionProtection) => ({ deletionProtection }),
    inputs: { backupRetentionPeriod: 7 },
    refused: {
      maxCapacity: [postgres({ maxCapacity: 257 })],
      minCapacity: [postgres({ minCapacity: 5, maxCapacity: 4 })],
      instances: [postgres({ instances: 0 }), postgres({ instances: 17 })],
      backupRetentionDays: [postgres({ backupRetentionDays: 0 }), postgres({ backupRetentionDays: 36 })],
      databaseName: [postgres({ databaseName: "1st" })],
    },
  },
  cache: {
    declaration: cache(),
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    actions: { readWrite: [] },
    keyActions: [],
    encrypted: (kmsKeyArn) => ({ atRestEncryptionEnabled: true, kmsKeyId: kmsKeyArn }),
    inputs: { engine: "valkey", transitEncryptionEnabled: true, automaticFailoverEnabled: true },
    refused: { nodes: [cache({ nodes: 0 }), cache({ nodes: 7 })], snapshotRetentionDays: [cache({ snapshotRetentionDays: 36 })] },
  },
  queue: {
    declaration: queue(),
    type: "aws:sqs/queue:Queue",
    actions: { readWrite: [...receive, "sqs:SendMessage"], read: receive, write: ["sqs:GetQueueAttributes", "sqs:SendMessage"] },
    keyActions: useOfKey,
    encrypted: (kmsKeyArn) => (kmsKeyArn ? { kmsMasterKeyId: kmsKeyArn } : { sqsManagedSseEnabled: true }),
    refused: {
      retentionDays: [queue({ retentionDays: 0 }), queue({ retentionDays: 15 })],
      visibilityTimeoutSeconds: [queue({ visibilityTimeoutSeconds: 43_201 })],
      maxReceiveCount: [queue({ maxReceiveCount: 0 })],
    },
  },
  topic: {
    declaration: topic(),
    type: "aws:sns/topic:Topic",
    actions: { write: ["sns:Publish"] },
    keyActions: useOfKey,
    encrypted: (kmsKeyArn) => ({ kmsMasterKeyId: kmsKeyArn ?? "alias/aws/sns" }),
    keepsNothing: true,
  },
  table: {
    declaration: table({ partitionKey: { name: "id" } }),
    type: "aws:dynamodb/table:Table",
    actions: { readWrite: [...readTable, ...writeTable], read: readTable },
    keyActions: useOfKey,
    encrypted: (kmsKeyArn) => ({ serverSideEncryption: { enabled: true, kmsKeyArn } }),
    deletion: (deletionProtection) => ({ deletionProtectionEnabled: deletionProtection }),
    inputs: { pointInTimeRecovery: { enabled: true }, billingMode: "PAY_PER_REQUEST" },
  },
  bucket: {
    declaration: bucket(),
    type: "aws:s3/bucket:Bucket",
    actions: { readWrite: [...readBucket, ...changeBucket], read: readBucket, write: ["s3:ListBucket", ...changeBucket] },
    keyActions: useOfKey,
    encryptedBy: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    encrypted: (kmsMasterKeyId) => ({
      rules: [
        { applyServerSideEncryptionByDefault: kmsMasterKeyId ? { sseAlgorithm: "aws:kms", kmsMasterKeyId } : { sseAlgorithm: "AES256" } },
      ],
    }),
    deletion: (deletionProtection) => ({ forceDestroy: !deletionProtection }),
  },
  secret: {
    declaration: secret(),
    type: "aws:secretsmanager/secret:Secret",
    actions: { read: [] },
    keyActions: [],
    encrypted: (kmsKeyArn) => ({ kmsKeyId: kmsKeyArn }),
    refused: { length: [secret({ length: 15 }), secret({ length: 129 }), secret({ length: 20.5 })] },
  },
  fileSystem: {
    declaration: fileSystem(),
    type: "aws:efs/fileSystem:FileSystem",
    actions: { readWrite: [...mount, "elasticfilesystem:ClientWrite"], read: mount },
    keyActions: [],
    encrypted: (kmsKeyArn) => ({ encrypted: true, kmsKeyId: kmsKeyArn }),
    inputs: { throughputMode: "elastic" },
  },
};
