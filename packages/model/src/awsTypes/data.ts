import { interruption, losesData, routine, type TypeSheets } from "./sheet";

const endsConnections = interruption("Connections to it end. The cluster's data stays.");

/** Databases, caches, tables and file systems. */
export const data: TypeSheets = {
  "aws:rds/cluster:Cluster": {
    noun: "database cluster",
    ...losesData("database"),
    replacedBy: ["databaseName", "dbSubnetGroupName", "engine", "engineMode", "kmsKeyId", "masterUsername", "storageEncrypted"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    noun: "database instance",
    replaced: endsConnections,
    deleted: endsConnections,
    replacedBy: ["clusterIdentifier", "engine"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    noun: "database parameter group",
    replaced: routine("The cluster moves to the new one; static parameters count from its next restart."),
    deleted: routine("AWS refuses while a cluster uses it."),
    replacedBy: ["description", "family"],
    taggable: true,
    pricing: "free",
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    noun: "database subnet group",
    replaced: interruption("The databases in it are replaced as well."),
    deleted: routine("AWS refuses while a database is in it."),
    replacedBy: [],
    taggable: true,
    pricing: "free",
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    noun: "cache",
    ...losesData("cache"),
    replacedBy: ["atRestEncryptionEnabled", "engine", "engineVersion", "kmsKeyId", "port", "replicationGroupId", "subnetGroupName"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    noun: "cache subnet group",
    replaced: interruption("The caches in it are replaced as well."),
    deleted: routine("AWS refuses while a cache is in it."),
    replacedBy: ["name"],
    taggable: true,
    pricing: "free",
  },
  "aws:dynamodb/table:Table": {
    noun: "DynamoDB table",
    ...losesData("table"),
    replacedBy: ["hashKey", "name", "rangeKey"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:efs/fileSystem:FileSystem": {
    noun: "file system",
    ...losesData("file system"),
    replacedBy: ["encrypted", "kmsKeyId"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:efs/mountTarget:MountTarget": {
    noun: "mount target",
    replaced: interruption("Tasks in its zone don't reach the file system until the new one is there."),
    deleted: interruption("Tasks in its zone don't reach the file system."),
    replacedBy: ["fileSystemId", "subnetId"],
    taggable: false,
    pricing: "free",
  },
  "aws:efs/accessPoint:AccessPoint": {
    noun: "access point",
    replaced: interruption("Tasks roll over to the new one, and another root folder shows them other files. The old files stay."),
    deleted: interruption("Tasks that mount it can't start. The files stay."),
    replacedBy: ["fileSystemId", "posixUser", "rootDirectory"],
    taggable: true,
    pricing: "free",
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": {
    noun: "file system policy",
    replaced: routine("Put again in one request."),
    deleted: routine("Whoever reaches a mount target may mount the file system."),
    replacedBy: ["fileSystemId"],
    taggable: false,
    pricing: "free",
  },
  "aws:efs/backupPolicy:BackupPolicy": {
    noun: "backup of a file system",
    replaced: routine("Put again in one request."),
    deleted: routine("No further backups are made. Those that were made stay."),
    replacedBy: ["fileSystemId"],
    taggable: false,
    pricing: "unknown",
  },
};
