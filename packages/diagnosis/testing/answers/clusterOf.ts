import type { Cluster } from "@aws-sdk/client-ecs";

import type { AnsweringAccount } from "../account";
import { Refusal } from "../protocols";

/** Name, or ARN, of a cluster to the cluster. */
export function clusterOf({ state }: AnsweringAccount, name = "default"): Cluster {
  const found = state.clusters.find(({ clusterArn, clusterName }) => clusterArn === name || clusterName === name);
  if (!found) throw new Refusal("ClusterNotFoundException", "Cluster not found.");
  return found;
}
