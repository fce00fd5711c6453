import { comparePlans, consequenceOf, countsOf } from "../src";
import { operations } from "../testing/operations";
import { output, planOf, resource, urnOf } from "../testing/plans";

const task = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";
const image = "docker-build:index:Image";
const index = "docker-build:index:Index";
const database = "aws:rds/cluster:Cluster";
const instance = "aws:rds/clusterInstance:ClusterInstance";

describe("two plans", () => {
  test("that are the same change nothing, whatever the order of keys", () => {
    const before = planOf(resource(database, "db", { engine: "aurora", tags: { a: "1", b: "2" } }));
    const after = planOf(resource(database, "db", { tags: { b: "2", a: "1" }, engine: "aurora" }));
    expect(countsOf(comparePlans(before, after).resources)).toEqual({ create: 0, update: 0, replace: 0, delete: 0 });
  });

  test("a fingerprint that differs says what it is of", () => {
    const rollout = (settings: string) => planOf(resource("pulumi-nodejs:dynamic/fairlead:Rollout", "api", { settings }));
    const [, change] = comparePlans(rollout("5c45f42f"), rollout("99aa01be")).resources;
    expect(change!.properties).toMatchObject([{ path: "settings", fingerprintOf: "the ECS service's settings" }]);
  });

  test("a replacement trigger replaces where it differs, and not where there was none before, as the engine's does", () => {
    const group = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
    const plan = (replacementTrigger?: unknown) =>
      planOf(
        resource(group, "db", { family: "aurora-postgresql16" }, { options: { replacementTrigger } }),
        resource(database, "db", { dbClusterParameterGroupName: output(group, "db", "name") }),
      );
    const [one, two] = [plan({ databaseName: "one", engine: "aurora" }), plan({ databaseName: "two", engine: "aurora" })];
    expect(operations(one, two)).toEqual(["replace db replacementTrigger.databaseName", "update db dbClusterParameterGroupName"]);
    expect(operations(plan(), one)).toEqual([]);
    expect(operations(one, plan())).toEqual([]);
  });

  test.each([
    ["update", { engine: "redis", engineVersion: "7.1" }, { engine: "valkey", engineVersion: "8.0" }],
    ["update", { engine: "redis" }, { engine: "valkey" }],
    ["update", { engineVersion: "8.9" }, { engineVersion: "8.10" }],
    ["update", { engineVersion: "6.2" }, { engineVersion: "6.x" }],
    ["replace", { engineVersion: "8.10" }, { engineVersion: "8.9" }],
    ["replace", { engineVersion: "6.x" }, { engineVersion: "6.2" }],
    ["replace", { engineVersion: "8.0" }, { engineVersion: { $output: "urn#version" } }],
    ["replace", { engine: "valkey" }, { engine: "redis" }],
    ["replace", { engine: "redis", engineVersion: "7.1" }, { engine: "valkey", engineVersion: "7.0" }],
  ])("%s a cache whose engine goes from %j to %j: it is replaced where it goes down", (operation, from, to) => {
    const plan = (inputs: object) => planOf(resource("aws:elasticache/replicationGroup:ReplicationGroup", "sessions", { ...inputs }));
    const { resources } = comparePlans(plan(from), plan(to));
    expect(resources.find(({ name }) => name === "sessions")!.operation).toBe(operation);
  });

  test("a new tag builds an image again, and moves its digest into the task and the service, as the engine finds", () => {
    const plan = (tag: string) =>
      planOf(
        resource(image, "api-arm64", { tags: [tag] }),
        resource(index, "api", { tag, sources: [output(image, "api-arm64", "ref")] }),
        resource(task, "api", {
          cpu: "256",
          containerDefinitions: JSON.stringify([{ name: "api", image: `\${${urnOf(index, "api")}#ref}` }]),
        }),
        resource(service, "api", { taskDefinition: output(task, "api", "arn"), desiredCount: 1 }),
        resource(service, "web", { desiredCount: 1 }),
      );
    expect(operations(plan("1.0.0-a"), plan("1.0.0-b"))).toEqual([
      "update api-arm64 tags",
      "replace api tag,sources",
      "replace api containerDefinitions.api.image",
      "update api taskDefinition",
    ]);
  });

  test("a role that gets a path is another one: its policy, the task that acts with it and the flow log move to it, a database changes in place", () => {
    const [role, policy] = ["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"];
    const plan = (inputs: object) =>
      planOf(
        resource(role, "api", { assumeRolePolicy: "{}", ...inputs }),
        resource(policy, "api", { role: output(role, "api", "id"), policy: "{}" }),
        resource(task, "api", { cpu: "256", taskRoleArn: output(role, "api", "arn") }),
        resource(service, "api", { taskDefinition: output(task, "api", "arn") }),
        resource("aws:ec2/flowLog:FlowLog", "vpc", { vpcId: "vpc-1", iamRoleArn: output(role, "api", "arn") }),
        resource("aws:iam/instanceProfile:InstanceProfile", "ec2", { role: output(role, "api", "name") }),
        resource(instance, "db-1", { monitoringRoleArn: output(role, "api", "arn") }),
      );
    expect(operations(plan({}), plan({ path: "/fairlead/dev/" })).sort()).toEqual([
      "replace api path",
      "replace api role",
      "replace api taskRoleArn",
      "replace vpc iamRoleArn",
      "update api taskDefinition",
      "update db-1 monitoringRoleArn",
      "update ec2 role",
    ]);
  });

  test("an update leaves ids and ARNs as they are: who refers to them stays the same", () => {
    const plan = (count: number) =>
      planOf(
        resource(service, "api", { desiredCount: count }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "api", { dimensions: output(service, "api", "name") }),
      );
    expect(operations(plan(1), plan(2))).toEqual(["update api desiredCount"]);
  });

  test("a replacement moves everything that refers to it, and replaces where that property forces it", () => {
    const plan = (databaseName: string) =>
      planOf(
        resource(database, "db", { databaseName }),
        resource(instance, "db-1", { clusterIdentifier: output(database, "db", "id"), instanceClass: "db.serverless" }),
        resource("aws:cloudwatch/metricAlarm:MetricAlarm", "db", { dimensions: { DBClusterIdentifier: output(database, "db", "id") } }),
      );
    const { resources } = comparePlans(plan("shop"), plan("people"));
    expect(operations(plan("shop"), plan("people"))).toEqual([
      "replace db databaseName",
      "replace db-1 clusterIdentifier",
      "update db dimensions.DBClusterIdentifier",
    ]);
    expect(consequenceOf(resources[1]!)).toEqual({ severity: "dataLoss", text: expect.stringContaining("new, empty database") as string });
    expect(resources[2]!.properties).toEqual([
      expect.objectContaining({ path: "clusterIdentifier", knownAfterApply: true, replaces: true }),
    ]);
  });

  test("what waits for a resource does not change with it", () => {
    const plan = (name: string) =>
      planOf(resource(database, "db", { databaseName: name }), resource(service, "api", { note: output(database, "db", "urn") }));
    expect(operations(plan("a"), plan("b"))).toEqual(["replace db databaseName"]);
  });

  test("a job runs again for another task definition alone, as its provider compares", () => {
    const operation = (before: object, after: object) => {
      const plan = (inputs: object) => planOf(resource("pulumi-nodejs:dynamic:Resource", "migration", { ...inputs }));
      return comparePlans(plan(before), plan(after)).resources.at(-1)!.operation;
    };
    const run = { taskDefinitionArn: "arn:…:1", timeoutMinutes: 10 };
    expect(operation(run, { ...run, timeoutMinutes: 20 })).toBe("same");
    expect(operation(run, { ...run, taskDefinitionArn: "arn:…:2" })).toBe("update");
    // Somebody else's dynamic resource compares whatever it likes.
    expect(operation({ table: "a" }, { table: "b" })).toBe("update");
  });

  test("an alias is the same resource under another name", () => {
    const before = planOf(resource(database, "old", { engine: "aurora" }));
    for (const alias of [urnOf(database, "old"), { name: "old" }]) {
      const after = planOf(resource(database, "new", { engine: "aurora" }, { options: { aliases: [alias] } }));
      expect(operations(before, after)).toEqual([]);
    }
    expect(operations(before, planOf(resource(database, "new", { engine: "aurora" })))).toEqual(["create new", "delete old"]);
  });

  test("an alias of another project or stack is none of ours: the old one goes, and a new one is made", () => {
    const before = planOf(resource(database, "old", { engine: "aurora" }));
    const renamed = (alias: object) =>
      operations(before, planOf(resource(database, "new", { engine: "aurora" }, { options: { aliases: [{ name: "old", ...alias }] } })));
    expect(renamed({ project: "shop", stack: "dev" })).toEqual([]);
    for (const other of [{ project: "store" }, { stack: "prod" }]) expect(renamed(other)).toEqual(["create new", "delete old"]);
  });

  describe("a renamed component", () => {
    const component = "shop:index:Store";
    const store = (name: string, bucket: string, aliases: unknown[] = []) => {
      const own = resource(component, name, {}, { custom: false, options: { aliases } });
      const child = `urn:pulumi:dev::shop::${component}$${database}::${bucket}`;
      return [
        own,
        resource(database, bucket, { engine: "aurora" }, { urn: child, parent: own.urn }),
        resource(task, "reader", { containerDefinitions: `{"name":"\${${child}#arn}"}` }),
      ];
    };

    test("with an alias is the same one, with its children, those that are named after it, and what refers to them", () => {
      const before = planOf(...store("old", "old-data"));
      expect(operations(before, planOf(...store("new", "new-data", [{ name: "old" }])))).toEqual([]);
    });

    test("with an alias of another project is another, with its children", () => {
      const changed = operations(
        planOf(...store("old", "old-data")),
        planOf(...store("new", "new-data", [{ name: "old", project: "store" }])),
      );
      expect(changed).toEqual(expect.arrayContaining(["create new-data", "delete old-data"]));
    });

    test("is followed in references of any number, each read once", () => {
      const many = Array.from({ length: 300 }, (_, index) => index);
      const plan = (prefix: string) =>
        planOf(
          ...many.map((index) =>
            resource(database, `${prefix}${index}`, { engine: "aurora" }, { options: { aliases: [{ name: `old${index}` }] } }),
          ),
          ...many.map((index) =>
            resource(task, `reader${index}`, { containerDefinitions: `["\${${urnOf(database, `${prefix}${index}`)}#arn}"]` }),
          ),
        );
      const searched = jest.spyOn(String.prototype, "replaceAll");
      const asked = jest.spyOn(String.prototype, "replace");
      const changed = operations(plan("old"), plan("new"));
      const count = searched.mock.calls.length + asked.mock.calls.length;
      jest.restoreAllMocks();
      expect(changed).toEqual([]);
      expect(count).toBeLessThan(many.length * 10);
    });

    test("without one is another", () => {
      const changed = operations(planOf(...store("old", "old-data")), planOf(...store("new", "new-data")));
      expect(changed).toEqual(expect.arrayContaining(["create new-data", "delete old-data"]));
    });
  });

  test("a resource that moves into a component is the same one, if its alias says that it was the stack's", () => {
    const component = resource("shop:index:Store", "store", {}, { custom: false });
    const moved = (alias: unknown) =>
      planOf(
        component,
        resource(
          database,
          "db",
          {},
          { urn: `urn:pulumi:dev::shop::shop:index:Store$${database}::db`, parent: component.urn, options: { aliases: [alias] } },
        ),
      );
    const before = planOf(component, resource(database, "db"));
    const stack = before.resources[0]!.urn;
    for (const alias of [{ noparent: true }, { parenturn: stack }]) expect(operations(before, moved(alias))).toEqual([]);
    expect(operations(before, moved({ name: "db" }))).toEqual(["create db", "delete db"]);
  });

  test("of a type that no provider was asked about, nobody says whether it is replaced", () => {
    const plan = (name: string) => planOf(resource("aws:batch/jobQueue:JobQueue", "jobs", { name }));
    expect(comparePlans(plan("a"), plan("b")).resources[1]).toMatchObject({
      operation: "update",
      properties: [{ path: "name", replaces: undefined }],
    });
  });

  test.each([
    // None of these is set by a stack of this repository.
    { type: "aws:s3/bucket:Bucket", argument: "bucket", replaces: true },
    { type: "aws:lb/loadBalancer:LoadBalancer", argument: "name", replaces: true },
    { type: "aws:efs/fileSystem:FileSystem", argument: "performanceMode", replaces: true },
    { type: "aws:rds/cluster:Cluster", argument: "backupRetentionPeriod", replaces: false },
    // Newer than the provider that was asked.
    { type: "aws:s3/bucket:Bucket", argument: "bucketNamespace", replaces: undefined },
    { type: "aws:sqs/queue:Queue", argument: "region", replaces: true },
  ])("of $type, another $argument replaces it: $replaces", ({ type, argument, replaces }) => {
    const plan = (value: string) => planOf(resource(type, "x", { [argument]: value }));
    const change = comparePlans(plan("a"), plan("b")).resources[1]!;
    expect([change.operation, change.properties[0]!.replaces]).toEqual([replaces ? "replace" : "update", replaces]);
  });

  test("items of a list are told apart by their names, and JSON texts by what they say", () => {
    const plan = (...variables: [string, string][]) =>
      planOf(
        resource(task, "api", {
          containerDefinitions: JSON.stringify([{ name: "api", environment: variables.map(([name, value]) => ({ name, value })) }]),
        }),
      );
    const [, change] = comparePlans(plan(["B", "1"]), plan(["A", "0"], ["B", "2"])).resources;
    expect(change!.properties).toEqual([
      { path: "containerDefinitions.api.environment.B", before: "1", after: "2", replaces: true },
      { path: "containerDefinitions.api.environment.A", before: undefined, after: "0", replaces: true },
    ]);
  });
});
