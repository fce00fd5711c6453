import type { RDSDataClient } from "@aws-sdk/client-rds-data";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { roleProvider, type DatabaseRoleProperties } from "@fairlead/data/databaseRoleProvider";

import { PostgresServer } from "../src/machine/postgres";

interface Command {
  constructor: { name: string };
  input: { sql?: string; parameters?: { name: string; value: { stringValue: string } }[]; SecretId?: string; SecretString?: string };
}

let server: PostgresServer;
const passwords = new Map<string, string>();
const administrator = { user: "fairlead", password: "administrator", database: "shop" };
const superuser = { user: PostgresServer.superuser, database: "postgres" };

/** The Data API as a client of the server: a transaction is one session. */
function provider() {
  let session = "";
  const dataApi = async ({ constructor: { name }, input }: Command) => {
    if (name === "BeginTransactionCommand") session = "BEGIN;\n";
    else if (name === "ExecuteStatementCommand") session += `${withValues(input)};\n`;
    else if (name === "CommitTransactionCommand") await server.run(administrator, `${session}COMMIT;`);
    return { transactionId: "1" };
  };
  const secretsManager = ({ input }: Command) => {
    passwords.set(input.SecretId!, (JSON.parse(input.SecretString!) as { password: string }).password);
    return Promise.resolve({});
  };
  return roleProvider(() =>
    Promise.resolve({
      data: { send: dataApi } as unknown as RDSDataClient,
      secrets: { send: secretsManager } as unknown as SecretsManagerClient,
      sleep: () => Promise.resolve(),
    }),
  );
}

const withValues = ({ sql, parameters = [] }: Command["input"]) =>
  sql!.replace(/(?<![:\w]):([A-Za-z_]\w*)/g, (_, name: string) => {
    const { stringValue } = parameters.find((parameter) => parameter.name === name)!.value;
    return `'${stringValue.replace(/'/g, "''")}'`;
  });

const make = (roleName: string, access: DatabaseRoleProperties["access"]) =>
  provider().create({
    clusterArn: "arn:aws:rds:us-east-1:123456789012:cluster:shop",
    masterSecretArn: "arn:administrator",
    databaseName: "shop",
    secretArn: roleName,
    roleName,
    access,
  });
const as = (user: string, sql: string) => server.run({ user, password: passwords.get(user), database: "shop" }, sql);

beforeAll(async () => {
  server = await PostgresServer.start();
  await server.run(
    superuser,
    "CREATE ROLE fairlead LOGIN CREATEROLE CREATEDB PASSWORD 'administrator';\nCREATE DATABASE shop OWNER fairlead;",
  );
});
afterAll(() => server.stop());

test("services log in with the password of their secret, and have from there on the rights that they asked for", async () => {
  // As every service was before each had a role of its own.
  await server.run(administrator, "CREATE TABLE users (id serial, name text); INSERT INTO users (name) VALUES ('before')");
  const { id, outs } = await make("service_migration", "readWrite");
  await make("service_api", "readWrite");
  await make("service_report", "read");
  expect(await as("service_migration", "CREATE TABLE orders (id int); SELECT session_user, current_user")).toBe(
    "service_migration|fairlead_owner",
  );
  expect(await as("service_api", "INSERT INTO orders VALUES (1); ALTER TABLE users ADD COLUMN mail text; SELECT count(*) FROM users")).toBe(
    "1",
  );
  expect(await as("service_report", "SELECT count(*) FROM orders; SELECT current_user")).toBe("1\nservice_report");
  for (const sql of ["INSERT INTO orders VALUES (2)", "CREATE TABLE mine (id int)", "SET ROLE fairlead_owner"])
    await expect(as("service_report", sql)).rejects.toThrow("permission denied");
  await expect(server.run({ user: "service_api", password: "guess", database: "shop" }, "SELECT 1")).rejects.toThrow(
    "password authentication failed",
  );

  await provider().delete!(id!, outs);
  await expect(as("service_migration", "SELECT 1")).rejects.toThrow("password authentication failed");
  expect(await as("service_api", "INSERT INTO orders VALUES (2); SELECT count(*) FROM orders")).toBe("2");
  // A database whose services may write can be dropped by none of them.
  await expect(
    server.run({ user: "service_api", password: passwords.get("service_api"), database: "postgres" }, "DROP DATABASE shop"),
  ).rejects.toThrow("must be owner");
});

test("roles that are made at the same time do not hinder each other", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `service_${index}`);
  await Promise.all(names.map((name) => make(name, "readWrite")));
  for (const name of names) expect(await as(name, "SELECT current_user")).toBe("fairlead_owner");
});

test("no password is in the log, though every statement is", () => {
  expect(server.log).toContain("ALTER ROLE");
  expect([...passwords.values()].filter((password) => server.log.includes(password))).toEqual([]);
});
