import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import { databaseRole, planWith, postgresCluster, urnOf } from "../testing/dataPlan";
import { startDatabase, type RunningDatabase } from "../testing/dataPostgres";
import { freePort, hasPrograms, Servers } from "../testing/dataProcesses";

/** Debian keeps the server out of PATH. */
const debian = "/usr/lib/postgresql";
const versions = spawnSync("ls", [debian], { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
const path = [...versions.map((version) => `${debian}/${version}/bin`), process.env.PATH].join(":");
const isHere = hasPrograms("setpriv", "psql") && spawnSync("sh", ["-c", "command -v initdb"], { env: { PATH: path } }).status === 0;
const whereItIs = isHere ? describe : describe.skip;

const app = join(__dirname, "../../../apps/accounts-migration");
const isInstalled = existsSync(join(app, "node_modules/pg"));

const hostile = `o'r"d\\er$s\`x\n=`;

whereItIs("a server of PostgreSQL's by what its container would be started with", () => {
  const servers = new Servers();
  let folder: string;
  let port: number;
  let database: RunningDatabase;

  beforeAll(async () => {
    // Where another user than root gets in, as the server is one.
    folder = mkdtempSync("/tmp/fairlead-postgres-");
    chmodSync(folder, 0o755);
    port = await freePort();
    const plan = planWith(
      ...postgresCluster("accounts", { port }),
      ...databaseRole("api", "accounts"),
      ...databaseRole("report's", "accounts", { access: "read", roleName: hostile }),
      ...databaseRole("odd", "accounts", { databaseName: hostile }),
    );
    database = await startDatabase(plan, folder, servers, path);
  });
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const login = (service: string) => {
    const key = `${urnOf("aws:secretsmanager/secret:Secret", `${service}-accounts`)}#arn`;
    return JSON.parse(database.data.secrets[key]!) as { username: string; password: string };
  };
  const ask = (service: string, sql: string, env: Record<string, string> = {}) => {
    const { username, password } = login(service);
    const connection = { PGHOST: "localhost", PGPORT: String(port), PGUSER: username, PGPASSWORD: password, PGDATABASE: "accounts" };
    const tls = { PGSSLMODE: "verify-full", PGSSLROOTCERT: database.authority };
    const { status, stdout, stderr } = spawnSync("psql", ["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql], {
      env: { PATH: path, ...connection, ...tls, ...env },
      encoding: "utf8",
    });
    return { status, stdout: stdout.trim(), stderr };
  };

  test("roles are made, and made again without a change", () => {
    expect(database.roles()).toEqual({ status: 0, output: "" });
    expect(database.roles()).toEqual({ status: 0, output: "" });
    const memberships = "SELECT rolname, rolsuper FROM pg_roles WHERE pg_has_role(rolname, 'fairlead_owner', 'MEMBER') AND NOT rolsuper";
    expect(ask("api", `SELECT count(*) FROM (${memberships}) AS x`).stdout).toBe("4");
    expect(ask("api", "SELECT current_user, session_user").stdout).toBe("fairlead_owner|service_api");
    expect(ask("api", "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'fairlead'").stdout).toBe("f|t|t");
  });

  test("a service writes what another one reads, and each does no more than it asked for", () => {
    expect(ask("api", "CREATE TABLE users (name text); INSERT INTO users VALUES ('ada')")).toMatchObject({ status: 0 });
    expect(ask("report's", "SELECT name FROM users").stdout).toBe("ada");
    expect(ask("report's", "DELETE FROM users").stderr).toContain("permission denied");
    expect(ask("odd", "SELECT current_database()", { PGDATABASE: hostile }).stdout).toBe(hostile);
    expect(ask("api", "SELECT pg_read_file('/etc/passwd')").stderr).toContain("permission denied");
  });

  test("who doesn't speak TLS, or has another password, is refused, and who trusts another authority refuses", () => {
    expect(ask("api", "SELECT 1", { PGSSLMODE: "disable" }).stderr).toMatch(/no pg_hba.conf entry .* no encryption/);
    expect(ask("api", "SELECT 1", { PGPASSWORD: "another" }).stderr).toContain("password authentication failed");
    expect(ask("api", "SELECT 1", { PGHOST: "127.0.0.1" }).stderr).toContain("server certificate for");
    expect(ask("api", "SELECT 1", { PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt" }).stderr).toContain("certificate verify failed");
  });

  test("its parameters are those that it knows, and others are told", () => {
    expect(ask("api", "SHOW log_lock_waits").stdout).toBe("on");
    expect(database.log()).toContain("PostgreSQL doesn't know the parameter apg_plan_mgmt_made_up: left out");
    expect(database.log()).not.toContain("shared_buffers");
  });

  (isInstalled ? test : test.skip)("the migration of the example runs as it is", () => {
    const { username, password } = login("api");
    const env = {
      PATH: path,
      ACCOUNTS_HOST: "localhost",
      ACCOUNTS_PORT: String(port),
      ACCOUNTS_DATABASE: "accounts",
      ACCOUNTS_USERNAME: username,
      ACCOUNTS_PASSWORD: password,
      ACCOUNTS_CA_FILE: database.authority,
    };
    ask("api", "DROP TABLE users");
    const run = () => spawnSync(process.execPath, [join(app, "src/main.js")], { env, encoding: "utf8" });
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("001-users.sql") as string });
    expect(run().stdout).toContain('"applied":[]');
    expect(ask("report's", "SELECT count(*) FROM users").stdout).toMatch(/^\d+$/);
  });
});
