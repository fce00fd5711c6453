import { filesOf } from "../../src";
import { importedService } from "./project";

const db = (mounts: string) => `db: { image: 'postgres:15', volumes: [${mounts}] }`;
const outcomes = ({ findings }: ReturnType<typeof importedService>["result"], key = "services.db.volumes") =>
  findings.filter(({ source }) => source.startsWith(key)).map(({ outcome }) => outcome);

test("what a new database begins with is run by a job before its services, in the order of the names", () => {
  const { result, manifestOf } = importedService(
    "environment: { DATABASE_URL: 'postgres://postgres@db/postgres' }",
    {
      "sql/b.sql": "INSERT INTO t VALUES (1);\n",
      "sql/a.sql": 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";\nCREATE TABLE t (a int);\n',
      "sql/readme.md": "x",
    },
    db("'./sql:/docker-entrypoint-initdb.d:ro'"),
  );
  expect(result.problems).toEqual([]);
  expect(outcomes(result)).toEqual(["changed"]);
  expect(manifestOf("db-tables")).toMatchObject({
    kind: "job",
    before: ["api"],
    uses: [{ name: "db", as: { host: "PGHOST", password: "PGPASSWORD" } }],
  });
  const files = filesOf(result);
  expect(files.get("apps/db-tables/1.sql")).toContain("CREATE TABLE t");
  expect(files.get("apps/db-tables/2.sql")).toContain("INSERT INTO t");
  expect(files.get("apps/db-tables/Dockerfile")).toContain('FROM postgres:15-alpine\nCOPY ["1.sql","2.sql","create-tables.sh","/srv/"]');
  expect(files.get("apps/db-tables/create-tables.sh")).toContain("--single-transaction -f /srv/1.sql -f /srv/2.sql");
});

test.each([
  ["a script of a shell", { "init/a.sh": "psql\n" }],
  ["a database of its own", { "init/a.sql": "CREATE DATABASE other;\n" }],
  ["a role", { "init/a.sql": "create user shop;\n" }],
  ["an owner", { "init/a.sql": "ALTER TABLE t OWNER TO postgres;\n" }],
  ["rights", { "init/a.sql": "GRANT ALL ON t TO shop;\n" }],
  ["a command of psql's", { "init/a.sql": "\\connect other\n" }],
  ["a file of the machine", { "init/a.sql": "COPY t FROM '/data/t.csv';\n" }],
  ["an extension that is not everybody's", { "init/a.sql": "CREATE EXTENSION vector;\n" }],
  ["a secret", { "init/a.sql": "INSERT INTO k VALUES ('AKIA2E0A8F3B244C9986');\n" }],
  ["nothing that is committed", {}],
])("%s is still to be decided", (_, files: Record<string, string>) => {
  const { result } = importedService("depends_on: [db]", files, db("'./init:/docker-entrypoint-initdb.d'"));
  expect(outcomes(result)).toEqual(["decide"]);
  expect(result.services.map(({ name }) => name)).toEqual(["api"]);
});

test("of several files each has to be one that can be run: the next ones stand on it", () => {
  const { result } = importedService(
    "depends_on: [db]",
    { "a.sql": "CREATE TABLE t (a int);\n", "b.sql": "GRANT ALL ON t TO shop;\n" },
    db("'./a.sql:/docker-entrypoint-initdb.d/1.sql', './b.sql:/docker-entrypoint-initdb.d/2.sql'"),
  );
  expect(outcomes(result)).toEqual(["decide", "decide"]);
});
