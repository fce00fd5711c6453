import { sheetOf } from "@fairlead/model/awsTypes";
import type * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";

/**
 * The arguments of which AWS makes another cluster. What is replaced by them as well, through `replacementTrigger`, has a name of its own for
 * each cluster.
 */
export function replacementTrigger(args: rds.ClusterArgs): Partial<rds.ClusterArgs> {
  const { replacedBy = [] } = sheetOf("aws:rds/cluster:Cluster")!;
  return Object.fromEntries(Object.entries(args).filter(([property]) => replacedBy.includes(property)));
}

/**
 * What a cluster's final snapshot is called: the provider deletes a cluster by the name in its state, and RDS refuses one that is taken.
 * Letters, digits and single hyphens.
 *
 * @param unique another one for each cluster, known before it is created
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html
 */
export function finalSnapshotName(name: string, unique: pulumi.Input<string>): pulumi.Output<string> {
  const prefix = `${name}-${pulumi.getStack()}-final`.replace(/[^A-Za-z0-9]+/g, "-");
  return pulumi.interpolate`${prefix}-${unique}`;
}
