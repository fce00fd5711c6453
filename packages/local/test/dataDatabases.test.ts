import { databasesOf } from "../src/data/databases";
import { localData } from "../src/data/localData";
import { contextIn, databaseRole, output, planWith, postgresCluster, resource, urnOf } from "../testing/dataPlan";

const instance = "aws:rds/instance:Instance";
const cluster = "aws:rds/cluster:Cluster";

test("a cluster is a server with its port, its names and its data, and its services' logins", () => {
  const plan = planWith(
    ...postgresCluster("accounts"),
    ...databaseRole("api", "accounts"),
    ...databaseRole("report", "accounts", { access: "read" }),
  );
  const { data, certificates, notes } = localData(plan, contextIn("/work"));
  const [accounts, trusting] = data;
  const server = accounts!.part.services!["accounts.postgres"]!;
  expect(server).toMatchObject({
    image: "public.ecr.aws/docker/library/postgres:16",
    command: ["log_lock_waits=1", "apg_plan_mgmt_made_up=on"],
    networks: { "accounts-db": { aliases: ["accounts.cluster.rds.local.internal", "accounts.cluster-ro.rds.local.internal"] } },
    environment: { PGPORT: "5433" },
    shm_size: "256m",
  });
  expect(server.volumes).toContainEqual({ type: "volume", source: "accounts.postgres.16", target: "/var/lib/postgresql/data" });
  expect(accounts!.part.services!["accounts.postgres.roles"]).toMatchObject({
    network_mode: "service:accounts.postgres",
    depends_on: { "accounts.postgres": { condition: "service_healthy" } },
  });
  expect(accounts!.part.configs!["accounts.postgres.access"]!.content).toBe("local all all trust\nhostssl all all all scram-sha-256\n");
  expect(accounts!.outputs).toMatchObject({ [`${urnOf(cluster, "accounts")}#endpoint`]: "accounts.cluster.rds.local.internal" });
  const secret = (service: string, key = "") =>
    accounts!.secrets[`${urnOf("aws:secretsmanager/secret:Secret", `${service}-accounts`)}#arn${key}`];
  expect(secret("api", ":username")).toBe("service_api");
  expect(secret("api", ":password")).toMatch(/^local-only-[0-9a-f]{16}$/);
  expect(secret("api", ":password")).not.toBe(secret("report", ":password"));
  expect(JSON.parse(secret("api")!)).toEqual({ username: "service_api", password: secret("api", ":password") });
  expect(accounts!.environment).toEqual({ ACCOUNTS_CA_FILE: trusting!.mounts[0]!.target });
  expect(trusting).toMatchObject({ resources: accounts!.resources, environment: { NODE_EXTRA_CA_CERTS: trusting!.mounts[0]!.target } });
  expect(certificates.map(({ hosts }) => hosts)).toEqual([
    ["accounts.cluster.rds.local.internal", "accounts.cluster-ro.rds.local.internal", "localhost"],
  ]);
  expect(notes).toEqual([]);
});

test("a login that has a URL on AWS has one here, of the reader where it may read alone", () => {
  const plan = planWith(
    ...postgresCluster("accounts"),
    ...databaseRole("api", "accounts", { host: output(cluster, "accounts", "endpoint") }),
    ...databaseRole("report", "accounts", { access: "read", host: output(cluster, "accounts", "readerEndpoint") }),
    ...databaseRole("other", "accounts"),
  );
  const [accounts] = localData(plan, contextIn("/work")).data;
  const secret = (service: string, key: string) =>
    accounts!.secrets[`${urnOf("aws:secretsmanager/secret:Secret", `${service}-accounts`)}#arn:${key}`];
  const urlOf = (service: string, host: string) =>
    `postgresql://service_${service}:${secret(service, "password")}@${host}:5433/accounts?sslmode=require`;
  expect(secret("api", "url")).toBe(urlOf("api", "accounts.cluster.rds.local.internal"));
  expect(secret("report", "url")).toBe(urlOf("report", "accounts.cluster-ro.rds.local.internal"));
  expect(secret("other", "url")).toBeUndefined();
});

test("a login whose secret says where the database is on AWS does so here", () => {
  const host = output(cluster, "accounts", "endpoint");
  const plan = planWith(
    ...postgresCluster("accounts"),
    ...databaseRole("api", "accounts", { host, asRdsDoes: true }),
    ...databaseRole("report", "accounts", { host }),
  );
  const [accounts] = localData(plan, contextIn("/work")).data;
  const secret = (service: string) =>
    JSON.parse(accounts!.secrets[`${urnOf("aws:secretsmanager/secret:Secret", `${service}-accounts`)}#arn`]!) as object;
  expect(secret("api")).toMatchObject({ engine: "postgres", host: "accounts.cluster.rds.local.internal", port: 5433, dbname: "accounts" });
  expect(secret("report")).not.toHaveProperty("host");
});

test("nothing that a stack says itself is looked for in variables", () => {
  const plan = planWith(...postgresCluster("accounts"), ...databaseRole("api", "accounts"));
  const [accounts] = localData(plan, contextIn("/work")).data;
  expect(Object.values(accounts!.outputs)).not.toEqual(expect.arrayContaining(["5433"]));
  expect(Object.values(accounts!.outputs)).not.toContain("accounts");
  expect(Object.values(accounts!.outputs)).not.toContain("fairlead");
});

test("an instance of anybody's has a name and a port, and its replica is the same server", () => {
  const plan = planWith(
    resource(instance, "Ledger_DB", {
      engine: "postgres",
      engineVersion: "15.7",
      dbName: "ledger",
      username: "root",
      vpcSecurityGroupIds: ["sg-1"],
    }),
    resource(instance, "ledger-db", { engine: "postgres", engineVersion: "18", parameterGroupName: "open" }),
    resource("aws:rds/parameterGroup:ParameterGroup", "open", { name: "open", parameters: [{ name: "rds.force_ssl", value: 0 }] }),
    resource(instance, "replica", { replicateSourceDb: output(instance, "Ledger_DB", "identifier") }),
  );
  const { data } = localData(plan, contextIn("/work"));
  const [ledger, other] = data;
  expect(ledger!.outputs).toMatchObject({
    [`${urnOf(instance, "Ledger_DB")}#address`]: "ledger-db.db.rds.local.internal",
    [`${urnOf(instance, "Ledger_DB")}#endpoint`]: "ledger-db.db.rds.local.internal:5432",
    [`${urnOf(instance, "Ledger_DB")}#port`]: "5432",
    [`${urnOf(instance, "replica")}#address`]: "ledger-db.db.rds.local.internal",
  });
  expect(ledger!.resources).toContain(urnOf(instance, "replica"));
  expect(Object.keys(other!.part.services!)).toEqual(["ledger-db-2.postgres", "ledger-db-2.postgres.roles"]);
  expect(other!.part.services!["ledger-db-2.postgres"]!.volumes![0]).toMatchObject({ target: "/var/lib/postgresql" });
  // One that no task reaches is on no network at all.
  expect(other!.part.services!["ledger-db-2.postgres"]).toMatchObject({ network_mode: "none" });
  expect(databasesOf(plan).map(({ forcesTls }) => forcesTls)).toEqual([true, false]);
});

test("TLS is asked for where RDS asks for it", () => {
  const forced = (type: string, engineVersion: string) =>
    databasesOf(planWith(resource(type, "a", { engine: "aurora-postgresql", engineVersion })))[0]!.forcesTls;
  expect([forced(instance, "14"), forced(instance, "15"), forced(cluster, "16.4"), forced(cluster, "17.1")]).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

test("what nothing stands for here is told, by its name", () => {
  const plan = planWith(
    resource(cluster, "legacy", { engine: "aurora-mysql" }),
    resource("aws:opensearch/domain:Domain", "search", {}),
    resource("aws:msk/cluster:Cluster", "events", {}),
  );
  const { data, notes } = localData(plan, contextIn("/work"));
  expect(data).toEqual([]);
  expect(notes).toEqual([
    "Nothing stands for the database cluster legacy of aurora-mysql here: a service that uses it does not reach it.",
    "Nothing stands for the OpenSearch domain search here: a service that uses it does not reach it.",
    "Nothing stands for the MSK cluster events here: a service that uses it does not reach it.",
  ]);
});
