import { randomUUID } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { runStatement, startPostgres, type DataApiStatement } from "@fairlead/data/testing/postgresInProcess";

import { AwsError, type AwsRequest } from "./requests";

/** Asks moto in the protocol of RDS, as the caller. */
export type AskRds = (action: string, parameters: Record<string, string>) => Promise<string>;

interface Statement extends DataApiStatement {
  resourceArn: string;
  transactionId?: string;
}

interface Transaction {
  database: PGlite;
  /** Lets the next one begin. */
  end: () => void;
}

/**
 * RDS's Data API, behind which is a real PostgreSQL in this process for each cluster. A cluster that is not there, and one whose Data API is
 * closed, answer as RDS does.
 *
 * @see https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/
 */
export class Databases {
  private readonly databases = new Map<string, Promise<PGlite>>();
  private readonly transactions = new Map<string, Transaction>();
  /** PostgreSQL has one connection here: a transaction begins when the one before has ended. */
  private last: Promise<void> = Promise.resolve();

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, url, body }: AwsRequest, ask: AskRds): Promise<unknown> {
    if (service !== "rds-data") return undefined;
    const given = JSON.parse(body.toString()) as Statement;
    if (url.startsWith("/BeginTransaction")) return this.begin(given, ask);
    const transaction = this.transactions.get(given.transactionId ?? "");
    if (!transaction) throw new AwsError("BadRequestException", `Transaction ${given.transactionId} is not found`);
    if (url.startsWith("/Execute")) return execute(transaction.database, given);
    const committed = url.startsWith("/CommitTransaction");
    await transaction.database.exec(committed ? "COMMIT" : "ROLLBACK");
    await transaction.database.exec("SET SESSION AUTHORIZATION postgres");
    this.transactions.delete(given.transactionId!);
    transaction.end();
    return { transactionStatus: committed ? "Transaction Committed" : "Rollback Complete" };
  }

  private async begin({ resourceArn }: Statement, ask: AskRds): Promise<unknown> {
    const described = await ask("DescribeDBClusters", { DBClusterIdentifier: resourceArn.split(":").at(-1)! });
    if (!described.includes("<DBCluster>")) throw new AwsError("NotFoundException", `DB cluster ${resourceArn} not found`);
    if (!/<HttpEndpointEnabled>true/i.test(described)) {
      throw new AwsError("HttpEndpointNotEnabledException", `The HTTP endpoint of ${resourceArn} is not enabled`);
    }
    const before = this.last;
    let end = () => {};
    this.last = new Promise((resolve) => (end = resolve));
    await before;
    const database = await this.databaseOf(resourceArn);
    await database.exec("SET SESSION AUTHORIZATION administrator; BEGIN");
    const transactionId = randomUUID();
    this.transactions.set(transactionId, { database, end });
    return { transactionId };
  }

  private databaseOf(cluster: string): Promise<PGlite> {
    const known = this.databases.get(cluster);
    if (known) return known;
    const made = newDatabase();
    this.databases.set(cluster, made);
    return made;
  }
}

/** With an administrator as RDS makes it, who is no superuser. */
async function newDatabase(): Promise<PGlite> {
  const database = await startPostgres();
  await database.exec("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB; ALTER DATABASE template1 OWNER TO administrator");
  return database;
}

async function execute(database: PGlite, statement: Statement): Promise<unknown> {
  try {
    await runStatement(database, statement);
  } catch (error) {
    throw new AwsError("DatabaseErrorException", `ERROR: ${(error as Error).message}`);
  }
  return { numberOfRecordsUpdated: 0 };
}
