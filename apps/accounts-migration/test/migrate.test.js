const assert = require("node:assert");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { afterEach, beforeEach, test } = require("node:test");
const { PGlite } = require("@electric-sql/pglite");

const { migrate } = require("../src/migrate");

let database;
let folder;
beforeEach(() => {
  database = new PGlite();
  folder = mkdtempSync(join(tmpdir(), "migrations-"));
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const log = { info: () => undefined };
// A text of several statements goes as one simple query, as pg sends it when there are no values.
const query = async (text, values) => (values ? database.query(text, values) : (await database.exec(text)).at(-1));
const run = () => migrate({ query, folder, log });

test("each migration is applied once, in order", async () => {
  writeFileSync(join(folder, "002-data.sql"), "INSERT INTO users VALUES (1); INSERT INTO users VALUES (2);");
  writeFileSync(join(folder, "001-users.sql"), "CREATE TABLE users (id integer);");
  assert.deepStrictEqual(await run(), ["001-users.sql", "002-data.sql"]);
  assert.deepStrictEqual(await run(), []);
  assert.deepStrictEqual((await query("SELECT count(*)::int AS n FROM users")).rows, [{ n: 2 }]);
});

test("a migration that fails leaves nothing behind and names itself", async () => {
  writeFileSync(join(folder, "001-users.sql"), "CREATE TABLE users (id integer); SELECT nonsense;");
  await assert.rejects(run(), /001-users\.sql: .*nonsense/);
  assert.deepStrictEqual((await query("SELECT name FROM schema_migrations")).rows, []);
  await assert.rejects(query("SELECT * FROM users"), /does not exist/);
});

test("the repository's own migrations apply to an empty database", async () => {
  assert.ok((await migrate({ query, folder: join(__dirname, "../migrations"), log })).length > 0);
  assert.deepStrictEqual((await query("SELECT name FROM users ORDER BY id")).rows, [{ name: "Ada Lovelace" }, { name: "Grace Hopper" }]);
});

test("the example's users join nobody else's", async () => {
  await query("CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL)");
  await query("INSERT INTO users (name) VALUES ('Mary Somerville')");
  await query(readFileSync(join(__dirname, "../migrations/002-example-users.sql"), "utf8"));
  assert.deepStrictEqual((await query("SELECT name FROM users")).rows, [{ name: "Mary Somerville" }]);
});
