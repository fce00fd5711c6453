import { databaseVersion } from "./databaseVersion";
import {
  firstOf,
  harmlessOnes,
  asList,
  cantTell,
  dataLoss,
  harmless,
  interrupts,
  isUnknown,
  lessProtected,
  loses,
  lowered,
  opened,
  turnedOff,
  turnedOn,
  unknown,
  unreachable,
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
    : lowered(dataLoss(fewerBackups))(change);

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html */
const otherAuthority = whenever(interrupts("Clients that trust the old authority alone can't connect; some engines restart."));
const otherPassword = whenever(interrupts("The master user's password is another one: who logs in by the old one is refused."));

/** What watches a database, and for how long it keeps that. */
const watched: Judges = {
  ...harmlessOnes("monitoringRoleArn warningEventCategories"),
  monitoringInterval: ({ before, after }) =>
    Number(after ?? 0) === 0 && Number(before ?? 0) !== 0 ? lessProtected("Its operating system is no longer watched.") : undefined,
  performanceInsightsEnabled: turnedOff(lessProtected("What loads it is no longer seen.")),
  performanceInsightsRetentionPeriod: lowered(lessProtected("What loaded it longer ago is deleted."), 7),
};

/** When AWS does what waits. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html */
const shared: Judges = {
  autoMinorVersionUpgrade: turnedOff(lessProtected("Mends of its engine no longer come by themselves."), true),
  applyImmediately: harmless,
};

const insightsMode: Judge = ({ after }) => (after === "advanced" ? undefined : lessProtected("Less of what loads it is seen."));

const protection = turnedOff(lessProtected("AWS no longer refuses to delete it."));

/** Capacity of Aurora Serverless. */
const capacity: Judge = ({ before, after }) => {
  if (isUnknown(before) || isUnknown(after)) return cantTell;
  const { maxCapacity: was = 0, minCapacity: least = 0 } = (before ?? {}) as { maxCapacity?: number; minCapacity?: number };
  const { maxCapacity: is = 0, minCapacity: now = 0 } = (after ?? {}) as { maxCapacity?: number; minCapacity?: number };
  if (is < was) return lessProtected(`Under load it grows to ${is} units, no longer to ${was}.`);
  if (now === 0 && least > 0) return interrupts("It pauses when nobody asks; the first connection then waits, about 15 seconds.");
  return undefined;
};

/** What a cluster and an instance of its own both have. */
const ofDatabase: Judges = {
  databaseInsightsMode: insightsMode,
  masterUserSecretKmsKeyId: whenever(
    interrupts("The secret of its master user is encrypted with another key: whoever may not use that can't read it."),
  ),
  backupRetentionPeriod: backupDays,
  deletionProtection: protection,
  deleteAutomatedBackups: turnedOn(lessProtected("Its backups go with it when it is deleted.")),
  skipFinalSnapshot: turnedOn(lessProtected("When it is deleted, no snapshot of it is left.")),
  iamDatabaseAuthenticationEnabled: whenever(interrupts("Others may log in, or those that did by their role no longer.")),
  enabledCloudwatchLogsExports: loses(lessProtected("Less of what it logs is kept.")),
  manageMasterUserPassword: whenever(interrupts("The master user's password is another one.")),
  port: whenever(interrupts("It answers on another port: connections to the old one are refused.")),
  vpcSecurityGroupIds: whenever(lessProtected("Other security groups decide who reaches it.")),
  networkType: whenever(interrupts("It is reached by other kinds of addresses.")),
  allocatedStorage: lowered(unknown("AWS refuses less storage.")),
  iops: lowered(lessProtected("Its storage answers slower.")),
};

/** Databases that speak SQL. */
export const databases: Readonly<Record<string, Judges>> = {
  "aws:rds/cluster:Cluster": {
    ...harmlessOnes(
      "tags copyTagsToSnapshot finalSnapshotIdentifier preferredBackupWindow allowMajorVersionUpgrade performanceInsightsKmsKeyId engineLifecycleSupport",
    ),
    ...watched,
    ...shared,
    ...ofDatabase,
    preferredMaintenanceWindow: harmless,
    // Another one replaces the cluster, which is told as that.
    snapshotIdentifier: harmless,
    caCertificateIdentifier: otherAuthority,
    masterPasswordWo: otherPassword,
    masterPasswordWoVersion: otherPassword,
    scalingConfiguration: whenever(lessProtected("It grows to another size under load, and pauses after another time.")),
    enableGlobalWriteForwarding: turnedOff(interrupts("Writes that are sent to a copy in another region are refused.")),
    enableLocalWriteForwarding: turnedOff(interrupts("Writes that are sent to a reader are refused.")),
    domain: whenever(interrupts("Who logs in by the old directory is refused.")),
    domainIamRoleName: whenever(interrupts("Who logs in by the directory may be refused.")),
    engineVersion: databaseVersion,
    serverlessv2ScalingConfiguration: capacity,
    dbClusterParameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    dbInstanceParameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    enableHttpEndpoint: firstOf(
      turnedOn(lessProtected("Whoever has the permission may ask it by AWS's API, from outside of the network.")),
      turnedOff(interrupts("Who asks it by AWS's API is refused: programs, query editors, and what makes users in it.")),
    ),
    masterPassword: whenever(interrupts("The master user's password is another one: who logs in by the old one is refused.")),
    iamRoles: loses(interrupts("It may no longer ask the AWS services that those roles let it ask.")),
    globalClusterIdentifier: whenever(interrupts("It leaves its global cluster, or joins another one.")),
    replicationSourceIdentifier: whenever(interrupts("It no longer follows its source.")),
    backtrackWindow: lowered(lessProtected("It can be wound back less far."), 0),
    dbClusterInstanceClass: whenever(restart),
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    ...harmlessOnes("tags copyTagsToSnapshot preferredBackupWindow promotionTier performanceInsightsKmsKeyId forceDestroy"),
    ...watched,
    ...shared,
    preferredMaintenanceWindow: harmless,
    caCertIdentifier: otherAuthority,
    instanceClass: whenever(restart),
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
  "pulumi-nodejs:dynamic/fairlead:GeneratedValue": {
    ...harmlessOnes("secretArn"),
    length: whenever(interrupts("It gets another value: what was signed or encrypted with the old one is not accepted any more.")),
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    ...harmlessOnes("tags"),
    subnetIds: loses(interrupts("AWS refuses while an instance is in a subnet that is left.")),
  },
  "aws:rds/instance:Instance": {
    ...harmlessOnes(
      "tags copyTagsToSnapshot finalSnapshotIdentifier backupWindow allowMajorVersionUpgrade performanceInsightsKmsKeyId engineLifecycleSupport",
    ),
    ...harmlessOnes("blueGreenUpdate upgradeStorageConfig"),
    ...watched,
    ...shared,
    ...ofDatabase,
    maintenanceWindow: harmless,
    caCertIdentifier: otherAuthority,
    identifier: whenever(unreachable("Its address has its name: clients that know the old one find nobody.")),
    dbSubnetGroupName: whenever(interrupts("It moves to other subnets: connections end, and only those that reach them find it.")),
    storageThroughput: lowered(lessProtected("Its storage answers slower.")),
    dedicatedLogVolume: whenever(restart),
    optionGroupName: whenever(interrupts("Other options count, some from the next restart.")),
    passwordWo: otherPassword,
    passwordWoVersion: otherPassword,
    customerOwnedIpEnabled: whenever(interrupts("It is reached by other addresses.")),
    replicateSourceDb: whenever(interrupts("It no longer follows its source, or follows another one.")),
    replicaMode: whenever(interrupts("It can be read no longer, or from then on.")),
    licenseModel: whenever(restart),
    ...Object.fromEntries(
      ["domain", "domainAuthSecretArn", "domainDnsIps", "domainFqdn", "domainIamRoleName", "domainOu"].map((name) => [
        name,
        whenever(interrupts("Who logs in by the old directory is refused.")),
      ]),
    ),
    engineVersion: databaseVersion,
    instanceClass: whenever(restart),
    publiclyAccessible: turnedOn(opened("It gets a public address.")),
    multiAz: turnedOff(lessProtected("When its zone fails, it is gone until it is restored.")),
    maxAllocatedStorage: lowered(lessProtected("Its storage grows less far by itself.")),
    parameterGroupName: whenever(interrupts("Other settings count, some from the next restart.")),
    password: whenever(interrupts("The master user's password is another one.")),
    storageType: whenever(interrupts("Its storage is moved; meanwhile it answers slower.")),
  },
};
