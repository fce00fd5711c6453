import {
  asList,
  cantTell,
  dataLoss,
  harmless,
  harmlessOnes,
  interrupts,
  isEqual,
  isUnknown,
  itemsBeyond,
  lessProtected,
  loses,
  lowered,
  members,
  turnedOff,
  unknown,
  whenever,
  type Judges,
} from "./judge";

const protection = turnedOff(lessProtected("AWS no longer refuses to delete it."));

/** Caches, tables and file systems. */
export const data: Readonly<Record<string, Judges>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    ...harmlessOnes(
      "tags description maintenanceWindow snapshotWindow applyImmediately finalSnapshotIdentifier authTokenUpdateStrategy preferredCacheClusterAzs",
    ),
    autoMinorVersionUpgrade: turnedOff(lessProtected("Mends of its engine no longer come by themselves."), true),
    notificationTopicArn: whenever(lessProtected("Others, or nobody, are told of failovers and full caches.")),
    clusterMode: whenever(interrupts("Clients have to ask it as a cluster, or no longer.")),
    ipDiscovery: whenever(interrupts("Clients are told addresses of another kind.")),
    authTokenWo: whenever(interrupts("Clients have to know another password.")),
    authTokenWoVersion: whenever(interrupts("Clients have to know another password.")),
    durability: whenever(unknown("Writes are kept otherwise when a node fails.")),
    nodeGroupConfigurations: whenever(interrupts("Its nodes are distributed otherwise: some are exchanged.")),
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
    snapshotRetentionLimit: lowered(dataLoss("Snapshots that are older are deleted.")),
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
      if (isUnknown(after)) return cantTell;
      const [was, is] = [before, after].map((value) => (value ?? {}) as { attributeName?: string; enabled?: boolean });
      return is!.enabled && (was!.attributeName !== is!.attributeName || !was!.enabled)
        ? dataLoss(`AWS deletes each item whose ${is!.attributeName} is in the past.`)
        : undefined;
    },
    serverSideEncryption: whenever(lessProtected("It is encrypted by another key.")),
    streamEnabled: turnedOff(interrupts("Who reads its changes gets none.")),
    streamViewType: whenever(interrupts("Who reads its changes gets others.")),
    replicas: ({ before, after }) => {
      const regions = (value: unknown) => asList(value).map((item) => (item as { regionName?: unknown }).regionName);
      if (itemsBeyond(regions(before), regions(after)).length > 0) return dataLoss("The copy in a region that is left is deleted.");
      const protects = (value: unknown) =>
        asList(value).filter((item) => (item as { pointInTimeRecovery?: unknown }).pointInTimeRecovery === true).length;
      return protects(after) < protects(before) ? dataLoss("A copy can no longer be brought back to earlier points in time.") : undefined;
    },
    warmThroughput: harmless,
    globalTableWitness: whenever(unknown("Another region decides when one of the table's fails.")),
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
  "aws:efs/accessPoint:AccessPoint": {
    tags: harmless,
    rootDirectory: ({ before, after }) => {
      const path = (value: unknown) => (value as { path?: unknown } | undefined)?.path ?? "/";
      return isEqual(path(before), path(after))
        ? undefined
        : dataLoss("Programs see another folder: what they kept stays in the old one, and they don't reach it.");
    },
  },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": { bypassPolicyLockoutSafetyCheck: harmless, policy: harmless },
  "aws:efs/backupPolicy:BackupPolicy": {
    backupPolicy: members({
      status: ({ after, isNew }) =>
        after === "ENABLED" || isNew
          ? undefined
          : lessProtected("No further backups are made. Those that were made stay until they expire."),
    }),
  },
};
