import type { PriceKey } from "../prices";
import type { Estimator } from "./estimator";

const cluster: Estimator = ({ inputs }, { cost, declared }) => [
  ...(inputs.manageMasterUserPassword ? [cost("the secret of its password", "secret", 1)] : []),
  ...(isPricedAurora(inputs)
    ? [declared("its storage", "aurora.storage", "storedGiB"), declared("its requests", "aurora.requests", "millionRequests")]
    : [{ what: "its storage", unknown: "the file has prices of Aurora's standard storage alone" }]),
];

/** Of a cluster that its instance doesn't tell, the inputs are those of ours. */
function isPricedAurora({ engine = "aurora-postgresql", storageType = "aurora" }: Record<string, unknown>): boolean {
  return engine === "aurora-postgresql" && (storageType === "aurora" || storageType === "");
}

/** Serverless instances cost by what they use; the least that they can use is known. */
const instance: Estimator = ({ inputs }, { cost, referred, hoursPerMonth }) => {
  if (inputs.instanceClass !== "db.serverless")
    return [{ what: String(inputs.instanceClass), unknown: "the file has no price of this instance class" }];
  const of = referred(inputs.clusterIdentifier)?.inputs;
  const scaling = of?.serverlessv2ScalingConfiguration as { minCapacity?: number } | undefined;
  const minimum = scaling?.minCapacity;
  if (minimum === undefined) return [{ what: "Aurora capacity", unknown: "its minimum is known only after apply" }];
  if (minimum === 0) return [{ what: "Aurora capacity", unknown: "it pauses when idle, and how long it is awake is known to nobody here" }];
  if (!isPricedAurora(of!))
    return [{ what: "Aurora capacity", unknown: "the file has prices of Aurora PostgreSQL's standard capacity alone" }];
  return [cost(`Aurora at its minimum of ${minimum} capacity units`, "aurora.serverless", minimum * hoursPerMonth)];
};

const cache: Estimator = ({ inputs }, { cost, hoursPerMonth }) => {
  const [type, nodes] = [String(inputs.nodeType), Number(inputs.numCacheClusters ?? 1)];
  // The file has those of some node types; of another the cost is unknown.
  const key = `elasticache.${String(inputs.engine)}.${type}` as PriceKey;
  return [cost(`${nodes} × ${type}`, key, nodes * hoursPerMonth)];
};

/** Throughput that grows with what is stored (`bursting`, AWS's default) is in the price of storage. */
const fileSystem: Estimator = ({ inputs }, { declared }) => {
  const stores = declared("what it stores", "efs.storage", "storedGiB");
  const mode = inputs.throughputMode ?? "bursting";
  if (mode === "bursting") return [stores];
  if (mode === "elastic")
    return [stores, declared("what is read", "efs.reads", "readGiB"), declared("what is written", "efs.writes", "writtenGiB")];
  const why = mode === "provisioned" ? "the file has no price of what is provisioned" : "its mode is known only after apply";
  return [stores, { what: "its throughput", unknown: why }];
};

export const storage: Record<string, Estimator> = {
  "aws:rds/cluster:Cluster": cluster,
  "aws:rds/clusterInstance:ClusterInstance": instance,
  "aws:elasticache/replicationGroup:ReplicationGroup": cache,
  "aws:efs/fileSystem:FileSystem": fileSystem,
};
