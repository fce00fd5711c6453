import { each, expectInput, type Rule } from "../rule";

const cluster = "aws:rds/cluster:Cluster";
const instance = "aws:rds/clusterInstance:ClusterInstance";
const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
const table = "aws:dynamodb/table:Table";
const fileSystem = "aws:efs/fileSystem:FileSystem";
const accessPoint = "aws:efs/accessPoint:AccessPoint";
const defaultNames = ["admin", "postgres", "root"];
const defaultPorts = [3306, 5432];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html */
const rdsRules: Rule[] = [
  each(
    "RDS.2",
    "Databases have no public address",
    instance,
    "Set it to false.",
    ({ inputs }) => inputs.publiclyAccessible === true && "publiclyAccessible is true",
  ),
  expectInput(
    "RDS.6",
    "Databases have enhanced monitoring",
    instance,
    "monitoringInterval",
    [1, 5, 10, 15, 30, 60],
    "Set monitoringInterval to 60.",
  ),
  expectInput("RDS.7", "Databases can't be deleted by accident", cluster, "deletionProtection", [true], "Set deletionProtection to true."),
  each(
    "RDS.11",
    "Databases are backed up for a week",
    cluster,
    "Set it to 7 or more.",
    ({ inputs: { backupRetentionPeriod = 1 } }) =>
      Number(backupRetentionPeriod) < 7 && `backupRetentionPeriod is ${String(backupRetentionPeriod)}`,
  ),
  expectInput("RDS.12", "Databases know IAM users", cluster, "iamDatabaseAuthenticationEnabled", [true], "Set it to true."),
  each(
    "RDS.15",
    "Databases are in several zones",
    cluster,
    "Set instances to 2.",
    (resource, plan) =>
      plan.attachedTo(resource, instance, "clusterIdentifier").length < 2 &&
      "it has fewer than 2 instances: an outage of their zone is the database's",
  ),
  expectInput("RDS.16", "Snapshots have the database's tags", cluster, "copyTagsToSnapshot", [true], "Set it to true."),
  each(
    "RDS.23",
    "Databases do not use the port that is tried first",
    cluster,
    "Choose another port.",
    ({ inputs: { port } }) => (port === undefined || defaultPorts.includes(Number(port))) && `port is ${String(port ?? "the default")}`,
  ),
  each(
    "RDS.24",
    "The administrator has a name of its own",
    cluster,
    "Choose another name.",
    ({ inputs }) => defaultNames.includes(String(inputs.masterUsername)) && `masterUsername is ${String(inputs.masterUsername)}`,
  ),
  expectInput("RDS.27", "Databases are encrypted", cluster, "storageEncrypted", [true], "Set storageEncrypted to true."),
  expectInput("RDS.35", "Databases take minor versions", instance, "autoMinorVersionUpgrade", [true], "Set it to true."),
  each(
    "RDS.37",
    "Databases log to CloudWatch",
    cluster,
    "Set it to postgresql.",
    ({ inputs }) => ((inputs.enabledCloudwatchLogsExports ?? []) as string[]).length === 0 && "enabledCloudwatchLogsExports is empty",
  ),
  each(
    "SecretsManager.1",
    "Passwords of databases rotate",
    cluster,
    "Set manageMasterUserPassword.",
    ({ inputs }) => inputs.manageMasterUserPassword !== true && "RDS does not manage the password, so nobody rotates it",
  ),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html */
const cacheRules: Rule[] = [
  each(
    "ElastiCache.1",
    "Caches are backed up",
    cache,
    "Set snapshotRetentionDays to 1.",
    ({ inputs: { snapshotRetentionLimit = 0 } }) => Number(snapshotRetentionLimit) < 1 && "snapshotRetentionLimit is 0",
  ),
  expectInput("ElastiCache.2", "Caches take minor versions", cache, "autoMinorVersionUpgrade", [true], "Set it to true."),
  expectInput("ElastiCache.3", "Caches fail over", cache, "automaticFailoverEnabled", [true], "Set nodes to 2."),
  expectInput("ElastiCache.4", "Caches are encrypted", cache, "atRestEncryptionEnabled", [true], "Set it to true."),
  expectInput("ElastiCache.5", "Caches speak TLS", cache, "transitEncryptionEnabled", [true], "Set it to true."),
  each(
    "ElastiCache.7",
    "Caches have subnets of their own",
    cache,
    "Give it one.",
    ({ inputs: { subnetGroupName } }) =>
      (subnetGroupName === undefined || subnetGroupName === "default") && "it is in the default subnet group",
  ),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html */
const tableRules: Rule[] = [
  expectInput(
    "DynamoDB.1",
    "Tables scale with what is asked of them",
    table,
    "billingMode",
    ["PAY_PER_REQUEST"],
    "Set billingMode to PAY_PER_REQUEST.",
  ),
  expectInput("DynamoDB.2", "Tables can be restored to any second", table, "pointInTimeRecovery.enabled", [true], "Set it to true."),
  expectInput(
    "DynamoDB.6",
    "Tables can't be deleted by accident",
    table,
    "deletionProtectionEnabled",
    [true],
    "Set deletionProtection to true.",
  ),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html */
const fileRules: Rule[] = [
  expectInput("EFS.1", "File systems are encrypted", fileSystem, "encrypted", [true], "Set encrypted to true."),
  each(
    "EFS.2",
    "File systems are backed up",
    fileSystem,
    "Give it a BackupPolicy with the status ENABLED.",
    (resource, plan) =>
      !plan
        .attachedTo(resource, "aws:efs/backupPolicy:BackupPolicy", "fileSystemId")
        .some((policy) => plan.read(policy, "backupPolicy.status") === "ENABLED") && "it has no backup policy",
  ),
  each("EFS.3", "Access points lead to a folder", accessPoint, "Set rootDirectory.path.", (resource, plan) => {
    const path = plan.read(resource, "rootDirectory.path");
    return (path === undefined || path === "/") && "its root is that of the file system";
  }),
  each(
    "EFS.4",
    "Access points have a user",
    accessPoint,
    "Set posixUser.",
    (resource, plan) => plan.read(resource, "posixUser.uid") === undefined && "posixUser is not set",
  ),
];

export const dataRules: Rule[] = [...rdsRules, ...cacheRules, ...tableRules, ...fileRules];
