import type { AwsRequest } from "../src/aws/requests";
import { RdsDataApi, type AskAccount } from "../src/aws/rdsDataApi";

const resourceArn = "arn:aws:rds:us-east-1:123456789012:cluster:shop";
const master = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-1";
const login = (username: string, password: string) => JSON.stringify({ username, password });
/** What secrets hold. */
const secrets: Record<string, string> = {
  [master]: login("fairlead", "correct horse"),
  copy: login("fairlead", "correct horse"),
  guess: login("fairlead", "battery staple"),
  stranger: login("stranger", "correct horse"),
  service: login("service", "of its own"),
  text: "correct horse",
  number: "1",
  partial: JSON.stringify({ username: "fairlead" }),
};
let described: string;
const ask: AskAccount = {
  rds: () => Promise.resolve(described),
  secret: (id) => {
    const SecretString = secrets[id];
    return Promise.resolve(SecretString === undefined ? { __type: "ResourceNotFoundException" } : { SecretString });
  },
};

/** What is to be done when its time is over. */
const timers = new Set<() => void>();
let waits: number[] = [];
const databases = new RdsDataApi((seconds, act) => {
  waits.push(seconds);
  timers.add(act);
  return () => timers.delete(act);
});
/** Lets the time pass that an unused transaction has. */
const timePasses = () => [...timers].forEach((act) => (timers.delete(act), act()));

const asked = (url: string, body: object) =>
  databases.answer({ service: "rds-data", url, body: Buffer.from(JSON.stringify(body)) } as unknown as AwsRequest, ask);
const begin = async (secretArn = master) => {
  const { transactionId } = (await asked("/BeginTransaction", { resourceArn, secretArn })) as { transactionId: string };
  return transactionId;
};
const execute = (sql: string, options: object = {}) => asked("/Execute", { resourceArn, secretArn: master, sql, ...options });
const refused = (code: string) => ({ code });

beforeEach(() => {
  waits = [];
  described =
    "<DBCluster><HttpEndpointEnabled>true</HttpEndpointEnabled>" +
    `<MasterUserSecret><SecretStatus>active</SecretStatus><SecretArn>${master}</SecretArn></MasterUserSecret></DBCluster>`;
});

test("a cluster that is not there, or whose Data API is closed, is refused", async () => {
  described = "<Error><Code>DBClusterNotFoundFault</Code></Error>";
  await expect(begin()).rejects.toMatchObject(refused("NotFoundException"));
  described = "<DBCluster><HttpEndpointEnabled>false</HttpEndpointEnabled></DBCluster>";
  await expect(begin()).rejects.toMatchObject(refused("HttpEndpointNotEnabledException"));
});

test.each([
  ["nobody", "SecretsErrorException"],
  ["text", "InvalidSecretException"],
  ["number", "InvalidSecretException"],
  ["partial", "InvalidSecretException"],
  ["guess", "DatabaseErrorException"],
  ["stranger", "DatabaseErrorException"],
])("the secret %s is refused: %s", async (secretArn, code) => {
  await expect(begin(secretArn)).rejects.toMatchObject(refused(code));
  await expect(execute("SELECT 1", { secretArn })).rejects.toMatchObject(refused(code));
});

test("the cluster's secret is its administrator's, and so is a copy of it", async () => {
  for (const secretArn of [master, "copy"]) {
    await execute("CREATE ROLE made", { secretArn });
    await execute("DROP ROLE made", { secretArn });
    // No superuser, as on RDS.
    await expect(execute("CREATE ROLE made SUPERUSER", { secretArn })).rejects.toMatchObject(refused("DatabaseErrorException"));
  }
});

test("the secret of another login acts as that, with its password alone", async () => {
  await execute("CREATE ROLE service LOGIN PASSWORD 'of its own'");
  await execute("SELECT 1", { secretArn: "service" });
  await expect(execute("CREATE ROLE made", { secretArn: "service" })).rejects.toMatchObject(refused("DatabaseErrorException"));
  await execute("ALTER ROLE service PASSWORD 'another'");
  await expect(begin("service")).rejects.toMatchObject(refused("DatabaseErrorException"));
  await execute("ALTER ROLE service NOLOGIN PASSWORD 'of its own'");
  await expect(begin("service")).rejects.toMatchObject(refused("DatabaseErrorException"));
  await execute("DROP ROLE service");
});

test("what is rolled back is not there, what is committed is", async () => {
  const first = await begin();
  await execute("CREATE TABLE orders (id int)", { transactionId: first });
  await asked("/RollbackTransaction", { transactionId: first });
  const second = await begin();
  await execute("CREATE TABLE orders (id int)", { transactionId: second });
  await asked("/CommitTransaction", { transactionId: second });
  await execute("DROP TABLE orders");
});

test("a transaction that is not there, or not any longer, is refused", async () => {
  const ended = await begin();
  await asked("/CommitTransaction", { transactionId: ended });
  for (const transactionId of [ended, "nothing"]) {
    await expect(execute("SELECT 1", { transactionId })).rejects.toMatchObject(refused("TransactionNotFoundException"));
    await expect(asked("/CommitTransaction", { transactionId })).rejects.toMatchObject(refused("TransactionNotFoundException"));
  }
});

test("a transaction that nobody uses for three minutes is rolled back, and lets the next one begin", async () => {
  const abandoned = await begin();
  await execute("CREATE TABLE half (id int)", { transactionId: abandoned });
  const next = begin();
  // Each call begins the three minutes again.
  expect([waits, timers.size]).toEqual([[180, 180], 1]);
  timePasses();
  const transactionId = await next;
  await execute("CREATE TABLE half (id int)", { transactionId });
  await expect(execute("SELECT 1", { transactionId: abandoned })).rejects.toMatchObject(refused("TransactionNotFoundException"));
  await asked("/RollbackTransaction", { transactionId });
  expect(timers.size).toBe(0);
});

test("a login that is refused does not keep the next one waiting", async () => {
  await expect(Promise.all([begin("guess")])).rejects.toMatchObject(refused("DatabaseErrorException"));
  await asked("/RollbackTransaction", { transactionId: await begin() });
});

test("another cluster has a database of its own, which is not waited for", async () => {
  const transactionId = await begin();
  await asked("/Execute", { resourceArn: `${resourceArn}-other`, secretArn: master, sql: "CREATE TABLE mine (id int)" });
  await expect(execute("SELECT * FROM mine", { transactionId })).rejects.toMatchObject(refused("DatabaseErrorException"));
  await asked("/RollbackTransaction", { transactionId });
});

test("what the sandbox has not is said", async () => {
  await expect(asked("/BatchExecute", { resourceArn, secretArn: master })).rejects.toMatchObject(refused("NotInMoto"));
});
