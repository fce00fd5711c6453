/** What is said of a key that encrypts. */
export const ownKey = "it is encrypted with the environment's key, or with AWS's own where it has none.";
/** Properties that a database has otherwise here, with how. */
export const databaseOtherwise = {
  KmsKeyId: ownKey,
  MonitoringInterval: "enhanced monitoring writes every minute.",
  MonitoringRoleArn: "enhanced monitoring has a role of its own.",
  EnablePerformanceInsights: "Performance Insights is on.",
  PerformanceInsightsRetentionPeriod: "Performance Insights keeps a week.",
  EnableCloudwatchLogsExports: "PostgreSQL's log goes to CloudWatch.",
  DeleteAutomatedBackups: "a final snapshot is kept where the environment keeps its data.",
  SnapshotIdentifier: "it was made of a snapshot once, and its data moves as it is now.",
  CACertificateIdentifier: "AWS's newest authority signs its certificate.",
};

/** Properties that the declaration of a database says, or that every one has. */
export const databaseSaid = [
  "MasterUsername",
  "MasterUserPassword",
  "ManageMasterUserPassword",
  "DBClusterParameterGroupName",
  "DBParameterGroupName",
  "DBSubnetGroupName",
  "DBSubnetGroup",
  "VpcSecurityGroupIds",
  "VPCSecurityGroups",
  "Engine",
  "EngineVersion",
  "EngineMode",
  "Port",
  "DatabaseName",
  "DBName",
  "ServerlessV2ScalingConfiguration",
  "ScalingConfiguration",
  "StorageEncrypted",
  "BackupRetentionPeriod",
  "DeletionProtection",
  "CopyTagsToSnapshot",
  "Tags",
  "DBClusterIdentifier",
  "DBInstanceIdentifier",
  "AutoMinorVersionUpgrade",
  "AllowMajorVersionUpgrade",
  "PubliclyAccessible",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "EnableHttpEndpoint",
];
