import type { RDSDataClient } from "@aws-sdk/client-rds-data";
import { coded } from "@fairlead/model";

import type { SqlStatement } from "./roleStatements";

/** Whose database is spoken to, and as whom. */
export interface DataApiTarget {
  clusterArn: string;
  /** Secret of the administrator. */
  masterSecretArn: string;
  databaseName: string;
}

/** What the calls need from outside. */
export interface DataApiContext {
  client: Pick<RDSDataClient, "send">;
  sleep: (seconds: number) => Promise<void>;
}

/** A paused database wakes up, a new one comes up, and its endpoint is there a moment after RDS was told to open it. */
const notYet = /^(DatabaseResuming|DatabaseUnavailable|HttpEndpointNotEnabled|ServiceUnavailable)|HttpEndpoint is not enabled|is resuming/;
const pollSeconds = 5;
const patienceSeconds = 5 * 60;

/**
 * Runs statements in one transaction by RDS's Data API, which answers over HTTPS: the database is in subnets that nobody reaches from outside.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.html
 */
export async function inTransaction(target: DataApiTarget, statements: readonly SqlStatement[], context: DataApiContext): Promise<void> {
  const { BeginTransactionCommand, CommitTransactionCommand, ExecuteStatementCommand, RollbackTransactionCommand } =
    await import("@aws-sdk/client-rds-data");
  const { client } = context;
  const whose = { resourceArn: target.clusterArn, secretArn: target.masterSecretArn };
  const { databaseName: database } = target;
  const { transactionId } = await patiently(() => client.send(new BeginTransactionCommand({ ...whose, database })), context);
  try {
    for (const { sql, values = {} } of statements) {
      const parameters = Object.entries(values).map(([name, stringValue]) => ({ name, value: { stringValue } }));
      await client.send(new ExecuteStatementCommand({ ...whose, database, transactionId, sql, parameters }));
    }
    await client.send(new CommitTransactionCommand({ ...whose, transactionId }));
  } catch (error) {
    // What went wrong matters; a transaction that can't be rolled back is by the API, three minutes later.
    await client.send(new RollbackTransactionCommand({ ...whose, transactionId })).catch(() => undefined);
    throw error;
  }
}

async function patiently<T>(call: () => Promise<T>, { sleep }: DataApiContext): Promise<T> {
  for (let waited = 0; ; waited += pollSeconds) {
    try {
      return await call();
    } catch (error) {
      const { name, message } = error as Error;
      if (!(notYet.test(name) || notYet.test(message)) || waited >= patienceSeconds) throw error;
      await sleep(pollSeconds);
    }
  }
}

/** Says of a refusal what it stopped, for whoever ran `up`. */
export function roleFailed(roleName: string, databaseName: string, error: unknown): Error {
  const { name, message } = error as Error;
  return new Error(
    coded(
      "FL2501",
      `the database ${databaseName} did not take its role ${roleName}: ${name}: ${message} ` +
        "The transaction was rolled back, and nothing that waits for the role was changed.",
    ),
    { cause: error },
  );
}
