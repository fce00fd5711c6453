import { backedUpClustersIn, keptOnPurpose } from "../src/smoke/keptOnPurpose";
import { destroySteps } from "../src/smoke/steps/destroy";
import { regionsOf } from "../src/smoke/taggedResources";
import { planOf, SmokeSetting, stepOf } from "../testing/smoke/setting";

const setting = new SmokeSetting();
beforeAll(() => setting.open());
afterAll(() => setting.close());
beforeEach(() => Object.assign(setting.aws, { tagged: [], roles: [], states: {} }));

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
const step = stepOf(destroySteps, "nothing left");
const plan = [
  { type: "aws:ecr/repository:Repository", inputs: { name: "shop/prod/api", forceDelete: false }, options: { retainOnDelete: true } },
  { type: "aws:ecr/repository:Repository", inputs: { name: "shop/prod/build-cache", forceDelete: true } },
  { type: "aws:ecs/taskDefinition:TaskDefinition", inputs: { family: "prod-api" }, options: { retainOnDelete: true } },
  {
    ...{ type: "aws:rds/cluster:Cluster", name: "accounts" },
    inputs: {
      deleteAutomatedBackups: false,
      finalSnapshotIdentifier:
        "accounts-prod-final-${urn:pulumi:prod::p::x$aws:rds/clusterParameterGroup:ClusterParameterGroup::accounts#name}",
    },
  },
  { type: "aws:secretsmanager/secret:Secret", name: "signing", inputs: {} },
  { type: "aws:secretsmanager/secret:Secret", name: "login", inputs: { name: "prod/login", recoveryWindowInDays: 0 } },
  { type: "aws:iam/role:Role", inputs: { path: "/fairlead/prod/" } },
];
/** Of an emulator, so that AWS is asked once. */
const seen = () => step.perform(setting.run([], { plan, emulator: "127.0.0.1", backedUpClusters: ["tf-20261128100750822700000006"] }).run);

test("what the stack keeps is excused by the name that its plan gives", async () => {
  const keeps = [
    arn("ecr", "repository/shop/prod/api"),
    arn("ecs", "task-definition/prod-api:7"),
    arn("rds", "cluster-snapshot:accounts-prod-final-accounts-0123abc"),
    arn("rds", "cluster-snapshot:rds:tf-20261128100750822700000006-2026-11-28-03-00"),
    arn("secretsmanager", "secret:signing-0a1b2c3-Xy12Za"),
  ];
  setting.aws.tagged = keeps;
  const text = await seen();
  for (const kept of keeps) expect(text).toContain(`${kept}: `);
});

test.each([
  ["a repository of another name", arn("ecr", "repository/shop/prod/web")],
  ["a repository that was to go with its images", arn("ecr", "repository/shop/prod/build-cache")],
  ["a task definition of another family", arn("ecs", "task-definition/prod-api-2:7")],
  ["a snapshot that is not the final one", arn("rds", "cluster-snapshot:fairlead-smoke-1")],
  ["the final snapshot of another database", arn("rds", "cluster-snapshot:orders-prod-final-orders-0123abc")],
  ["an automated backup of another database", arn("rds", "cluster-snapshot:rds:tf-20261128100750822700000007-2026-11-28-03-00")],
  ["a secret that was to go at once", arn("secretsmanager", "secret:prod/login-Xy12Za")],
  ["a queue", arn("sqs", "left")],
])("%s is a failure", async (_, left) => {
  setting.aws.tagged = [left];
  await expect(seen()).rejects.toThrow(`These resources have the run's tag:\n${left}`);
});

test("destroy notes which clusters leave their automated backups, by the ids of the state", async () => {
  const cluster = (id: string, deleteAutomatedBackups: boolean) => ({
    urn: "",
    type: "aws:rds/cluster:Cluster",
    id,
    inputs: { deleteAutomatedBackups },
  });
  const resources = [cluster("tf-1", false), cluster("tf-2", true)];
  expect(backedUpClustersIn(resources)).toEqual(["tf-1"]);
  const { run } = setting.run([], { resources });
  await expect(stepOf(destroySteps, "destroy").perform(run)).rejects.toThrow("The state still has:");
  expect(run.backedUpClusters).toEqual(["tf-1"]);
});

test("a stack that keeps nothing has no excuse", () => {
  const dev = [
    { type: "aws:ecr/repository:Repository", inputs: { name: "shop/dev/api", forceDelete: true } },
    { type: "aws:rds/cluster:Cluster", name: "accounts", inputs: { skipFinalSnapshot: true, deleteAutomatedBackups: true } },
    { type: "aws:ecs/taskDefinition:TaskDefinition", inputs: { family: "dev-api" } },
  ];
  expect(keptOnPurpose(planOf(dev), [])).toEqual([]);
});

describe("what AWS has deleted and shows for a while is not left", () => {
  const [nat, endpoint, key] = [arn("ec2", "natgateway/nat-1"), arn("ec2", "vpc-endpoint/vpce-1"), arn("kms", "key/k-1")];
  const [cluster, service, revision] = [arn("ecs", "cluster/c"), arn("ecs", "service/c/web"), arn("ecs", "task-definition/web:1")];

  test("deleted NAT gateways and endpoints, what is INACTIVE, and what AWS has no more", async () => {
    setting.aws.tagged = [nat, endpoint, cluster, service, revision, arn("ec2", "natgateway/nat-2")];
    setting.aws.states = { "nat-1": "deleted", "vpce-1": "deleted" };
    const { run } = setting.run([], { plan });
    Object.assign(setting.aws.ecs.statuses, { c: "INACTIVE", web: "INACTIVE", "web:1": "INACTIVE" });
    expect(await step.perform(run)).not.toContain("arn:");
  });

  test.each([
    [nat, { "nat-1": "available" }],
    [nat, { "nat-1": "deleting" }],
    [endpoint, { "vpce-1": "available" }],
    [key, { "k-1": "Enabled" }],
    [cluster, {}],
    [service, {}],
    [revision, {}],
  ])("%s in the state %j is", async (tagged, states: Record<string, string>) => {
    Object.assign(setting.aws, { tagged: [tagged], states });
    await expect(seen()).rejects.toThrow(tagged);
  });

  test("a key that waits for its deletion is told with its day", async () => {
    Object.assign(setting.aws, { tagged: [key], states: { "k-1": "PendingDeletion" } });
    expect(await seen()).toContain(`${key}: AWS deletes it on 2027-01-15`);
  });
});

test("a role is found though the tagging API knows none, by the path that the plan gives", async () => {
  const role = (name: string, path: string, tag: string) => ({ name, path, tags: { "fairlead:smoke": tag } });
  setting.aws.roles = [role("api-1", "/fairlead/prod/", "dev-0"), role("api-2", "/other/", "dev-1")];
  expect(await seen()).not.toContain("arn:");
  setting.aws.roles.push(role("api-3", "/fairlead/prod/", "dev-1"));
  await expect(seen()).rejects.toThrow("arn:aws:iam::123456789012:role/fairlead/prod/api-3");
});

test("what is global is looked for in the partition's own region", async () => {
  expect(regionsOf(planOf([{ inputs: { region: "eu-west-1" } }]), "eu-central-1")).toEqual(["eu-central-1", "eu-west-1", "us-east-1"]);
  expect(regionsOf(planOf([]), "cn-north-1")).toEqual(["cn-north-1", "cn-northwest-1"]);
  const distribution = "arn:aws:cloudfront::123456789012:distribution/E1";
  setting.aws.tagged = { "us-east-1": [distribution] };
  const { run } = setting.run([], { plan });
  await expect(step.perform({ ...run, region: "eu-central-1" })).rejects.toThrow(distribution);
});

test("it is asked for ten minutes: AWS forgets tags some time after their resource", async () => {
  setting.aws.tagged = [arn("sqs", "slow")];
  const { run, waited } = setting.run([], { plan });
  await expect(step.perform(run)).rejects.toThrow("slow");
  expect(waited()).toBe(600);
  const forgotten = setting.run([], { plan });
  const wait = () => Promise.resolve(void (setting.aws.tagged = []));
  expect(await step.perform({ ...forgotten.run, wait })).toContain("No resource has the tag");
});

test.each<[string, () => void, string]>([
  ["refuses a call", () => (setting.aws.knows = false), "iam:ListRoles in us-east-1: InvalidClientTokenId: The security token is invalid."],
  ["is not there", () => setting.aws.close(), "in us-east-1: connect ECONNREFUSED 127.0.0.1"],
])("where AWS %s, one line says which call, and what to look for", async (_, break_, call) => {
  break_();
  const { message } = (await seen().catch((error: Error) => error)) as Error;
  setting.aws.knows = true;
  expect(message).toContain(call);
  expect(message).toMatch(/^AWS didn't answer .* It is not known what is left: look for the tag fairlead:smoke=dev-1\.$/);
});
