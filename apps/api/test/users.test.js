const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const { PGlite } = require("@electric-sql/pglite");

const { userStore } = require("../src/users");

let database;
let users;
before(async () => {
  database = new PGlite();
  await database.exec("CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL)");
  await database.exec("INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 120) AS n");
  users = userStore((text, values) => database.query(text, values));
});
after(() => database.close());

test("lists the first hundred, in order", async () => {
  const list = await users.list();
  assert.equal(list.length, 100);
  assert.deepEqual(list[0], { id: 1, name: "user 1" });
});

test("finds one by its id", async () => {
  assert.deepEqual(await users.find("120"), { id: 120, name: "user 120" });
  assert.equal(await users.find("121"), undefined);
});

test("what can't be an id is nobody's, and no error of the database", async () => {
  for (const id of ["", "x", "-1", "1; DROP TABLE users", "99999999999999999999"]) assert.equal(await users.find(id), undefined, id);
});
