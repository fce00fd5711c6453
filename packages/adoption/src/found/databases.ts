import type { Asking } from "./asking";
import type { Thing } from "./thing";

/** What RDS says of a database, besides what its ARN does: DocumentDB and Neptune have the same ARNs. */
interface FoundDatabase {
  engine: string;
  /** The cluster that an instance is one of. */
  cluster?: string;
}

/** A thing that is not proposed, and why: half a sentence. */
export interface Unfit {
  thing: Thing;
  why: string;
}

const isDatabase = ({ kind }: Thing) => kind === "databaseCluster" || kind === "databaseInstance";

/**
 * Asks RDS which engine databases have, and keeps those that may be a postgres of a plan.
 *
 * @returns the things without other databases, and those
 */
export async function withoutOtherEngines(asking: Asking, things: readonly Thing[]): Promise<{ fit: Thing[]; unfit: Unfit[] }> {
  const [clusters, instances] = await Promise.all([
    things.some(({ kind }) => kind === "databaseCluster") ? clustersOf(asking) : new Map<string, FoundDatabase>(),
    things.some(({ kind }) => kind === "databaseInstance") ? instancesOf(asking) : new Map<string, FoundDatabase>(),
  ]);
  const unfit = things.filter(isDatabase).flatMap((thing) => {
    const why = whyNot(thing, thing.kind === "databaseCluster" ? clusters : instances);
    return why === undefined ? [] : [{ thing, why }];
  });
  return { fit: things.filter((thing) => !unfit.some((each) => each.thing === thing)), unfit };
}

/** @param found undefined where RDS didn't tell */
function whyNot({ id }: Thing, found: ReadonlyMap<string, FoundDatabase> | undefined): string | undefined {
  if (!found) return "its engine could not be seen, and existingPostgres is for PostgreSQL alone";
  const database = found.get(id);
  if (!database) return "it is not there any more";
  if (!postgresEngines.includes(database.engine)) return `it is ${database.engine}, and existingPostgres is for PostgreSQL alone`;
  return database.cluster === undefined ? undefined : `it is one of the cluster ${database.cluster}, which is to be named instead`;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const postgresEngines = ["postgres", "aurora-postgresql"];

async function clustersOf({ clients, sight }: Asking): Promise<Map<string, FoundDatabase> | undefined> {
  return sight.see("engines of database clusters, of which none is proposed", "rds:DescribeDBClusters", async () => {
    const { paginateDescribeDBClusters } = await import("@aws-sdk/client-rds");
    const found = new Map<string, FoundDatabase>();
    for await (const { DBClusters = [] } of paginateDescribeDBClusters({ client: await clients.databases() }, {}))
      for (const { DBClusterIdentifier = "", Engine = "" } of DBClusters) found.set(DBClusterIdentifier, { engine: Engine });
    return found;
  });
}

async function instancesOf({ clients, sight }: Asking): Promise<Map<string, FoundDatabase> | undefined> {
  return sight.see("engines of database instances, of which none is proposed", "rds:DescribeDBInstances", async () => {
    const { paginateDescribeDBInstances } = await import("@aws-sdk/client-rds");
    const found = new Map<string, FoundDatabase>();
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client: await clients.databases() }, {}))
      for (const { DBInstanceIdentifier = "", Engine = "", DBClusterIdentifier } of DBInstances)
        found.set(DBInstanceIdentifier, { engine: Engine, ...(DBClusterIdentifier !== undefined && { cluster: DBClusterIdentifier }) });
    return found;
  });
}
