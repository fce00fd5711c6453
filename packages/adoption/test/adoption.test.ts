import type { DataInAws } from "@fairlead/operations";

import { adoptionOf } from "../src";
import { arnOf, denied, errorOf, planOf, resource, stackOf, tagged, type Answers } from "./scriptedAws";

const none = { urns: new Set<string>(), own: new Set<string>() };
const network = [
  resource("fairlead:networking:Network", "dev"),
  resource("awsx:ec2:Vpc", "dev", { parent: "urn:pulumi:dev::shop::fairlead:networking:Network::dev" }),
];
const loadBalancer = resource("fairlead:networking:LoadBalancer", "dev");
const rule = resource("aws:lb/listenerRule:ListenerRule", "web", {
  ...{ parent: "urn:pulumi:dev::shop::fairlead:stacks:Service::web", inputs: { listenerArn: "arn:listener" } },
});
const named = [
  resource("aws:ecr/repository:Repository", "web", { inputs: { name: "dev/web" } }),
  resource("aws:ecs/cluster:Cluster", "dev", { inputs: { name: "dev" } }),
  resource("aws:cloudwatch/logGroup:LogGroup", "web", { inputs: { name: "/dev/web" } }),
  resource("aws:dynamodb/table:Table", "carts", { inputs: { name: "dev-carts" } }),
];
const service = resource("fairlead:stacks:Service", "web", { inputs: { spec: {} } });
const plan = planOf(...network, loadBalancer, service, rule, ...named);
const data = (kind: DataInAws["kind"], name: string) => ({ kind, name }) as DataInAws;

const vpc = arnOf("ec2", "vpc/vpc-1");
const shop = arnOf("elasticloadbalancing", "loadbalancer/app/shop/0123456789abcdef");
const listed = (...resources: object[]): Answers => ({ GetResourcesCommand: { ResourceTagMappingList: resources } });

test("whatever is denied is named with what it takes, and all else is looked at", async () => {
  const copilot = { "aws:cloudformation:stack-name": "shop-dev", "copilot-application": "shop" };
  const stack = await stackOf(
    plan,
    listed(tagged(vpc, copilot), tagged(shop), tagged(arnOf("rds", "cluster:orders")), tagged(arnOf("rds", "db:users"))),
    { data: [data("postgres", "orders")] },
  );
  const { unseen, references, others } = await adoptionOf(stack, {}, none);
  expect(unseen.map(({ action }) => action).sort()).toEqual([
    "cloudformation:DescribeStacks",
    "cloudformation:GetTemplate",
    "dynamodb:DescribeTable",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSubnets",
    "ecr:DescribeRepositories",
    "ecs:DescribeClusters",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "logs:DescribeLogGroups",
    "rds:DescribeDBClusters",
    "rds:DescribeDBInstances",
  ]);
  expect(unseen.every(({ kind, what }) => kind === "denied" && what.length > 0)).toBe(true);
  expect(references.map(({ of, reference: { code } }) => [of, code])).toEqual([
    ["Network dev", expect.stringContaining('vpcId: "vpc-1", publicSubnetIds: ["<ids of its subnets>"]')],
  ]);
  expect(others).toEqual([
    { what: "databases", ids: ["orders", "users"], why: expect.stringMatching(/^Its engine could not be seen/) as string },
  ]);
});

test("where the list of what has tags is denied, the very names are asked for all the same, and the action is the one that AWS names", async () => {
  const stack = await stackOf(plan, {
    GetResourcesCommand: denied("tag:GetResources"),
    DescribeTableCommand: {},
    DescribeRepositoriesCommand: errorOf("RepositoryNotFoundException"),
    DescribeClustersCommand: { clusters: [] },
    DescribeLogGroupsCommand: { logGroups: [] },
    DescribeRulesCommand: { Rules: [] },
  });
  const { unseen, taken, looked } = await adoptionOf(stack, {}, none);
  expect([unseen.map(({ action }) => action), looked]).toEqual([["tag:GetResources"], 0]);
  expect(taken.map(({ name }) => name)).toEqual(["dev-carts"]);
});

test("credentials that have expired end it: nothing more can be asked", async () => {
  const stack = await stackOf(plan, { GetResourcesCommand: errorOf("ExpiredTokenException") });
  await expect(adoptionOf(stack, {}, none)).rejects.toThrow(/FL2801/);
});

test.each([
  ["nobody", errorOf("ResourceNotFoundException"), []],
  ["somebody, without a tag", {}, ["dev-carts"]],
])("a table's name that %s has", async (_, answer, expected) => {
  const stack = await stackOf(planOf(named.at(-1)!), { ...listed(), DescribeTableCommand: answer });
  const { taken, unseen } = await adoptionOf(stack, {}, none);
  expect([taken.map(({ name }) => name), unseen]).toEqual([expected, []]);
});

test("only PostgreSQL is proposed as one, by its cluster where it has one; the others are counted with the reason", async () => {
  const cluster = (DBClusterIdentifier: string, Engine: string) => ({ DBClusterIdentifier, Engine });
  const instance = (DBInstanceIdentifier: string, Engine: string, DBClusterIdentifier?: string) => ({
    DBInstanceIdentifier,
    Engine,
    DBClusterIdentifier,
  });
  const arns = [
    "cluster:orders",
    "cluster:orders-docs",
    "cluster:orders-graph",
    "db:orders-1",
    "db:orders-mysql",
    "db:orders-old",
    "db:orders-gone",
  ];
  const stack = await stackOf(
    planOf(),
    {
      ...listed(...arns.map((rest) => tagged(arnOf("rds", rest)))),
      DescribeDBClustersCommand: {
        DBClusters: [cluster("orders", "aurora-postgresql"), cluster("orders-docs", "docdb"), cluster("orders-graph", "neptune")],
      },
      DescribeDBInstancesCommand: {
        DBInstances: [
          instance("orders-1", "aurora-postgresql", "orders"),
          instance("orders-mysql", "mysql"),
          instance("orders-old", "postgres"),
        ],
      },
    },
    { data: [data("postgres", "orders")] },
  );
  const { references, others } = await adoptionOf(stack, {}, none);
  expect(references.map(({ reference: { code } }) => code)).toEqual([
    expect.stringContaining('existingPostgres({ clusterIdentifier: "orders"'),
    expect.stringContaining('existingPostgres({ instanceIdentifier: "orders-old"'),
  ]);
  expect(others.map(({ ids, why }) => [ids.join(), why])).toEqual([
    ["orders-docs", "It is docdb, and existingPostgres is for PostgreSQL alone."],
    ["orders-graph", "It is neptune, and existingPostgres is for PostgreSQL alone."],
    ["orders-1", "It is one of the cluster orders, which is to be named instead."],
    ["orders-gone", "It is not there any more."],
    ["orders-mysql", "It is mysql, and existingPostgres is for PostgreSQL alone."],
  ]);
});

describe("what no composition refers to", () => {
  const certificate = arnOf("acm", "certificate/1");
  const things = listed(
    tagged(certificate),
    tagged("arn:aws:route53:::hostedzone/Z1"),
    tagged(arnOf("ecs", "cluster/shop-Cluster")),
    tagged(arnOf("ecs", "cluster/dev")),
    tagged(arnOf("ecr", "repository/shop/web")),
    tagged(arnOf("logs", "log-group:/copilot/shop")),
  );

  test("certificates and hosted zones are settings of the stack, where it makes a load balancer and doesn't say them yet", async () => {
    const { settings } = await adoptionOf(await stackOf(planOf(loadBalancer), things), {}, none);
    expect(settings.map(({ of, command, notes }) => [of, command, notes.length])).toEqual([
      ["certificateArn", `pulumi config set certificateArn ${certificate} -s dev`, 1],
      ["hostedZoneId", "pulumi config set hostedZoneId Z1 -s dev", 1],
    ]);
    const said = await stackOf(planOf(loadBalancer), things);
    said.project.config = { "shop:certificateArn": "arn", "shop:hostedZoneId": "Z2" };
    expect((await adoptionOf(said, {}, none)).settings).toEqual([]);
    expect((await adoptionOf(await stackOf(planOf(), things), {}, none)).settings).toEqual([]);
  });

  test("clusters, repositories and log groups are counted, and it is said why they are made anew; those of the very name are imported", async () => {
    const answers = { ...things, DescribeClustersCommand: { clusters: [{ clusterName: "dev", status: "ACTIVE" }] } };
    const { others, taken } = await adoptionOf(await stackOf(planOf(named[1]!), answers), {}, none);
    expect(taken.map(({ name }) => name)).toEqual(["dev"]);
    expect(others.map(({ what, ids }) => [what, ids])).toEqual([
      ["clusters", ["shop-Cluster"]],
      ["repositories", ["shop/web"]],
      ["log groups", ["/copilot/shop"]],
    ]);
    expect(others.every(({ why }) => why.length > 20)).toBe(true);
  });
});
