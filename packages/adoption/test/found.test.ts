import { subnetsOf } from "../src/found/network";
import { thingOf } from "../src/found/thing";
import { dataMatches } from "../src/proposals/dataMatches";
import { scriptedAws } from "./scriptedAws";

const at = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

test.each([
  [at("ec2", "vpc/vpc-0a1b"), "vpc", "vpc-0a1b"],
  [at("elasticloadbalancing", "loadbalancer/app/shop/0123456789abcdef"), "loadBalancer", "shop"],
  [at("ecs", "cluster/shop-test-Cluster-1"), "cluster", "shop-test-Cluster-1"],
  [at("ecr", "repository/shop/web"), "repository", "shop/web"],
  [at("dynamodb", "table/shop-test-items"), "table", "shop-test-items"],
  ["arn:aws:s3:::acme-exports", "bucket", "acme-exports"],
  [at("sqs", "shop-test-mails"), "queue", "shop-test-mails"],
  [at("sns", "shop-test-events"), "topic", "shop-test-events"],
  [at("rds", "cluster:shop-orders"), "databaseCluster", "shop-orders"],
  [at("rds", "db:shop-orders-1"), "databaseInstance", "shop-orders-1"],
  [at("elasticache", "replicationgroup:sessions"), "cache", "sessions"],
  [at("elasticfilesystem", "file-system/fs-0a1b"), "fileSystem", "fs-0a1b"],
])("%s is a %s called %s", (arn, kind, id) => {
  expect(thingOf(arn)).toMatchObject({ kind, id });
});

test.each([
  at("elasticloadbalancing", "loadbalancer/net/shop/0123456789abcdef"),
  at("dynamodb", "table/shop/stream/2026"),
  at("sns", "shop-test-events:6b0e71bd"),
  at("lambda", "function:shop"),
  "arn:aws:iam::123456789012:role/shop",
])("%s is nothing that a stack takes over", (arn) => {
  expect(thingOf(arn)).toBeUndefined();
});

describe("data that exists", () => {
  const table = (id: string, tags = {}) => thingOf(at("dynamodb", `table/${id}`), tags)!;
  const items = { name: "items", kind: "table" } as const;
  const matched = (declared: Parameters<typeof dataMatches>[0], ...things: ReturnType<typeof table>[]) =>
    dataMatches(declared, things).map(({ declared: { name }, thing, why }) => [name, thing.id, why]);

  test("may be what is declared by its name, or by the one that its template gave it", () => {
    const logical = { "aws:cloudformation:logical-id": "ItemsTable" };
    expect(matched([items], table("shop-test-items"), table("other"))).toEqual([["items", "shop-test-items", "its name ends so"]]);
    expect(matched([items], table("app-1X2Y", logical), table("other"))).toEqual([
      ["items", "app-1X2Y", "its template calls it ItemsTable"],
    ]);
  });

  test("is not guessed where nothing tells, but for the only one of its kind", () => {
    expect(matched([items], table("a"), table("b"))).toEqual([]);
    expect(matched([items], table("a"))).toEqual([["items", "a", "the only one of its kind that was found"]]);
    expect(matched([items, { name: "carts", kind: "table" }], table("a"))).toEqual([]);
  });

  test("of another kind is none", () => {
    expect(matched([{ name: "items", kind: "bucket" }], table("items"))).toEqual([]);
  });
});

test("subnets are told apart by where their routes lead, and those without a table of their own go by the VPC's", async () => {
  const answers: Record<string, object> = {
    DescribeSubnetsCommand: { Subnets: ["public", "private", "isolated", "main"].map((SubnetId) => ({ SubnetId, AvailabilityZone: "a" })) },
    DescribeRouteTablesCommand: {
      RouteTables: [
        { Associations: [{ SubnetId: "public" }], Routes: [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }] },
        { Associations: [{ SubnetId: "private" }], Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" }] },
        { Associations: [{ SubnetId: "isolated" }], Routes: [{ DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" }] },
        { Associations: [{ Main: true }], Routes: [{ DestinationCidrBlock: "0.0.0.0/0", TransitGatewayId: "tgw-1" }] },
      ],
    },
  };
  expect(await subnetsOf(await scriptedAws(answers), "vpc-1")).toEqual({
    publicSubnetIds: ["public"],
    privateSubnetIds: ["private", "main"],
    isolatedSubnetIds: ["isolated"],
  });
});
