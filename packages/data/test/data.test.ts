import type { Access } from "@fairlead/model";
import { Network } from "@fairlead/networking";
import { embeddedPlan } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

import { cache, createData, fileSystem, postgres, queue, topic, type DataDeclaration } from "../src";
import { bind, inputsOf } from "./bound";

const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/1";

/** A value once all of it is known to the plan. */
const known = (value: unknown) => new Promise((resolve) => (pulumi.output(value) as pulumi.Output<unknown>).apply(resolve));

describe("Postgres", () => {
  test("lets RDS keep the administrator's password, which no service gets", async () => {
    const { plan, binding } = await bind("postgres", "readWrite");
    expect(inputsOf(plan, "aws:rds/cluster:Cluster")[0]).toMatchObject({ manageMasterUserPassword: true, storageEncrypted: true });
    expect(inputsOf(plan, "aws:rds/cluster:Cluster")[0]).not.toHaveProperty("masterPassword");
    expect(Object.keys(binding.secrets!)).toEqual(["POSTGRES_USERNAME", "POSTGRES_PASSWORD"]);
    expect(JSON.stringify(await known(binding.secrets))).not.toMatch(/masterUserSecrets|Cluster::postgres/);
    expect(binding.ingress).toMatchObject({ port: 5433 });
  });

  test.each(["read", "readWrite"] as const)("makes a login for each service, with the rights that it asked for: %s", async (access) => {
    const { plan, binding } = await bind("postgres", access, { kmsKeyArn });
    const [cluster] = inputsOf(plan, "aws:rds/cluster:Cluster");
    expect(cluster).toMatchObject({ enableHttpEndpoint: true });
    const [secret] = inputsOf(plan, "aws:secretsmanager/secret:Secret");
    expect(secret).toMatchObject({ kmsKeyId: kmsKeyArn });
    const role = plan.resources.find(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:DatabaseRole")!;
    expect(role.name).toBe("api-postgres");
    expect(role.inputs).toMatchObject({
      access,
      roleName: "service_api",
      databaseName: "postgres",
      clusterArn: { $output: expect.stringMatching(/Cluster::postgres#arn$/) },
      masterSecretArn: { $output: expect.stringMatching(/Cluster::postgres#secretArn\[0\]$/) },
      secretArn: { $output: expect.stringMatching(/Secret::api-postgres#arn$/) },
    });
    expect(role.inputs.__provider).toContain('require("@fairlead/data/databaseRoleProvider").provider');
    // Without an instance there is nothing to log in to.
    expect(role.dependencies).toEqual(expect.arrayContaining([expect.stringMatching(/ClusterInstance::postgres-1$/)]));
    const { POSTGRES_PASSWORD, POSTGRES_USERNAME } = (await known(binding.secrets)) as Record<string, Record<string, string>>;
    // The version makes tasks wait for the login, and roll over when it has another password.
    expect(POSTGRES_PASSWORD!.valueFrom).toMatch(/Secret::api-postgres#arn\}:password::\$\{urn:.*DatabaseRole::api-postgres#versionId\}$/);
    expect(POSTGRES_USERNAME!.valueFrom).toMatch(/Secret::api-postgres#arn\}:username::/);
    expect(POSTGRES_PASSWORD).toMatchObject({ kmsKeyArn, arn: expect.stringMatching(/Secret::api-postgres#arn\}$/) });
  });

  test("speaks TLS alone, is backed up, in two zones, in isolated subnets, and can't be deleted by accident", async () => {
    const { plan } = await bind("postgres", "readWrite");
    expect(inputsOf(plan, "aws:rds/clusterParameterGroup:ClusterParameterGroup")[0]!.parameters).toContainEqual({
      name: "rds.force_ssl",
      value: "1",
      applyMethod: "pending-reboot",
    });
    expect(inputsOf(plan, "aws:rds/cluster:Cluster")[0]).toMatchObject({ deletionProtection: true, backupRetentionPeriod: 7 });
    expect(inputsOf(plan, "aws:rds/clusterInstance:ClusterInstance").map(({ publiclyAccessible }) => publiclyAccessible)).toEqual([
      false,
      false,
    ]);
  });

  test("leaves its final snapshot also after deletionProtection is switched off, unless it is told to leave none", async () => {
    const deletion = async (declaration: DataDeclaration, deletionProtection: boolean) =>
      inputsOf((await bind("postgres", "readWrite", { deletionProtection }, declaration)).plan, "aws:rds/cluster:Cluster")[0];
    for (const deletionProtection of [true, false]) {
      expect(await deletion(postgres(), deletionProtection)).toMatchObject({ skipFinalSnapshot: false, deleteAutomatedBackups: false });
    }
    const none = await deletion(postgres({ finalSnapshot: false }), false);
    expect(none).toMatchObject({ skipFinalSnapshot: true, deleteAutomatedBackups: true });
    expect(none).not.toHaveProperty("finalSnapshotIdentifier");
  });

  test("names its final snapshot for the environment and for this creation, so that no two collide in an account", async () => {
    const identifier = async (stack: string) =>
      inputsOf((await bind("postgres", "readWrite", {}, postgres(), stack)).plan, "aws:rds/cluster:Cluster")[0]!.finalSnapshotIdentifier;
    // The security group's id is another one each time that the database is made, and is known before the cluster is.
    expect(await identifier("dev")).toMatch(/^postgres-dev-final-\$\{urn:.*SecurityGroup::postgres-db#id\}$/);
    expect(await identifier("prod.payments_eu")).toMatch(/^postgres-prod-payments-eu-final-\$\{/);
  });

  test("may be given another major version, which `up` then brings about", async () => {
    const { plan } = await bind("postgres", "readWrite", {}, postgres({ majorVersion: 17 }));
    expect(inputsOf(plan, "aws:rds/cluster:Cluster")[0]).toMatchObject({
      engineVersion: "17",
      allowMajorVersionUpgrade: true,
      applyImmediately: true,
    });
  });

  test("logs slow statements and waits for locks, but no values and no statement that could have a password in it", async () => {
    const { plan } = await bind("postgres", "read");
    const [{ description, parameters }] = inputsOf(plan, "aws:rds/clusterParameterGroup:ClusterParameterGroup") as [
      Record<string, unknown>,
    ];
    const values = Object.fromEntries((parameters as { name: string; value: string }[]).map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ log_min_duration_statement: "1000", log_lock_waits: "1", log_parameter_max_length: "0" });
    expect(values).not.toHaveProperty("log_statement");
    // Another description would be another group.
    expect(description).toBe("Postgres postgres: TLS only");
  });

  test("a reader asks the reader's endpoint", async () => {
    const host = async (access: Access) => {
      const { binding } = await bind("postgres", access);
      return new Promise((resolve) => pulumi.output(binding.environment!.POSTGRES_HOST).apply(resolve));
    };
    expect(await host("read")).toMatch(/#readerEndpoint\}$/);
    expect(await host("readWrite")).toMatch(/#endpoint\}$/);
  });
});

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
