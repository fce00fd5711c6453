import { Network } from "@fairlead/networking";
import { embeddedPlan } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

import { valueProvider } from "../src/generatedValueProvider";
import { cache, createData, fileSystem, postgres, queue, topic, type DataDeclaration } from "../src";
import { bind, inputsOf } from "./bound";

describe("Cache", () => {
  const group = async (declaration?: DataDeclaration) => {
    const { plan } = await bind("cache", "readWrite", {}, declaration);
    return plan.resources.find(({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup")!;
  };

  test("stays at the version that AWS has brought it to: an older one would replace it", async () => {
    const { inputs, options } = await group();
    expect(inputs).toMatchObject({ engineVersion: "8.0", autoMinorVersionUpgrade: true });
    expect(options).toMatchObject({ ignoreChanges: ["engineVersion"] });
  });

  test.each([
    ["named", cache({ engineVersion: "8.1" })],
    ["transformed", cache({ transform: (args) => ({ ...args, engineVersion: "8.1", autoMinorVersionUpgrade: false }) })],
  ])("takes the version that is %s, and leaves it to nobody else", async (_, declaration) => {
    const { inputs, options } = await group(declaration);
    expect(inputs).toMatchObject({ engineVersion: "8.1", autoMinorVersionUpgrade: false });
    expect(options).not.toHaveProperty("ignoreChanges");
  });
});

test("a queue has a dead-letter queue that keeps messages as long as SQS can", async () => {
  const { plan } = await bind("queue", "read");
  const [dead, live] = inputsOf(plan, "aws:sqs/queue:Queue");
  expect(dead).toMatchObject({ messageRetentionSeconds: 14 * 24 * 60 * 60, sqsManagedSseEnabled: true });
  expect(JSON.parse(live!.redrivePolicy as string)).toMatchObject({ maxReceiveCount: 5 });
});

test("a queue that subscribes to a topic admits that topic alone", async () => {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const network = new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" });
      createData({ events: topic(), mails: queue({ topics: ["events"] }) }, { network, deletionProtection: true });
    },
  });
  const policies = plan.resources.filter(({ type }) => type === "aws:sqs/queuePolicy:QueuePolicy");
  const { Statement } = JSON.parse(policies.find(({ name }) => name === "mails")!.inputs.policy as string);
  expect(Statement[1]).toMatchObject({
    Principal: { Service: "sns.amazonaws.com" },
    Condition: { ArnEquals: { "aws:SourceArn": [expect.stringMatching(/Topic::events#arn/)] } },
  });
  // Two policies for one queue would overwrite each other at each `up`.
  expect(policies.filter(({ inputs }) => JSON.stringify(inputs.queueUrl).includes("Queue::mails#"))).toHaveLength(1);
});

test("a topic asks each address whether it wants its messages, and nobody by default", async () => {
  const asked = async (declaration?: DataDeclaration) =>
    inputsOf((await bind("topic", "write", {}, declaration)).plan, "aws:sns/topicSubscription:TopicSubscription");
  expect(await asked()).toEqual([]);
  expect(await asked(topic({ emails: ["ops@example.com", "shop@example.com"] }))).toMatchObject([
    { protocol: "email", endpoint: "ops@example.com" },
    { protocol: "email", endpoint: "shop@example.com" },
  ]);
});

test("a queue hides its messages at first, and takes of a topic what it asks for", async () => {
  const planOf = (args: Parameters<typeof queue>[0]) =>
    embeddedPlan({
      project: "shop",
      stack: "dev",
      config: {},
      program: () => {
        const network = new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" });
        createData({ events: topic(), mails: queue(args) }, { network, deletionProtection: true });
      },
    });
  const filterPolicies = { events: { kind: ["ordered"], total: [{ numeric: [">", 100] }] } };
  const plan = await planOf({ topics: ["events"], delaySeconds: 30, filterPolicies });
  const inputs = (type: string) => plan.resources.filter((each) => each.type === type).map((each) => each.inputs);
  expect(inputs("aws:sqs/queue:Queue").map(({ delaySeconds }) => delaySeconds)).toEqual([undefined, 30]);
  expect(JSON.parse(inputs("aws:sns/topicSubscription:TopicSubscription")[0]!.filterPolicy as string)).toEqual(filterPolicies.events);
  await expect(planOf({ delaySeconds: 901 })).rejects.toThrow("Queue mails");
  await expect(planOf({ topics: ["events"], filterPolicies: { evnts: {} } })).rejects.toThrow("Queue mails");
});

describe("a queue that names topics", () => {
  const network = {} as Network;
  const refused = (declarations: Parameters<typeof createData>[0]) => {
    try {
      createData(declarations, { network, deletionProtection: true });
    } catch (error) {
      return (error as pulumi.InputPropertiesError).errors;
    }
    throw new Error("nothing was refused");
  };

  test("which lead nowhere is refused before anything is made, with all of them at once", () => {
    const errors = refused({
      events: topic(),
      mails: queue({ topics: ["evnts", "events", "later", "accounts"] }),
      accounts: postgres(),
      later: topic(),
      letters: queue({ topics: ["nothing-like-it"] }),
    });
    expect(errors).toEqual([
      {
        propertyPath: "mails.topics[0]",
        reason: 'there is no topic "evnts". Topics declared before mails: events. Did you mean "events"?',
      },
      {
        propertyPath: "mails.topics[2]",
        reason: '"later" is declared after mails: things are made in their order. Declare later above mails',
      },
      {
        propertyPath: "mails.topics[3]",
        reason: '"accounts" is a postgres, and only topics send to a queue. Topics declared before mails: events',
      },
      {
        propertyPath: "letters.topics[0]",
        reason: 'there is no topic "nothing-like-it". Topics declared before letters: events, later',
      },
    ]);
  });

  test("hears where the one that was meant has to stand", () => {
    expect(refused({ mails: queue({ topics: ["evnts"] }), events: topic() })[0]!.reason).toBe(
      'there is no topic "evnts". Topics declared before mails: none. Did you mean "events"? Declare it above mails',
    );
  });

  test("where there is none hears of that", () => {
    expect(refused({ mails: queue({ topics: ["events"] }) })[0]!.reason).toBe(
      'there is no topic "events". Topics declared before mails: none',
    );
  });
});

test("a bucket's access logs go where the environment's do, if it has such a bucket", async () => {
  const targets = async (accessLogsBucket?: string) =>
    inputsOf((await bind("bucket", "read", { accessLogsBucket })).plan, "aws:s3/bucketLogging:BucketLogging").map(
      (inputs) => inputs.targetBucket,
    );
  expect(await targets()).toEqual([]);
  expect(await targets("logs")).toEqual(["logs"]);
});

test("a file system is mounted through a folder and a user of the service's own", async () => {
  const { plan, binding } = await bind("fileSystem", "read");
  expect(inputsOf(plan, "aws:efs/accessPoint:AccessPoint")[0]).toMatchObject({ rootDirectory: { path: "/api" }, posixUser: { uid: 1000 } });
  expect(inputsOf(plan, "aws:efs/mountTarget:MountTarget")).toHaveLength(2);
  expect(binding.volume).toMatchObject({ containerPath: "/mnt/fileSystem", readOnly: true });
});

test("a file system as a volume of Docker's has one folder for all, in which each process is the user that it runs as", async () => {
  const declaration = fileSystem({ enforceUserIdentity: false, sharedFolder: true });
  const { plan, statements } = await bind("fileSystem", "readWrite", {}, declaration);
  const [accessPoint] = inputsOf(plan, "aws:efs/accessPoint:AccessPoint");
  expect(accessPoint).toMatchObject({
    rootDirectory: { path: "/shared", creationInfo: { ownerUid: 0, ownerGid: 0, permissions: "0777" } },
  });
  expect(accessPoint).not.toHaveProperty("posixUser");
  expect(statements[0]!.Action).toEqual([
    "elasticfilesystem:ClientMount",
    "elasticfilesystem:ClientWrite",
    "elasticfilesystem:ClientRootAccess",
  ]);
});

test("who mounts a file system waits for its mount targets and for the policy that decides how", async () => {
  const { plan } = await bind("fileSystem", "read");
  const [accessPoint] = plan.resources.filter(({ type }) => type === "aws:efs/accessPoint:AccessPoint");
  const first = plan.resources.filter(({ type }) => /^aws:efs\/(mountTarget|fileSystemPolicy):/.test(type));
  expect(first).toHaveLength(3);
  for (const { urn } of first) expect(accessPoint!.dependencies).toContain(urn);
});

test("a file system has one mount target in each zone, also where a transform makes two isolated subnets in each", async () => {
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const network = new Network("main", {
        region: "us-east-1",
        transform: (args) => ({
          ...args,
          subnetSpecs: [{ type: "Public" }, { type: "Private" }, { type: "Isolated" }, { type: "Isolated", name: "more" }],
        }),
      });
      createData({ media: fileSystem() }, { network, deletionProtection: true });
    },
  });
  const subnets = inputsOf(plan, "aws:efs/mountTarget:MountTarget").map(({ subnetId }) => (subnetId as { $output: string }).$output);
  expect(subnets.map((id) => id.split("::").at(-1))).toEqual(["main-isolated-1#id", "main-isolated-2#id"]);
});

test("a generated secret is read by its version, and its value is in no plan", async () => {
  const { plan, binding } = await bind("secret", "read");
  const value = plan.resources.find(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:GeneratedValue")!;
  expect(value.inputs).toMatchObject({
    length: 43,
    __provider: expect.stringContaining("@fairlead/data/generatedValueProvider") as string,
  });
  const [secret] = plan.resources.filter(({ type }) => type === "aws:secretsmanager/secret:Secret");
  expect(secret!.options).toMatchObject({ protect: true });
  expect(Object.keys(binding.secrets!)).toEqual(["SECRET_VALUE"]);
});

test("a value is drawn once, of the length that is wanted, and again where its secret is another", async () => {
  const sent: { SecretId?: string; SecretString?: string; ClientRequestToken?: string }[] = [];
  const send = (command: { input: (typeof sent)[number] }) => Promise.resolve(void sent.push(command.input));
  const provider = valueProvider(() => Promise.resolve({ send } as never));
  const wanted = { secretArn: "arn:aws:secretsmanager:us-east-1:1:secret:a", length: 20 };
  const { id, outs } = await provider.create!(wanted);
  expect(sent[0]).toMatchObject({ SecretId: wanted.secretArn, ClientRequestToken: id });
  expect(sent[0]!.SecretString).toMatch(/^[\w-]{20}$/);
  expect(JSON.stringify(outs)).not.toContain(sent[0]!.SecretString);
  expect(await provider.diff!(id, outs, wanted)).toEqual({ changes: false });
  expect(await provider.diff!(id, outs, { ...wanted, length: 21 })).toEqual({ changes: true });
  await provider.update!(id, outs, { ...wanted, secretArn: "b" });
  expect(sent[1]).toMatchObject({ SecretId: "b" });
  expect(sent[1]!.SecretString).not.toBe(sent[0]!.SecretString);
});

test("a cache's host and port have the names that a service gives them, and none by themselves", async () => {
  const { binding } = await bind("cache", "readWrite", {}, cache(), { as: { host: "REDIS_HOST", port: ["REDIS_PORT", "PORT_TOO"] } });
  expect(Object.keys(binding.environment!)).toEqual(["CACHE_URL", "REDIS_HOST", "REDIS_PORT", "PORT_TOO"]);
  expect(Object.keys((await bind("cache", "readWrite")).binding.environment!)).toEqual(["CACHE_URL"]);
});

test("a cache without TLS says so in its URL", async () => {
  const { plan, binding } = await bind("cache", "readWrite", {}, cache({ transitEncryption: false }));
  const [group] = inputsOf(plan, "aws:elasticache/replicationGroup:ReplicationGroup");
  expect(group).toMatchObject({ transitEncryptionEnabled: false });
  expect(group).not.toHaveProperty("transitEncryptionMode");
  const url = await new Promise((resolve) => pulumi.output(binding.environment!.CACHE_URL).apply(resolve));
  expect(url).toMatch(/^redis:\/\//);
});
