import type { Access } from "@fairlead/model";

import { roleProvider, type DatabaseRoleProperties } from "../src/role/databaseRoleProvider";
import { dropStatements, roleStatements } from "../src/role/roleStatements";
import { scramVerifier } from "../src/role/scramVerifier";
import { DatabaseInProcess } from "./dataApi";

const properties = (roleName: string, access: Access = "readWrite"): DatabaseRoleProperties => ({
  clusterArn: "arn:aws:rds:us-east-1:123456789012:cluster:shop",
  masterSecretArn: "arn:master",
  databaseName: "postgres",
  roleName,
  access,
  secretArn: `arn:${roleName}`,
});
const refusedBy = (name: string, message = name) => Object.assign(new Error(message), { name });

let database: DatabaseInProcess;
const provider = () => roleProvider(() => Promise.resolve(database.clients));
const make = (roleName: string, access?: Access) => provider().create(properties(roleName, access));
beforeAll(async () => {
  database = await DatabaseInProcess.start();
});
beforeEach(() => database.reset());
afterAll(() => database.close());

const counted = async (role: string, table: string) =>
  ((await database.as(role, `SELECT count(*)::int AS n FROM ${table}`)) as { n: number }[])[0]!.n;
const refused = (role: string, sql: string) => expect(database.as(role, sql)).rejects.toThrow(/permission denied|must be (able to|owner)/);

describe("a service that may write", () => {
  test("works with what another one has made, and the other with what it makes", async () => {
    await make("service_migration");
    await make("service_api");
    await database.as(
      "service_migration",
      "CREATE TABLE users (id serial PRIMARY KEY); CREATE SCHEMA stats; CREATE TABLE stats.hits (n int)",
    );
    await database.as(
      "service_api",
      "INSERT INTO users DEFAULT VALUES; ALTER TABLE users ADD COLUMN name text; CREATE TABLE orders (id int)",
    );
    await database.as("service_migration", "ALTER TABLE orders ADD COLUMN total int; DROP TABLE stats.hits");
    expect(await counted("service_migration", "users")).toBe(1);
  });

  test("is neither administrator nor maker of roles, and can't drop the database", async () => {
    await make("service_api");
    await refused("service_api", "SET ROLE fairlead");
    await refused("service_api", "CREATE ROLE other");
    await refused("service_api", "ALTER DATABASE template1 RENAME TO mine");
    expect(await database.look("SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()")).toEqual([
      { owner: "fairlead" },
    ]);
  });
});

describe("a service that may read", () => {
  test("reads all that there is and that is to come, of services and of the administrator", async () => {
    await database.as("fairlead", "CREATE TABLE before (id serial); CREATE SCHEMA stats; CREATE TABLE stats.hits (n int)");
    await make("service_report", "read");
    await make("service_api");
    await database.as("service_api", "CREATE TABLE after (id int); CREATE SCHEMA later; CREATE TABLE later.events (id int)");
    await database.as("fairlead", "CREATE TABLE byhand (id int)");
    for (const table of ["before", "stats.hits", "after", "later.events", "byhand"]) expect(await counted("service_report", table)).toBe(0);
  });

  test("changes nothing", async () => {
    await make("service_api");
    await database.as("service_api", "CREATE TABLE users (id serial)");
    await make("service_report", "read");
    for (const sql of [
      "INSERT INTO users DEFAULT VALUES",
      "DELETE FROM users",
      "TRUNCATE users",
      "DROP TABLE users",
      "ALTER TABLE users ADD COLUMN name text",
      "SELECT nextval('users_id_seq')",
      "CREATE TABLE mine (id int)",
      "CREATE SCHEMA mine",
      "SET ROLE fairlead_owner",
      "ALTER ROLE service_api PASSWORD 'x'",
    ])
      await refused("service_report", sql);
  });
});

describe("a database that services used as the administrator", () => {
  const before =
    "CREATE TABLE users (id serial); CREATE VIEW everybody AS SELECT * FROM users; CREATE TYPE color AS ENUM ('red'); CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'";

  test("is theirs with all that is in it, and goes on to be the administrator's, whom tasks of before still are", async () => {
    await database.as("fairlead", before);
    await make("service_api");
    await database.as(
      "service_api",
      "INSERT INTO users DEFAULT VALUES; DROP VIEW everybody; ALTER TYPE color ADD VALUE 'blue'; DROP FUNCTION one()",
    );
    await database.as("fairlead", "INSERT INTO users DEFAULT VALUES; ALTER TABLE users ADD COLUMN name text; CREATE TABLE late (id int)");
    await database.as("service_api", "INSERT INTO late VALUES (1)");
    expect(await counted("service_api", "users")).toBe(2);
  });

  test("keeps what others own in it, such as an extension", async () => {
    await database.look("CREATE TABLE public.spatial (id int)");
    await database.look("GRANT SELECT ON spatial TO PUBLIC");
    await make("service_api");
    await refused("service_api", "ALTER TABLE spatial ADD COLUMN name text");
    expect(await counted("service_api", "spatial")).toBe(0);
  });
});

describe("the password", () => {
  test("is in the secret, in the database as a verifier of it, and nowhere else", async () => {
    const { id, outs } = await make("service_api");
    const { value, version } = database.secrets.get("arn:service_api")!;
    const { username, password } = JSON.parse(value) as Record<string, string>;
    expect([username, version, id]).toEqual(["service_api", (outs as { versionId: string }).versionId, version]);
    expect(password).toMatch(/^[\w-]{40}$/);
    expect(JSON.stringify([outs, database.calls.map(({ input }) => input)])).not.toContain(password);
    const [{ verifier }] = (await database.look("SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = 'service_api'")) as [
      { verifier: string },
    ];
    expect(scramVerifier(password!, Buffer.from(verifier.split(/[:$]/)[2]!, "base64"))).toBe(verifier);
  });

  test("is made into the verifier that PostgreSQL makes of it", async () => {
    await database.look("SET password_encryption = 'scram-sha-256'");
    await database.look("CREATE ROLE other PASSWORD 'correct horse'");
    const [{ verifier }] = (await database.look("SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = 'other'")) as [
      { verifier: string },
    ];
    expect(scramVerifier("correct horse", Buffer.from(verifier.split(/[:$]/)[2]!, "base64"))).toBe(verifier);
  });

  test("stays when the access changes, and is another one for another secret", async () => {
    const { outs } = await make("service_api");
    const read = await provider().update!("id", outs, properties("service_api", "read"));
    expect((read.outs as { versionId: string }).versionId).toBe((outs as { versionId: string }).versionId);
    await refused("service_api", "CREATE TABLE mine (id int)");
    await provider().update!("id", read.outs, properties("service_api"));
    await database.as("service_api", "CREATE TABLE mine (id int)");
    const moved = await provider().update!("id", outs, { ...properties("service_api"), secretArn: "arn:other" });
    expect(database.secrets.get("arn:other")!.version).toBe((moved.outs as { versionId: string }).versionId);
  });
});

describe("the URL", () => {
  const located = { ...properties("service_api"), host: "shop.test", port: 5433 };
  const login = () => JSON.parse(database.secrets.get("arn:service_api")!.value) as Record<string, string>;

  test("is in the secret where somebody asks for it, and in no other", async () => {
    await make("service_api");
    expect(Object.keys(login())).toEqual(["username", "password"]);
    const { outs } = await provider().create(located);
    const { password, url } = login();
    expect(url).toBe(`postgresql://service_api:${password}@shop.test:5433/postgres?sslmode=require`);
    expect(JSON.stringify([outs, database.calls.map(({ input }) => input)])).not.toContain(password);
  });

  test("comes to a login that is there with the password that tasks have, in a version that others roll out", async () => {
    const { outs } = await make("service_api");
    const { password } = login();
    const { outs: moved } = await provider().update!("id", outs, located);
    expect(login()).toEqual({ username: "service_api", password, url: expect.stringContaining(`:${password}@shop.test:5433/`) });
    expect(database.secrets.get("arn:service_api")!.version).toBe((moved as { versionId: string }).versionId);
    expect((moved as { versionId: string }).versionId).not.toBe((outs as { versionId: string }).versionId);
    // The role goes with the version that it has now.
    await provider().delete!("id", moved);
    expect(await database.look("SELECT FROM pg_roles WHERE rolname = 'service_api'")).toEqual([]);
  });
});

test("a secret says where the database is as RDS's own do, where somebody asks for it, also one that has a URL already", async () => {
  const located = { ...properties("service_api"), host: "shop.test", port: 5433 };
  const { outs } = await provider().create(located);
  const login = () => JSON.parse(database.secrets.get("arn:service_api")!.value) as Record<string, unknown>;
  expect(login()).not.toHaveProperty("host");
  const { password } = login();
  await provider().update!("id", outs, { ...located, asRdsDoes: true });
  expect(login()).toMatchObject({
    username: "service_api",
    password,
    engine: "postgres",
    host: "shop.test",
    port: 5433,
    dbname: "postgres",
    dbClusterIdentifier: "shop",
  });
});

test("only another access, place or way to it is a change", async () => {
  const olds = { ...properties("service_api"), versionId: "1" };
  const changes = async (news: object) => (await provider().diff!("id", olds, { ...properties("service_api"), ...news })).changes;
  expect(await changes({})).toBe(false);
  for (const news of [
    { access: "read" },
    { clusterArn: "arn:other" },
    { secretArn: "arn:other" },
    { masterSecretArn: "arn:other" },
    { host: "other.test" },
  ])
    expect(await changes(news)).toBe(true);
});

describe("a role that goes", () => {
  const roles = async () =>
    ((await database.look("SELECT rolname FROM pg_roles WHERE rolname LIKE 'service%'")) as { rolname: string }[]).map(
      ({ rolname }) => rolname,
    );

  test("leaves to the others what it made, also what it made as itself", async () => {
    const { id, outs } = await make("service_api");
    await make("service_worker");
    await database.as("service_api", "CREATE TABLE users (id int)");
    await database.as("service_api", "SET ROLE NONE; CREATE SCHEMA own; CREATE TABLE own.notes (id int)").catch(() => undefined);
    await provider().delete!(id!, outs);
    expect(await roles()).toEqual(["service_worker"]);
    await database.as("service_worker", "INSERT INTO users VALUES (1)");
    await provider().delete!(id!, outs);
  });

  test("does not take the one that was made in its place", async () => {
    const { id, outs } = await make("service_api");
    await make("service_api");
    await provider().delete!(id!, outs);
    expect(await roles()).toEqual(["service_api"]);
  });

  test("is gone with its database", async () => {
    const { id, outs } = await make("service_api");
    database.refusals.push(refusedBy("DatabaseNotFoundException"));
    await provider().delete!(id!, outs);
    database.refusals.push(refusedBy("AccessDeniedException"));
    await expect(provider().delete!(id!, outs)).rejects.toThrow("AccessDeniedException");
  });
});

describe("the Data API", () => {
  test("is asked again while the database wakes up", async () => {
    database.refusals.push(
      refusedBy("DatabaseResumingException"),
      refusedBy("BadRequestException", "HttpEndpoint is not enabled for resource"),
    );
    await make("service_api");
    expect(database.calls.map(({ constructor }) => constructor.name).slice(0, 4)).toEqual([
      ...Array<string>(3).fill("BeginTransactionCommand"),
      "ExecuteStatementCommand",
    ]);
  });

  test("rolls all of it back when a statement is refused, and the refusal says what it stopped", async () => {
    await database.look("CREATE ROLE fairlead_owner");
    await expect(make("service_api")).rejects.toThrow(
      /^FL2501 the database postgres did not take its role service_api: .*permission denied/,
    );
    expect(await database.look("SELECT rolname FROM pg_roles WHERE rolname IN ('fairlead_reader', 'service_api')")).toEqual([]);
    expect(database.secrets.size).toBe(0);
  });

  test("a creation that failed half-way is made good by the next", async () => {
    database.refusals.push(...Array<never>(8), refusedBy("InternalServiceError"));
    await expect(make("service_api")).rejects.toThrow("InternalServiceError");
    await make("service_api");
    expect(database.secrets.size).toBe(1);
  });
});

test("values come to PostgreSQL as parameters: a statement is the same text for every role", () => {
  const texts = (roleName: string) =>
    [...roleStatements({ roleName, access: "read", verifier: "SCRAM", mark: "1" }), ...dropStatements({ roleName, mark: "1" })].map(
      ({ sql }) => sql,
    );
  expect(texts(`x"; DROP TABLE users; --'`)).toEqual(texts("service_api"));
  // The Data API would take it for a parameter.
  for (const sql of texts("service_api").filter((text) => text.startsWith("DO"))) expect(sql).not.toMatch(/:/);
});
