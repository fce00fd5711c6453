import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { localData } from "../src/data/localData";
import { startAws, type RunningAws } from "../testing/dataAws";
import { contextIn, databaseRole, output, outputText, planWith, postgresCluster, resource, task, urnOf } from "../testing/dataPlan";
import { freePort, hasPrograms, Servers } from "../testing/dataProcesses";

const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const table = "aws:dynamodb/table:Table";
const bucket = "aws:s3/bucket:Bucket";
const secret = "aws:secretsmanager/secret:Secret";
const subscription = "aws:sns/topicSubscription:TopicSubscription";

const hostile = "'; touch pwned; '\"$(touch pwned)`touch pwned`\\\n$HOME";
const filter = JSON.stringify({ kind: [hostile] });

const plan = planWith(
  resource(queue, "Mails", {
    visibilityTimeoutSeconds: 60,
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: outputText(queue, "dead", "arn"), maxReceiveCount: 3 }),
  }),
  resource(queue, "dead", { messageRetentionSeconds: 1_209_600 }),
  resource(queue, "orders", { name: "own-orders.fifo", fifoQueue: true, contentBasedDeduplication: true }),
  resource(queue, "later", {}),
  resource("aws:sqs/redrivePolicy:RedrivePolicy", "later", {
    queueUrl: output(queue, "later", "id"),
    redrivePolicy: outputText("aws:sqs/queue:Queue", "dead", "arn").replace(/^/, '{"maxReceiveCount":2,"deadLetterTargetArn":"') + '"}',
  }),
  resource(queue, "not-started", {}),
  resource(topic, "events", { displayName: hostile }),
  resource(subscription, "events-to-later", {
    topic: output(topic, "events", "arn"),
    protocol: "sqs",
    endpoint: output(queue, "later", "arn"),
    rawMessageDelivery: true,
    filterPolicy: filter,
  }),
  resource(subscription, "events-to-mail", { topic: output(topic, "events", "arn"), protocol: "email", endpoint: "a@example.com" }),
  resource(table, "carts", {
    name: "dev-carts",
    hashKey: "customer",
    rangeKey: "item",
    attributes: [
      { name: "customer", type: "S" },
      { name: "item", type: "S" },
      { name: "at", type: "N" },
    ],
    globalSecondaryIndexes: [{ name: "byItem", hashKey: "item", projectionType: "INCLUDE", nonKeyAttributes: ["price"] }],
    localSecondaryIndexes: [{ name: "byTime", rangeKey: "at", projectionType: "KEYS_ONLY" }],
    ttl: { attributeName: "expiresAt", enabled: true },
    streamEnabled: true,
    streamViewType: "KEYS_ONLY",
  }),
  resource(bucket, "reports", {}),
  resource("aws:s3/bucketVersioning:BucketVersioning", "reports", {
    bucket: output(bucket, "reports", "id"),
    versioningConfiguration: { status: "Enabled" },
  }),
  resource(bucket, "access-logs", {}),
  resource(secret, "token", {}),
  resource(secret, "of-ecs", {}),
  resource("aws:iam/rolePolicy:RolePolicy", "api", {
    role: output("aws:iam/role:Role", "api", "id"),
    policy: JSON.stringify({ Statement: [{ Action: "dynamodb:GetItem", Resource: outputText(table, "carts", "arn") }] }),
  }),
  task("api", {
    MAILS_QUEUE_URL: outputText(queue, "Mails", "url"),
    ORDERS_QUEUE_URL: outputText(queue, "orders", "url"),
    EVENTS_TOPIC_ARN: outputText(topic, "events", "arn"),
    REPORTS_BUCKET: outputText(bucket, "reports", "id"),
    TOKEN_ARN: outputText(secret, "token", "arn"),
  }),
);

describe("what tasks use", () => {
  const { data, notes } = localData(plan, contextIn("/work"));
  const [aws] = data;

  test("is made, and what others of a stack are for is not", () => {
    const named = aws!.resources.map((urn) => urn.split("::").at(-1));
    expect(named.sort()).toEqual([
      "Mails",
      "carts",
      "dead",
      "events",
      "events-to-later",
      "events-to-mail",
      "later",
      "orders",
      "reports",
      "token",
    ]);
    expect(localData(planWith(resource(bucket, "access-logs", {})), contextIn("/work")).data).toEqual([]);
  });

  test("has the plan's names, or the stack's before its own, and addresses of the one emulator", () => {
    const value = (type: string, name: string, attribute: string) => aws!.outputs[`${urnOf(type, name)}#${attribute}`];
    expect(value(queue, "Mails", "url")).toBe("${aws-endpoint}/000000000000/dev-mails");
    expect(value(queue, "Mails", "id")).toBe(value(queue, "Mails", "url"));
    expect(value(queue, "orders", "arn")).toBe("arn:aws:sqs:eu-central-1:000000000000:own-orders.fifo");
    expect(value(topic, "events", "arn")).toBe("arn:aws:sns:eu-central-1:000000000000:dev-events");
    expect(value(bucket, "reports", "bucket")).toBe("dev-reports");
    expect(value(table, "carts", "name")).toBe("dev-carts");
    expect(aws!.environment).toEqual({ AWS_ENDPOINT_URL: "${aws-endpoint}", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" });
  });

  test("what is otherwise is told", () => {
    expect(notes).toEqual([
      expect.stringContaining("The subscription events-to-mail is of email"),
      expect.stringContaining("The secret token has no value here"),
    ]);
  });
});

test("a login that a task reads by the API has its value there, and one that ECS hands over isn't there", () => {
  const stack = planWith(
    ...postgresCluster("accounts"),
    ...databaseRole("api", "accounts"),
    ...databaseRole("web", "accounts"),
    resource("aws:iam/rolePolicy:RolePolicy", "api", {
      role: output("aws:iam/role:Role", "api", "id"),
      policy: JSON.stringify({
        Statement: [{ Action: "secretsmanager:GetSecretValue", Resource: outputText(secret, "api-accounts", "arn") }],
      }),
    }),
    resource("aws:iam/rolePolicy:RolePolicy", "web-execution", {
      role: output("aws:iam/role:Role", "web-execution", "id"),
      policy: JSON.stringify({
        Statement: [{ Action: "secretsmanager:GetSecretValue", Resource: outputText(secret, "web-accounts", "arn") }],
      }),
    }),
    task("api", {}),
    task("web", {}),
  );
  const { data, notes } = localData(stack, contextIn("/work"));
  const script = data.at(-1)!.part.configs!["aws.resources"]!.content!;
  expect(script).toContain(
    JSON.stringify({ Name: "dev-api-accounts", SecretString: data[0]!.secrets[`${urnOf(secret, "api-accounts")}#arn`] }),
  );
  expect(script).not.toContain("web-accounts");
  expect(notes).toEqual([]);
});

(hasPrograms("moto_server", "aws") ? describe : describe.skip)("an emulator", () => {
  const servers = new Servers();
  let folder: string;
  let aws: RunningAws;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fairlead-moto-"));
    aws = await startAws(plan, folder, servers, await freePort());
  });
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const value = (type: string, name: string, attribute: string) => aws.valueOf(`${urnOf(type, name)}#${attribute}`);

  test("has all of it, once, however often it is made", () => {
    expect(aws.make()).toEqual({ status: 0, output: "" });
    // As after a start of the emulator that kept all.
    rmSync(join(folder, "etc/fairlead/aws-resources.sh.made"), { force: true });
    expect(aws.make()).toEqual({ status: 0, output: "" });
    expect(aws.ask("sqs", "list-queues", {})).toMatchObject({ QueueUrls: { length: 4 } });
    expect(aws.ask("sns", "list-topics", {})).toMatchObject({ Topics: { length: 1 } });
    expect(aws.ask("sns", "list-subscriptions", {})).toMatchObject({ Subscriptions: { length: 1 } });
    expect(aws.ask("dynamodb", "list-tables", {})).toMatchObject({ TableNames: ["dev-carts"] });
    expect(aws.ask("s3api", "list-buckets", {})).toMatchObject({ Buckets: [{ Name: "dev-reports" }] });
    expect(aws.ask("secretsmanager", "list-secrets", {})).toMatchObject({ SecretList: [{ Name: "dev-token" }] });
  });

  test("has what the plan says of them", () => {
    expect(aws.ask("sqs", "get-queue-attributes", { QueueUrl: value(queue, "Mails", "url"), AttributeNames: ["All"] })).toMatchObject({
      Attributes: {
        QueueArn: value(queue, "Mails", "arn"),
        VisibilityTimeout: "60",
        RedrivePolicy: expect.stringContaining(value(queue, "dead", "arn")) as string,
      },
    });
    expect(aws.ask("sqs", "get-queue-attributes", { QueueUrl: value(queue, "orders", "url"), AttributeNames: ["All"] })).toMatchObject({
      Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" },
    });
    expect(aws.ask("dynamodb", "describe-table", { TableName: "dev-carts" })).toMatchObject({
      Table: {
        KeySchema: [{ AttributeName: "customer" }, { AttributeName: "item" }],
        GlobalSecondaryIndexes: [{ IndexName: "byItem", Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["price"] } }],
        LocalSecondaryIndexes: [{ IndexName: "byTime", KeySchema: [{ AttributeName: "customer" }, { AttributeName: "at" }] }],
        StreamSpecification: { StreamViewType: "KEYS_ONLY" },
      },
    });
    expect(aws.ask("dynamodb", "describe-time-to-live", { TableName: "dev-carts" })).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiresAt" },
    });
    expect(aws.ask("s3api", "get-bucket-versioning", { Bucket: "dev-reports" })).toEqual({ Status: "Enabled" });
  });

  test("a topic delivers to its queue what the filter lets through, and a secret is found by the ARN that tasks have", () => {
    const publish = (kind: string) => ({
      TopicArn: value(topic, "events", "arn"),
      Message: hostile,
      MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
    });
    aws.ask("sns", "publish", publish("another"));
    aws.ask("sns", "publish", publish(hostile));
    expect(aws.ask("sqs", "receive-message", { QueueUrl: value(queue, "later", "url"), MaxNumberOfMessages: 10 })).toMatchObject({
      Messages: [{ Body: hostile }],
    });
    const SecretId = value(secret, "token", "arn");
    aws.ask("secretsmanager", "put-secret-value", { SecretId, SecretString: hostile });
    expect(aws.ask("secretsmanager", "get-secret-value", { SecretId })).toMatchObject({ SecretString: hostile });
  });
});
