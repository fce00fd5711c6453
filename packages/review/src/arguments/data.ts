import {
  asList,
  dataLoss,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  lessProtected,
  loses,
  lowered,
  members,
  opened,
  turnedOff,
  turnedOn,
  unknown,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

const restart = interrupts("It restarts: connections end.");
const fewerBackups = "It can be brought back to fewer points in time; backups that are older are deleted.";
/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html */
const backupDays: Judge = (change) =>
  !isUnknown(change.after) && Number(change.after) === 0
    ? dataLoss("There are no backups any more, and those that there are get deleted.")
    : lowered(dataLoss(fewerBackups), 1)(change);

const protection = turnedOff(lessProtected("AWS no longer refuses to delete it."));

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html */
const databaseVersion: Judge = ({ before, after }) => {
  if (typeof before !== "string" || typeof after !== "string") return unknown("Its version is another one.");
  const major = (version: string) => version.split(".")[0];
  if (major(before) === major(after))
    return isLater(after, before)
      ? interrupts("A minor upgrade: it restarts, and connections end.")
      : unknown("AWS refuses an older version.");
  if (!isLater(after, before)) return interrupts("AWS refuses an older version: `up` fails.");
  return interrupts(
    `A major upgrade, ${before} → ${after}: it is not reachable for minutes, longer with much data, and there is no way back but a snapshot. Programs and extensions have to work with it.`,
  );
};

function isLater(version: string, than: string): boolean {
  return version.localeCompare(than, "en", { numeric: true }) > 0;
}

/** Capacity of Aurora Serverless. */
const capacity: Judge = ({ before, after }) => {
  const { maxCapacity: was = 0, minCapacity: least = 0 } = (before ?? {}) as { maxCapacity?: number; minCapacity?: number };
  const { maxCapacity: is = 0, minCapacity: now = 0 } = (after ?? {}) as { maxCapacity?: number; minCapacity?: number };
  if (is < was) return lessProtected(`Under load it grows to ${is} units, no longer to ${was}.`);
  if (now === 0 && least > 0) return interrupts("It pauses when nobody asks; the first connection then waits, about 15 seconds.");
  return undefined;
};

/** Databases, caches, tables and file systems. */
export const data: Readonly<Record<string, Judges>> = {
  "aws:rds/cluster:Cluster": {
    ...harmlessOnes(
      "tags copyTagsToSnapshot finalSnapshotIdentifier preferredBackupWindow preferredMaintenanceWindow performanceInsightsRetentionPeriod allowMajorVersionUpgrade",
    ),
    ...harmlessOnes(
      "performanceInsightsEnabled performanceInsightsKmsKeyId applyImmediately databaseInsightsMode autoMinorVersionUpgrade masterUserSecretKmsKeyId",
    ),
    backupRetentionPeriod: backupDays,
    deletionProtection: protection,
    deleteAutomatedBackups: turnedOn(lessProtected("Its backups go with it when it is deleted."), true),
    skipFinalSnapshot: turnedOn(lessProtected("When it is deleted, no snapshot of it is left.")),
    engineVersion: databaseVersion,
    serverlessv2ScalingConfiguration: capacity,
    dbClusterParameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    dbInstanceParameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    enableHttpEndpoint: turnedOn(lessProtected("Whoever has the permission may ask it by AWS's API, from outside of the network.")),
    enabledCloudwatchLogsExports: loses(lessProtected("Less of what it logs is kept.")),
    iamDatabaseAuthenticationEnabled: whenever(interrupts("Others may log in, or those that did by their role no longer.")),
    manageMasterUserPassword: whenever(interrupts("The master user's password is another one.")),
    masterPassword: whenever(interrupts("The master user's password is another one: who logs in by the old one is refused.")),
    port: whenever(interrupts("It answers on another port: connections to the old one are refused.")),
    vpcSecurityGroupIds: whenever(lessProtected("Other security groups decide who reaches it.")),
    networkType: whenever(interrupts("It is reached by other kinds of addresses.")),
    iamRoles: loses(interrupts("It may no longer ask the AWS services that those roles let it ask.")),
    globalClusterIdentifier: whenever(interrupts("It leaves its global cluster, or joins another one.")),
    replicationSourceIdentifier: whenever(interrupts("It no longer follows its source.")),
    backtrackWindow: lowered(lessProtected("It can be wound back less far."), 0),
    dbClusterInstanceClass: whenever(restart),
    allocatedStorage: lowered(unknown("AWS refuses less storage.")),
    iops: lowered(lessProtected("Its storage answers slower.")),
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    ...harmlessOnes(
      "tags copyTagsToSnapshot applyImmediately autoMinorVersionUpgrade preferredBackupWindow preferredMaintenanceWindow promotionTier",
    ),
    ...harmlessOnes("monitoringRoleArn performanceInsightsKmsKeyId performanceInsightsRetentionPeriod forceDestroy"),
    caCertIdentifier: whenever(interrupts("Clients that trust the old authority alone can't connect.")),
    instanceClass: whenever(restart),
    monitoringInterval: ({ after }) => (Number(after ?? 0) === 0 ? lessProtected("Its operating system is no longer watched.") : undefined),
    performanceInsightsEnabled: turnedOff(lessProtected("What loads it is no longer seen.")),
    publiclyAccessible: turnedOn(opened("It gets a public address.")),
    dbParameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    engineVersion: databaseVersion,
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    tags: harmless,
    parameters: ({ before, after }) => {
      const forced = (value: unknown) =>
        /rds\.force_ssl|require_secure_transport/.test(
          JSON.stringify(asList(value).filter((item) => /"(1|ON|on)"/.test(JSON.stringify(item)))),
        );
      return forced(before) && !forced(after)
        ? lessProtected("It takes connections without TLS as well.")
        : interrupts("Other settings count: static ones from the next restart.");
    },
  },
  "pulumi-nodejs:dynamic/fairlead:DatabaseRole": {
    ...harmlessOnes("clusterArn secretArn masterSecretArn databaseName"),
    access: ({ after }) =>
      after === "read"
        ? interrupts("Its service may read alone from then on: what it writes is refused.")
        : lessProtected("Its service may change what is in the database."),
    roleName: whenever(interrupts("It logs in by another name; what the old one made stays that one's.")),
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    ...harmlessOnes("tags"),
    subnetIds: loses(interrupts("AWS refuses while an instance is in a subnet that is left.")),
  },
  "aws:rds/instance:Instance": {
    ...harmlessOnes(
      "tags copyTagsToSnapshot finalSnapshotIdentifier backupWindow maintenanceWindow applyImmediately autoMinorVersionUpgrade monitoringRoleArn allowMajorVersionUpgrade",
    ),
    backupRetentionPeriod: backupDays,
    deletionProtection: protection,
    deleteAutomatedBackups: turnedOn(lessProtected("Its backups go with it when it is deleted."), true),
    skipFinalSnapshot: turnedOn(lessProtected("When it is deleted, no snapshot of it is left.")),
    engineVersion: databaseVersion,
    instanceClass: whenever(restart),
    publiclyAccessible: turnedOn(opened("It gets a public address.")),
    multiAz: turnedOff(lessProtected("When its zone fails, it is gone until it is restored.")),
    vpcSecurityGroupIds: whenever(lessProtected("Other security groups decide who reaches it.")),
    allocatedStorage: lowered(unknown("AWS refuses less storage.")),
    maxAllocatedStorage: lowered(lessProtected("Its storage grows less far by itself.")),
    parameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    password: whenever(interrupts("The master user's password is another one.")),
    performanceInsightsEnabled: turnedOff(lessProtected("What loads it is no longer seen.")),
    storageType: whenever(interrupts("Its storage is moved; meanwhile it answers slower.")),
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    ...harmlessOnes(
      "tags description maintenanceWindow snapshotWindow applyImmediately autoMinorVersionUpgrade notificationTopicArn finalSnapshotIdentifier",
    ),
    automaticFailoverEnabled: turnedOff(lessProtected("When its primary fails, nobody takes over.")),
    multiAzEnabled: turnedOff(lessProtected("When its zone fails, it is gone.")),
    numCacheClusters: lowered(lessProtected("Fewer copies are left when a node fails.")),
    replicasPerNodeGroup: lowered(lessProtected("Fewer copies are left when a node fails.")),
    numNodeGroups: whenever(interrupts("Keys are moved between its parts; it answers slower meanwhile.")),
    nodeType: whenever(interrupts("Its nodes are exchanged: connections end.")),
    engineVersion: whenever(interrupts("Its nodes are exchanged: connections end.")),
    engine: whenever(interrupts("Its nodes are exchanged: connections end.")),
    parameterGroupName: whenever(interrupts("Other settings count, such as what it does when it is full.")),
    securityGroupIds: whenever(lessProtected("Other security groups decide who reaches it.")),
    snapshotRetentionLimit: lowered(dataLoss("Snapshots that are older are deleted."), 0),
    transitEncryptionEnabled: whenever(interrupts("Clients have to connect otherwise, with TLS or without.")),
    transitEncryptionMode: ({ after }) =>
      after === "preferred" ? lessProtected("It takes connections without TLS as well.") : interrupts("Clients without TLS are refused."),
    authToken: whenever(interrupts("Clients have to know another password.")),
    userGroupIds: whenever(lessProtected("Others may log in than before.")),
    logDeliveryConfigurations: loses(lessProtected("Less of what it logs is kept.")),
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    ...harmlessOnes("tags description"),
    subnetIds: loses(interrupts("AWS refuses while a node is in a subnet that is left.")),
  },
  "aws:dynamodb/table:Table": {
    ...harmlessOnes("tags attributes tableClass"),
    readCapacity: lowered(interrupts("Reads beyond that are refused for a while.")),
    writeCapacity: lowered(interrupts("Writes beyond that are refused for a while.")),
    billingMode: ({ after }) =>
      after === "PROVISIONED" ? interrupts("Reads and writes beyond what is provisioned are refused for a while.") : undefined,
    onDemandThroughput: whenever(interrupts("Reads and writes beyond that are refused for a while.")),
    deletionProtectionEnabled: protection,
    globalSecondaryIndexes: loses(
      interrupts("Queries by an index that goes fail. Of one that differs, AWS makes another, which takes time."),
    ),
    localSecondaryIndexes: whenever(dataLoss("A new, empty table takes its place.")),
    pointInTimeRecovery: ({ before, after }) => {
      const days = (value: unknown) => {
        const { enabled, recoveryPeriodInDays = 35 } = (value ?? {}) as { enabled?: boolean; recoveryPeriodInDays?: number };
        return enabled ? recoveryPeriodInDays : 0;
      };
      return days(after) < days(before)
        ? dataLoss("It can be brought back to fewer points in time; backups that are older are deleted.")
        : undefined;
    },
    ttl: ({ before, after }) => {
      const [was, is] = [before, after].map((value) => (value ?? {}) as { attributeName?: string; enabled?: boolean });
      return is!.enabled && (was!.attributeName !== is!.attributeName || !was!.enabled)
        ? dataLoss(`AWS deletes each item whose ${is!.attributeName} is in the past.`)
        : undefined;
    },
    serverSideEncryption: whenever(lessProtected("It is encrypted by another key.")),
    streamEnabled: turnedOff(interrupts("Who reads its changes gets none.")),
    streamViewType: whenever(interrupts("Who reads its changes gets others.")),
    replicas: loses(dataLoss("The copy in a region that is left is deleted.")),
  },
  "aws:efs/fileSystem:FileSystem": {
    tags: harmless,
    lifecyclePolicies: harmless,
    throughputMode: whenever(interrupts("Reading and writing are faster or slower than before.")),
    provisionedThroughputInMibps: lowered(interrupts("Reading and writing are slower than before.")),
    protection: whenever(lessProtected("A copy of it may be overwritten.")),
  },
  "aws:efs/mountTarget:MountTarget": {
    securityGroups: whenever(lessProtected("Other security groups decide who reaches the file system.")),
  },
  "aws:efs/accessPoint:AccessPoint": { tags: harmless },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": { bypassPolicyLockoutSafetyCheck: harmless, policy: harmless },
  "aws:efs/backupPolicy:BackupPolicy": {
    backupPolicy: members({
      status: ({ after }) =>
        after === "ENABLED" ? undefined : lessProtected("No further backups are made. Those that were made stay until they expire."),
    }),
  },
};
