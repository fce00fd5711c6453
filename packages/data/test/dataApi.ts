import type { RDSDataClient } from "@aws-sdk/client-rds-data";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { PGlite } from "@electric-sql/pglite";

import type { RoleClients } from "../src/role/databaseRoleProvider";
import { runStatement, startPostgres, type DataApiStatement } from "../testing/postgresInProcess";

interface Command {
  constructor: { name: string };
  input: DataApiStatement & {
    transactionId?: string;
    SecretId?: string;
    SecretString?: string;
    ClientRequestToken?: string;
  };
}

/** PGlite is in the database `template1`. */
const emptied = `
SET SESSION AUTHORIZATION postgres;
ALTER DATABASE template1 OWNER TO postgres;
DO $$
DECLARE item record;
BEGIN
  FOR item IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', item.nspname);
  END LOOP;
  FOR item IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' LOOP
    EXECUTE format('DROP OWNED BY %I CASCADE', item.rolname);
    EXECUTE format('DROP ROLE %I', item.rolname);
  END LOOP;
END $$;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
CREATE ROLE fairlead LOGIN CREATEROLE CREATEDB;
ALTER DATABASE template1 OWNER TO fairlead;
`;

/**
 * PostgreSQL in this process, with an administrator as RDS makes it, who is no superuser, and the Data API and Secrets Manager in front of it. What
 * it can't do is a login: `as` acts as a role from where a login would end.
 */
export class DatabaseInProcess {
  readonly calls: Command[] = [];
  readonly secrets = new Map<string, { value: string; version: string }>();
  /** Errors that the next calls answer, by their order. */
  readonly refusals: Error[] = [];
  private constructor(private readonly postgres: PGlite) {}

  static async start(): Promise<DatabaseInProcess> {
    return new DatabaseInProcess(await startPostgres());
  }

  /** Empties it. */
  async reset(): Promise<void> {
    this.calls.length = 0;
    this.refusals.length = 0;
    this.secrets.clear();
    await this.postgres.exec(emptied);
  }

  readonly clients: RoleClients = {
    data: { send: (command: Command) => this.dataApi(command) } as unknown as RDSDataClient,
    secrets: { send: (command: Command) => this.secretsManager(command) } as unknown as SecretsManagerClient,
    sleep: () => Promise.resolve(),
  };

  close = () => this.postgres.close();

  /** Runs statements as the superuser, whom nobody has at RDS. */
  async look(sql: string): Promise<unknown[]> {
    await this.postgres.exec("SET SESSION AUTHORIZATION postgres");
    return (await this.postgres.query(sql)).rows;
  }

  /** Runs statements as a role, with what a login of it sets. */
  async as(role: string, sql: string): Promise<unknown[]> {
    const settings = (await this.look(
      `SELECT unnest(setconfig) AS setting FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole WHERE rolname = '${role}'`,
    )) as { setting: string }[];
    await this.postgres.exec(`SET SESSION AUTHORIZATION "${role}"`);
    for (const { setting } of settings) await this.postgres.exec(`SET ${setting.replace("=", " = ")}`);
    try {
      return (await this.postgres.exec(sql)).at(-1)!.rows;
    } finally {
      await this.postgres.exec("RESET ROLE; SET SESSION AUTHORIZATION postgres");
    }
  }

  private async dataApi(command: Command): Promise<object> {
    this.calls.push(command);
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    switch (command.constructor.name) {
      case "BeginTransactionCommand":
        await this.postgres.exec("SET SESSION AUTHORIZATION fairlead; BEGIN");
        return { transactionId: "1" };
      case "CommitTransactionCommand":
        await this.postgres.exec("COMMIT; SET SESSION AUTHORIZATION postgres");
        return {};
      case "RollbackTransactionCommand":
        await this.postgres.exec("ROLLBACK; SET SESSION AUTHORIZATION postgres");
        return {};
      default:
        await runStatement(this.postgres, command.input);
        return {};
    }
  }

  private secretsManager({ input, constructor }: Command): Promise<object> {
    const refusal = this.refusals.shift();
    if (refusal) return Promise.reject(refusal);
    if (constructor.name === "GetSecretValueCommand") return Promise.resolve({ SecretString: this.secrets.get(input.SecretId!)?.value });
    this.secrets.set(input.SecretId!, { value: input.SecretString!, version: input.ClientRequestToken! });
    return Promise.resolve({});
  }
}
