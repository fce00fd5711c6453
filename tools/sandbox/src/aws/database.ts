import { AwsError, type ResourceModel } from "./model";

const cluster = "aws:rds/cluster:Cluster";
const instance = "aws:rds/clusterInstance:ClusterInstance";
const subnetGroup = "aws:rds/subnetGroup:SubnetGroup";
const parameterGroup = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

const identifier = /^[A-Za-z](?!.*--)[A-Za-z0-9-]{0,62}(?<!-)$/;

/** RDS. A database is there as soon as it is asked for. */
export const database: Record<string, ResourceModel> = {
  [subnetGroup]: {
    autoName: "name",
    replaceOn: ["name"],
    refuse({ subnetIds }) {
      if (subnetIds.length < 2)
        throw new AwsError("DBSubnetGroupDoesNotCoverEnoughAZs", "Please add subnets to cover at least 2 availability zones");
    },
    create: ({ name }, { arn }) => ({ id: name, outputs: { arn: arn("rds", `subgrp:${name}`) } }),
    refuseDelete(id, _, world) {
      if (world.all(cluster).some(({ inputs }) => inputs.dbSubnetGroupName === id)) {
        throw new AwsError(
          "InvalidDBSubnetGroupStateFault",
          `Cannot delete the subnet group '${id}' because at least one database is using it`,
        );
      }
    },
  },
  [parameterGroup]: {
    autoName: "name",
    replaceOn: ["name", "family"],
    create: ({ name }, { arn }) => ({ id: name, outputs: { arn: arn("rds", `cluster-pg:${name}`) } }),
  },
  [cluster]: {
    autoName: "clusterIdentifier",
    replaceOn: ["clusterIdentifier", "databaseName", "engine", "masterUsername", "kmsKeyId", "storageEncrypted"],
    refuse({ clusterIdentifier, dbSubnetGroupName, masterUsername }, world) {
      if (!identifier.test(clusterIdentifier))
        throw new AwsError("InvalidParameterValue", `The parameter DBClusterIdentifier is not valid: ${clusterIdentifier}`);
      if (!world.get(subnetGroup, dbSubnetGroupName))
        throw new AwsError("DBSubnetGroupNotFoundFault", `DBSubnetGroup '${dbSubnetGroupName}' not found`);
      if (["admin", "rdsadmin"].includes(masterUsername))
        throw new AwsError("InvalidParameterValue", `MasterUsername ${masterUsername} cannot be used`);
    },
    create: ({ clusterIdentifier, manageMasterUserPassword }, { arn, unique, region, accountId }) => {
      const host = (kind: string) => `${clusterIdentifier}.${kind}${unique(12)}.${region}.rds.amazonaws.com`;
      const secretArn = `arn:aws:secretsmanager:${region}:${accountId}:secret:rds!cluster-${unique(8)}-${unique(6)}`;
      return {
        id: clusterIdentifier,
        outputs: {
          arn: arn("rds", `cluster:${clusterIdentifier}`),
          endpoint: host("cluster-"),
          readerEndpoint: host("cluster-ro-"),
          masterUserSecrets: manageMasterUserPassword ? [{ secretArn, secretStatus: "active", kmsKeyId: "" }] : [],
        },
      };
    },
    refuseDelete(id, { deletionProtection, skipFinalSnapshot, finalSnapshotIdentifier }, world) {
      if (deletionProtection)
        throw new AwsError("InvalidParameterCombination", "Cannot delete protected Cluster, please disable deletion protection");
      if (!skipFinalSnapshot && !finalSnapshotIdentifier)
        throw new AwsError("InvalidParameterCombination", "FinalDBSnapshotIdentifier is required");
      if (world.all(instance).some(({ inputs }) => inputs.clusterIdentifier === id)) {
        throw new AwsError("InvalidDBClusterStateFault", "Cluster cannot be deleted, it still contains DB instances");
      }
    },
  },
  [instance]: {
    autoName: "identifier",
    replaceOn: ["identifier", "clusterIdentifier", "engine"],
    refuse({ identifier: name, clusterIdentifier }, world) {
      if (!identifier.test(name)) throw new AwsError("InvalidParameterValue", `The parameter DBInstanceIdentifier is not valid: ${name}`);
      if (!world.get(cluster, clusterIdentifier)) throw new AwsError("DBClusterNotFoundFault", `DBCluster ${clusterIdentifier} not found`);
    },
    create: ({ identifier: name }, { arn }) => ({ id: name, outputs: { arn: arn("rds", `db:${name}`) } }),
  },
};
