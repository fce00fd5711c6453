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
    ({ inputs }) => inputs.publiclyAccessible === true && { problem: "publiclyAccessible is true", fix: "Set it to false." },
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
    ({ inputs: { backupRetentionPeriod = 1 } }) =>
      Number(backupRetentionPeriod) < 7 && {
        problem: `backupRetentionPeriod is ${String(backupRetentionPeriod)}`,
        fix: "Set it to 7 or more.",
      },
  ),
  expectInput("RDS.12", "Databases know IAM users", cluster, "iamDatabaseAuthenticationEnabled", [true], "Set it to true."),
  each(
    "RDS.15",
    "Databases are in several zones",
    cluster,
    (resource, plan) =>
      plan.attachedTo(resource, instance, "clusterIdentifier").length < 2 && {
        problem: "it has fewer than 2 instances: an outage of their zone is the database's",
        fix: "Set instances to 2.",
      },
  ),
  expectInput("RDS.16", "Snapshots have the database's tags", cluster, "copyTagsToSnapshot", [true], "Set it to true."),
  each(
    "RDS.23",
    "Databases do not use the port that is tried first",
    cluster,
    ({ inputs: { port } }) =>
      (port === undefined || defaultPorts.includes(Number(port))) && {
        problem: `port is ${String(port ?? "the default")}`,
        fix: "Choose another port.",
      },
  ),
  each(
    "RDS.24",
    "The administrator has a name of its own",
    cluster,
    ({ inputs }) =>
      defaultNames.includes(String(inputs.masterUsername)) && {
        problem: `masterUsername is ${String(inputs.masterUsername)}`,
        fix: "Choose another name.",
      },
  ),
  expectInput("RDS.27", "Databases are encrypted", cluster, "storageEncrypted", [true], "Set storageEncrypted to true."),
  expectInput("RDS.35", "Databases take minor versions", instance, "autoMinorVersionUpgrade", [true], "Set it to true."),
  each(
    "RDS.37",
    "Databases log to CloudWatch",
    cluster,
    ({ inputs }) =>
      ((inputs.enabledCloudwatchLogsExports ?? []) as string[]).length === 0 && {
        problem: "enabledCloudwatchLogsExports is empty",
        fix: "Set it to postgresql.",
      },
  ),
  each(
    "SecretsManager.1",
    "Passwords of databases rotate",
    cluster,
    ({ inputs }) =>
      inputs.manageMasterUserPassword !== true && {
        problem: "RDS does not manage the password, so nobody rotates it",
        fix: "Set manageMasterUserPassword.",
      },
  ),
];

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html */
const cacheRules: Rule[] = [
  each(
    "ElastiCache.1",
    "Caches are backed up",
    cache,
    ({ inputs: { snapshotRetentionLimit = 0 } }) =>
      Number(snapshotRetentionLimit) < 1 && { problem: "snapshotRetentionLimit is 0", fix: "Set snapshotRetentionDays to 1." },
  ),
  expectInput("ElastiCache.2", "Caches take minor versions", cache, "autoMinorVersionUpgrade", [true], "Set it to true."),
  expectInput("ElastiCache.3", "Caches fail over", cache, "automaticFailoverEnabled", [true], "Set nodes to 2."),
  expectInput("ElastiCache.4", "Caches are encrypted", cache, "atRestEncryptionEnabled", [true], "Set it to true."),
  expectInput("ElastiCache.5", "Caches speak TLS", cache, "transitEncryptionEnabled", [true], "Set it to true."),
  each(
    "ElastiCache.7",
    "Caches have subnets of their own",
    cache,
    ({ inputs: { subnetGroupName } }) =>
      (subnetGroupName === undefined || subnetGroupName === "default") && {
        problem: "it is in the default subnet group",
        fix: "Give it one.",
      },
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
    (resource, plan) =>
      !plan
        .attachedTo(resource, "aws:efs/backupPolicy:BackupPolicy", "fileSystemId")
        .some((policy) => plan.read(policy, "backupPolicy.status") === "ENABLED") && {
        problem: "it has no backup policy",
        fix: "Give it a BackupPolicy with the status ENABLED.",
      },
  ),
  each("EFS.3", "Access points lead to a folder", accessPoint, (resource, plan) => {
    const path = plan.read(resource, "rootDirectory.path");
    return (path === undefined || path === "/") && { problem: "its root is that of the file system", fix: "Set rootDirectory.path." };
  }),
  each(
    "EFS.4",
    "Access points have a user",
    accessPoint,
    (resource, plan) => plan.read(resource, "posixUser.uid") === undefined && { problem: "posixUser is not set", fix: "Set posixUser." },
  ),
];

export const dataRules: Rule[] = [...rdsRules, ...cacheRules, ...tableRules, ...fileRules];
