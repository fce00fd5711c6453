import type { DataKind } from "@fairlead/model";
import { Network } from "@fairlead/networking";
import { embeddedPlan } from "@fairlead/plan";

import {
  createData,
  existingBucket,
  existingCache,
  existingFileSystem,
  existingPostgres,
  existingQueue,
  existingTable,
  existingTopic,
  queue,
  type DataDeclaration,
} from "../src";
import { samePort } from "../src/existing/databases";
import { bind, inputsOf } from "./bound";
import { kindCases } from "./kindCases";

const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf";
const securityGroupId = "sg-0a1b2c3d4e5f60718";
const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";
/** All but secrets, of which a manifest names those that exist itself. */
type ExistingKind = Exclude<DataKind, "secret">;
const existing: Record<ExistingKind, DataDeclaration> = {
  postgres: existingPostgres({ clusterIdentifier: "shop-orders", secretArn }),
  cache: existingCache({ replicationGroupId: "shop-sessions", securityGroupId }),
  queue: existingQueue({ queueName: "shop-mails", kmsKeyArn }),
  topic: existingTopic({ topicName: "shop-events", kmsKeyArn }),
  table: existingTable({ tableName: "shop-carts", kmsKeyArn }),
  bucket: existingBucket({ bucketName: "shop-exports", kmsKeyArn }),
  fileSystem: existingFileSystem({ fileSystemId: "fs-0a1b2c3d4e5f60718", securityGroupId }),
};
const kinds = Object.keys(existing) as ExistingKind[];
const accesses = kinds.flatMap((kind) => Object.keys(kindCases[kind].actions).map((access) => [kind, access as "read"] as const));
const actionsOf = (statements: { Action: string | string[] }[]) => statements.flatMap(({ Action }) => Action).sort();

test.each(kinds)("nothing of a %s that exists is in the plan", async (kind) => {
  const { plan } = await bind(kind, "readWrite", {}, existing[kind]);
  const own = plan.resources.map(({ type }) => type).filter((type) => type.startsWith("aws:") || type.startsWith("fairlead:data"));
  expect(own).toEqual(kind === "fileSystem" ? ["aws:efs/accessPoint:AccessPoint"] : []);
});

test.each(accesses)("who is bound to a %s that exists with %s may do what one of the stack's own lets do", async (kind, access) => {
  const { statements } = await bind(kind, access, {}, existing[kind]);
  expect(actionsOf(statements)).toEqual([...kindCases[kind].actions[access]!, ...kindCases[kind].keyActions].sort());
});

test.each([
  ["table", "arn:aws:dynamodb:us-east-1:123456789012:table/shop-carts"],
  ["bucket", "arn:aws:s3:::shop-exports"],
  ["queue", "arn:aws:sqs:us-east-1:123456789012:shop-mails"],
  ["topic", "arn:aws:sns:us-east-1:123456789012:shop-events"],
] as const)("permissions on a %s are on exactly it", async (kind, arn) => {
  const { statements } = await bind(kind, kind === "topic" ? "write" : "read", {}, existing[kind]);
  const resources = statements.flatMap(({ Resource }) => Resource).filter((resource) => resource !== kmsKeyArn);
  expect(resources.every((resource) => resource === arn || resource.startsWith(`${arn}/`))).toBe(true);
  expect(resources).toContain(arn);
});

test.each(kinds)("a %s that exists has the variables that one of the stack's own has", async (kind) => {
  const [own, other] = [await bind(kind, "readWrite"), await bind(kind, "readWrite", {}, existing[kind])];
  expect(Object.keys(other.binding.environment ?? {})).toEqual(Object.keys(own.binding.environment ?? {}));
  expect(Object.keys(other.binding.secrets ?? {})).toEqual(Object.keys(own.binding.secrets ?? {}));
});

test("with read a database that exists is asked where its readers answer", async () => {
  const host = async (access: "read" | "readWrite", declaration: DataDeclaration) => {
    const { binding } = await bind("postgres", access, {}, declaration);
    return new Promise((resolve) => (binding.environment!.POSTGRES_HOST as { apply(f: (v: unknown) => void): void }).apply(resolve));
  };
  expect(await host("read", existing.postgres)).toMatch(/shop-orders#readerEndpoint}$/);
  expect(await host("readWrite", existing.postgres)).toMatch(/shop-orders#endpoint}$/);
  const instance = existingPostgres({ instanceIdentifier: "shop-db", secretArn });
  expect(await host("read", instance)).toMatch(/shop-db#address}$/);
});

test("a database that exists has no URL to give", async () => {
  const asked = bind("postgres", "readWrite", {}, existing.postgres, { as: { url: "DATABASE_URL" } });
  await expect(asked).rejects.toMatchObject({ errors: [{ propertyPath: "secretArn" }] });
});

test("a queue of the stack takes the messages of a topic that exists", async () => {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const network = new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" });
      createData({ events: existing.topic, mails: queue({ topics: ["events"] }) }, { network, deletionProtection: true });
    },
  });
  expect(inputsOf(plan, "aws:sns/topicSubscription:TopicSubscription")).toMatchObject([
    { topic: "arn:aws:sns:us-east-1:123456789012:shop-events" },
  ]);
});

test("a port is what is said or AWS's own, also to the security group", async () => {
  const { binding } = await bind("postgres", "readWrite", {}, existingPostgres({ instanceIdentifier: "shop-db", secretArn, port: 5433 }));
  expect(binding.ingress?.port).toBe(5433);
  expect((await bind("postgres", "readWrite", {}, existing.postgres)).binding.ingress?.port).toBe(5432);
  expect((await bind("cache", "readWrite", {}, existing.cache)).binding.ingress?.port).toBe(6379);
});

test("a port that is another one than AWS tells is refused", () => {
  expect(samePort("orders", 5432, 5432)).toBe(5432);
  expect(samePort("orders", 5432, "${known after apply}")).toBe(5432);
  expect(() => samePort("orders", 5432, 3306)).toThrow(
    expect.objectContaining({ errors: [{ propertyPath: "port", reason: "5432, and it answers at 3306" }] }),
  );
});
