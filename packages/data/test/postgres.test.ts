import type { Access } from "@fairlead/model";
import { sheetOf } from "@fairlead/model/awsTypes";
import * as pulumi from "@pulumi/pulumi";

import { postgres, type DataDeclaration } from "../src";
import { bind, inputsOf } from "./bound";

const clusterType = "aws:rds/cluster:Cluster";
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

  test("gives the URL under the name that a service has for it, and its role the place", async () => {
    const { plan, binding } = await bind("postgres", "read", {}, undefined, { as: { url: ["DATABASE_URL", "DIRECT_URL"] } });
    const { DATABASE_URL, DIRECT_URL } = (await known(binding.secrets)) as Record<string, Record<string, string>>;
    expect(DATABASE_URL!.valueFrom).toMatch(/Secret::api-postgres#arn\}:url::\$\{urn:.*DatabaseRole::api-postgres#versionId\}$/);
    expect(DIRECT_URL).toEqual(DATABASE_URL);
    const role = plan.resources.find(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:DatabaseRole")!;
    expect(role.inputs).toMatchObject({ host: { $output: expect.stringMatching(/Cluster::postgres#readerEndpoint$/) }, port: 5433 });
    const without = (await bind("postgres", "read")).plan.resources.find(({ type }) => type === role.type)!;
    expect(without.inputs).not.toHaveProperty("host");
    await expect(bind("postgres", "read", {}, postgres({ serviceRoles: false }), { as: { url: "DATABASE_URL" } })).rejects.toThrow(
      /Postgres postgres/,
    );
  });

  test("gives the whole secret under the name that a service has for it, with the place as RDS writes it", async () => {
    const { plan, binding } = await bind("postgres", "readWrite", {}, undefined, { as: { secret: "DB_SECRET" } });
    const { DB_SECRET } = (await known(binding.secrets)) as Record<string, Record<string, string>>;
    expect(DB_SECRET!.valueFrom).toMatch(/Secret::api-postgres#arn\}:::\$\{urn:.*DatabaseRole::api-postgres#versionId\}$/);
    const role = plan.resources.find(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:DatabaseRole")!;
    expect(role.inputs).toMatchObject({ host: { $output: expect.stringMatching(/#endpoint$/) }, port: 5433, asRdsDoes: true });
    await expect(bind("postgres", "read", {}, postgres({ serviceRoles: false }), { as: { secret: "DB_SECRET" } })).rejects.toThrow(
      /Postgres postgres/,
    );
  });

  test("hands out the administrator's login where the region has no Data API, if it is told so", async () => {
    const { plan, binding } = await bind("postgres", "read", {}, postgres({ serviceRoles: false }));
    expect(inputsOf(plan, "aws:rds/cluster:Cluster")[0]).toMatchObject({ enableHttpEndpoint: false });
    expect(JSON.stringify(plan)).not.toMatch(/DatabaseRole|Secret::/);
    const { POSTGRES_PASSWORD } = (await known(binding.secrets)) as Record<string, Record<string, string>>;
    expect(POSTGRES_PASSWORD!.valueFrom).toMatch(/Cluster::postgres#secretArn\[0\]\}:password::$/);
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
      inputsOf((await bind("postgres", "readWrite", {}, postgres(), { stack })).plan, clusterType)[0]!.finalSnapshotIdentifier;
    // The parameter group gets another name each time that it is made, and is known before the cluster is.
    expect(await identifier("dev")).toMatch(/^postgres-dev-final-\$\{urn:.*ClusterParameterGroup::postgres#name\}$/);
    expect(await identifier("prod.payments_eu")).toMatch(/^postgres-prod-payments-eu-final-\$\{/);
  });

  test("names another final snapshot whenever the cluster is replaced, by what its name comes from being replaced with it", async () => {
    const triggerOf = async (changed: object) => {
      const declaration = postgres({ transform: (args) => ({ ...args, ...changed }) });
      const { resources } = (await bind("postgres", "readWrite", {}, declaration)).plan;
      const { inputs, options } = resources.find(({ type }) => type === "aws:rds/clusterParameterGroup:ClusterParameterGroup")!;
      expect(inputs).not.toHaveProperty("name");
      return options.replacementTrigger;
    };
    const before = await triggerOf({});
    expect(before).toMatchObject({ databaseName: "postgres", storageEncrypted: true });
    for (const property of sheetOf(clusterType)!.replacedBy!) expect(await triggerOf({ [property]: "other" })).not.toEqual(before);
    // The cluster stays, and so does the group that its parameters are in.
    expect(await triggerOf({ port: 5434, backupRetentionPeriod: 35, deletionProtection: false, engineVersion: "16.9" })).toEqual(before);
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
