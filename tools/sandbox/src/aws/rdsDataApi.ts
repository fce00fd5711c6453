import { randomUUID } from "node:crypto";
import type { PGlite } from "@electric-sql/pglite";
import { canLogIn, runStatement, startPostgres, type DataApiStatement } from "@fairlead/data/testing/postgresInProcess";

import { AwsError, type AwsRequest } from "./requests";

/** What moto says of the account, asked as the caller would ask. */
export interface AskAccount {
  /** An operation of RDS, in its protocol. */
  rds: (action: string, parameters: Record<string, string>) => Promise<string>;
  /** GetSecretValue's answer, or refusal. */
  secret: (secretId: string) => Promise<Record<string, any>>;
}

/** Does something when the seconds are over; returns what calls it off. */
export type Later = (seconds: number, act: () => void) => () => void;

interface Statement extends DataApiStatement {
  resourceArn: string;
  secretArn: string;
  transactionId?: string;
}

interface Cluster {
  postgres: Promise<PGlite>;
  /** PostgreSQL has one connection here: a transaction begins when the one before has ended. */
  last: Promise<void>;
}

interface Transaction {
  postgres: PGlite;
  /** Lets the next one begin. */
  end: () => void;
  /** It is used, and doesn't time out. */
  keep: () => void;
}

interface Login {
  username: string;
  password: string;
}

/** Seconds after which AWS rolls back a transaction that no call has used. */
const idleSeconds = 3 * 60;
/** Who the login of the cluster is, which is no superuser. */
const administrator = "administrator";

/**
 * RDS's Data API, behind which is a real PostgreSQL in this process for each cluster. A cluster that is not there, one whose Data API is closed, and
 * a secret that is not there, has no login or has that of another database answer as RDS does.
 *
 * @see https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_ExecuteStatement.html
 */
export class RdsDataApi {
  private readonly clusters = new Map<string, Cluster>();
  private readonly transactions = new Map<string, Transaction>();

  constructor(private readonly later: Later = timer) {}

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, url, body }: AwsRequest, ask: AskAccount): Promise<unknown> {
    if (service !== "rds-data") return undefined;
    const given = JSON.parse(body.toString()) as Statement;
    switch (url) {
      case "/BeginTransaction":
        return { transactionId: await this.begin(given, ask) };
      case "/Execute":
        return given.transactionId === undefined ? this.alone(given, ask) : this.execute(given.transactionId, given);
      case "/CommitTransaction":
        await this.finish(given.transactionId, "COMMIT");
        return { transactionStatus: "Transaction Committed" };
      case "/RollbackTransaction":
        await this.finish(given.transactionId, "ROLLBACK");
        return { transactionStatus: "Rollback Complete" };
      default:
        throw new AwsError("NotInMoto", `the sandbox's Data API has no ${url}`);
    }
  }

  /** A statement without a transaction has its own. */
  private async alone(given: Statement, ask: AskAccount): Promise<unknown> {
    const transactionId = await this.begin(given, ask);
    try {
      const result = await this.execute(transactionId, given);
      await this.finish(transactionId, "COMMIT");
      return result;
    } catch (error) {
      await this.finish(transactionId, "ROLLBACK");
      throw error;
    }
  }

  private async begin({ resourceArn, secretArn }: Statement, ask: AskAccount): Promise<string> {
    const described = await ask.rds("DescribeDBClusters", { DBClusterIdentifier: resourceArn.split(":").at(-1)! });
    if (!described.includes("<DBCluster>")) throw new AwsError("NotFoundException", `DB cluster ${resourceArn} not found`);
    if (!/<HttpEndpointEnabled>true/i.test(described)) {
      throw new AwsError("HttpEndpointNotEnabledException", `The HTTP endpoint of ${resourceArn} is not enabled`);
    }
    const login = await loginIn(secretArn, ask);
    const masterSecret = /<MasterUserSecret>.*?<SecretArn>(.*?)</s.exec(described)?.[1];
    const master = masterSecret && (await loginIn(masterSecret, ask));
    const cluster = this.clusterOf(resourceArn);
    const before = cluster.last;
    let end = () => {};
    cluster.last = new Promise((resolve) => (end = resolve));
    await before;
    const postgres = await cluster.postgres;
    const isMaster = master && master.username === login.username && master.password === login.password;
    if (!isMaster && !(await canLogIn(postgres, login))) {
      end();
      throw new AwsError("DatabaseErrorException", `FATAL: password authentication failed for user "${login.username}"`);
    }
    const role = isMaster ? administrator : login.username;
    await postgres.exec(`SET SESSION AUTHORIZATION "${role.replace(/"/g, '""')}"; BEGIN`);
    const transactionId = randomUUID();
    this.transactions.set(transactionId, { postgres, end, keep: this.timeOut(transactionId) });
    return transactionId;
  }

  private async execute(transactionId: string, statement: Statement): Promise<unknown> {
    const transaction = this.transaction(transactionId);
    try {
      await runStatement(transaction.postgres, statement);
    } catch (error) {
      throw new AwsError("DatabaseErrorException", `ERROR: ${(error as Error).message}`);
    } finally {
      transaction.keep = this.timeOut(transactionId);
    }
    return { numberOfRecordsUpdated: 0 };
  }

  private async finish(transactionId: string | undefined, how: "COMMIT" | "ROLLBACK"): Promise<void> {
    const { postgres, end } = this.transaction(transactionId);
    this.transactions.delete(transactionId!);
    await postgres.exec(how);
    await postgres.exec("SET SESSION AUTHORIZATION postgres");
    end();
  }

  /** One that a call uses. */
  private transaction(transactionId = ""): Transaction {
    const transaction = this.transactions.get(transactionId);
    if (!transaction) throw new AwsError("TransactionNotFoundException", `Transaction ${transactionId} is not found`);
    transaction.keep();
    return transaction;
  }

  /** @see https://docs.aws.amazon.com/rdsdataservice/latest/APIReference/API_BeginTransaction.html */
  private timeOut(transactionId: string): () => void {
    return this.later(idleSeconds, () => void this.finish(transactionId, "ROLLBACK"));
  }

  private clusterOf(resourceArn: string): Cluster {
    const known = this.clusters.get(resourceArn) ?? { postgres: newDatabase(), last: Promise.resolve() };
    this.clusters.set(resourceArn, known);
    return known;
  }
}

/** The login that a secret holds. */
async function loginIn(secretArn: string, ask: AskAccount): Promise<Login> {
  const { SecretString, __type: refusal } = await ask.secret(secretArn);
  if (refusal) throw new AwsError("SecretsErrorException", `The secret ${secretArn} can't be read: ${refusal}`);
  const { username, password } = parsed(SecretString);
  if (!username || !password) throw new AwsError("InvalidSecretException", `The secret ${secretArn} has no username and password`);
  return { username, password };
}

function parsed(value: string | undefined): Partial<Login> {
  try {
    return (JSON.parse(value ?? "") ?? {}) as Partial<Login>;
  } catch {
    return {};
  }
}

function timer(seconds: number, act: () => void): () => void {
  const timeout = setTimeout(act, seconds * 1000).unref();
  return () => clearTimeout(timeout);
}

/** With an administrator as RDS makes it, who is no superuser. */
async function newDatabase(): Promise<PGlite> {
  const database = await startPostgres();
  await database.exec(`CREATE ROLE ${administrator} LOGIN CREATEROLE CREATEDB; ALTER DATABASE template1 OWNER TO ${administrator}`);
  return database;
}
