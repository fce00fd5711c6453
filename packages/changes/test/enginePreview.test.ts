import { areasOf, comparePlans, connectionsOfSides, readEnginePreview } from "../src";
import { serviceChanges } from "../src/serviceChanges/serviceChanges";
import { urnOf } from "../testing/plans";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const task = urnOf("aws:ecs/taskDefinition:TaskDefinition", "api");
const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const state = (urn: string, inputs: object, others: object = {}) => ({
  urn,
  type: urn.split("::")[2],
  custom: true,
  parent: stack,
  inputs,
  ...others,
});

/** As `pulumi preview --json --show-sames` of 3.250 prints them; recorded from the sandbox and cut. */
const digest = {
  steps: [
    {
      op: "same",
      urn: stack,
      oldState: state(stack, {}, { custom: false, parent: undefined }),
      newState: state(stack, {}, { custom: false, parent: undefined }),
    },
    {
      op: "replace",
      urn: task,
      oldState: state(task, {
        memory: "512",
        containerDefinitions: "[]",
        __defaults: [],
        secret: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:planted" },
      }),
      newState: state(
        task,
        {
          memory: "1024",
          containerDefinitions: unknown,
          __defaults: [],
          secret: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:other" },
        },
        { propertyDependencies: { containerDefinitions: [urnOf("docker-build:index:Index", "api")], memory: null } },
      ),
      diffReasons: ["containerDefinitions", "memory"],
      replaceReasons: ["containerDefinitions", "memory"],
      detailedDiff: null,
    },
    { op: "delete", urn: urnOf("aws:sqs/queue:Queue", "old"), oldState: state(urnOf("aws:sqs/queue:Queue", "old"), {}, { protect: true }) },
    { op: "read", urn: urnOf("aws:ec2/vpc:Vpc", "adopted"), newState: state(urnOf("aws:ec2/vpc:Vpc", "adopted"), {}) },
  ],
};

test("dependencies that the engine names in another order are the same", () => {
  const [group, rule] = [
    urnOf("aws:ec2/securityGroup:SecurityGroup", "web"),
    urnOf("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "web"),
  ];
  const out = urnOf("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "web-out");
  const ordered = (...securityGroupId: string[]) =>
    state(rule, { securityGroupId: "sg-1", cidrIpv4: "10.0.0.0/8", ipProtocol: "-1" }, { propertyDependencies: { securityGroupId } });
  const steps = [
    { op: "same", urn: group, oldState: state(group, {}), newState: state(group, {}) },
    { op: "same", urn: rule, oldState: ordered(group, out), newState: ordered(out, group) },
  ];
  const { resources } = readEnginePreview(JSON.stringify({ steps }), "preview.json");
  expect(resources.at(-1)!.before!.propertyDependencies).toEqual(resources.at(-1)!.after!.propertyDependencies);
  const { before, after } = connectionsOfSides(resources);
  expect([before, after]).toMatchObject([[{ group }], [{ group }]]);
});

test("what is imported was there", () => {
  const queue = urnOf("aws:sqs/queue:Queue", "orders");
  const steps = [digest.steps[0], { op: "import", urn: queue, newState: { ...state(queue, {}), id: "https://sqs/orders" } }];
  const { resources } = readEnginePreview(JSON.stringify({ steps }), "preview.json");
  expect(resources[1]).toMatchObject({ operation: "create", after: { options: { import: "https://sqs/orders" } } });
});

test("what a replacement left that broke off, and goes now, is no resource that stays", () => {
  const database = urnOf("aws:rds/cluster:Cluster", "accounts");
  const [kept, left] = [state(database, { engineVersion: "17" }), state(database, { engineVersion: "16" })];
  const steps = [
    digest.steps[0],
    { op: "same", urn: database, oldState: kept, newState: kept },
    { op: "delete-replaced", urn: database, oldState: left },
  ];
  const [, change] = readEnginePreview(JSON.stringify({ steps }), "prod.json").resources;
  expect(change).toMatchObject({
    operation: "replace",
    before: { inputs: { engineVersion: "16" } },
    after: { inputs: { engineVersion: "17" } },
  });
});

test("the engine's preview is read into the same changes", () => {
  const { stack: name, resources, source, after } = readEnginePreview(JSON.stringify(digest), "prod.json");
  expect([name, source]).toEqual(["dev", "engine"]);
  expect(resources.map(({ operation, name: own }) => `${operation} ${own}`)).toEqual(["same shop-dev", "replace api", "delete old"]);
  expect(resources[1]!.properties).toEqual([
    { path: "memory", before: "512", after: "1024", replaces: true },
    { path: "containerDefinitions", before: "[]", after: { $output: `${urnOf("docker-build:index:Index", "api")}#…` }, replaces: true },
  ]);
  expect(after.resources.map(({ name: own }) => own)).toEqual(["shop-dev", "api"]);
  expect(JSON.stringify(resources)).not.toMatch(/planted|4dabf18/);
});

test("what a replacement trigger replaces is told with what differs in it, as the engine gives no reason", () => {
  const urn = urnOf("aws:rds/clusterParameterGroup:ClusterParameterGroup", "db");
  const group = (replacementTrigger: object) => state(urn, { family: "aurora-postgresql16" }, { replacementTrigger });
  const step = {
    op: "replace",
    urn,
    oldState: group({ databaseName: "one", dbSubnetGroupName: "db-1a2b3c4" }),
    newState: group({ databaseName: "two", dbSubnetGroupName: unknown }),
    detailedDiff: null,
  };
  const { resources } = readEnginePreview(JSON.stringify({ steps: [digest.steps[0], step] }), "prod.json");
  expect(resources[1]!.properties).toEqual([
    { path: "replacementTrigger.databaseName", before: "one", after: "two", replaces: true },
    { path: "replacementTrigger.dbSubnetGroupName", before: "db-1a2b3c4", after: { $output: `${urn}#…` }, replaces: true },
  ]);
});

test("what the provider alone finds different is told, without a value", () => {
  const image = urnOf("docker-build:index:Image", "api");
  const step = {
    op: "update",
    urn: image,
    oldState: state(image, { tags: ["a"] }),
    newState: state(image, { tags: ["a"] }),
    detailedDiff: { contextHash: { kind: "update" } },
  };
  const { resources } = readEnginePreview(JSON.stringify({ steps: [step] }), "prod.json");
  expect(resources[0]!.properties).toEqual([{ path: "contextHash", knownAfterApply: true, replaces: false }]);
});

test("an update of a component is none: what its inputs change happens to its children", () => {
  const service = urnOf("fairlead:stacks:Service", "api");
  const component = (memoryMiB: number) => state(service, { spec: { memoryMiB } }, { custom: false });
  const steps = [{ op: "update", urn: service, oldState: component(512), newState: component(1024), diffReasons: ["spec"] }];
  const changes = readEnginePreview(JSON.stringify({ steps }), "prod.json");
  expect(changes.resources).toMatchObject([{ operation: "same", properties: [] }]);
  const plans = comparePlans(changes.before, changes.after);
  expect(plans.resources).toEqual(changes.resources);
  expect(changes.after.resources[0]!.inputs).toEqual({ spec: { memoryMiB: 1024 } });
});

test("a service is told by its spec, whatever of its containers is known only after apply", () => {
  const service = urnOf("fairlead:stacks:Service", "api");
  const component = (memoryMiB: number) => state(service, { spec: { name: "api", memoryMiB, environment: { A: "1" } } }, { custom: false });
  const definitions = JSON.stringify([{ name: "api", image: "x", environment: [{ name: "A", value: "1" }] }]);
  const steps = [
    { op: "update", urn: service, oldState: component(512), newState: component(1024) },
    {
      op: "replace",
      urn: task,
      oldState: state(task, { memory: "512", containerDefinitions: definitions }, { parent: service }),
      newState: state(task, { memory: "1024", containerDefinitions: unknown }, { parent: service }),
      replaceReasons: ["memory", "containerDefinitions"],
    },
  ];
  const [change] = serviceChanges(readEnginePreview(JSON.stringify({ steps }), "prod.json"));
  expect(change?.lines).toEqual(["memory 512 → 1024 MiB"]);
});

test("a service that goes is told as one, although its parts go before it", () => {
  const service = urnOf("fairlead:stacks:Service", "web");
  const part = urnOf("aws:ecs/service:Service", "web");
  const steps = [
    {
      op: "same",
      urn: stack,
      oldState: state(stack, {}, { custom: false, parent: undefined }),
      newState: state(stack, {}, { custom: false, parent: undefined }),
    },
    { op: "delete", urn: part, oldState: state(part, { desiredCount: 2 }, { parent: service }) },
    { op: "delete", urn: service, oldState: state(service, { spec: { name: "web", desiredCount: 2 } }, { custom: false }) },
  ];
  const changes = readEnginePreview(JSON.stringify({ steps }), "prod.json");
  expect(serviceChanges(changes)).toMatchObject([
    { service: "web", operation: "delete", lines: ["desired count 2", "deployment rolling"] },
  ]);
  expect(areasOf(changes).map(({ kind, name, changes: own }) => [kind, name, own.length])).toEqual([["Service", "web", 1]]);
});

test.each([
  { text: "no JSON", problem: /not JSON/ },
  { text: "{}", problem: /no "steps"/ },
  { text: '{"steps":[]}', problem: /no steps/ },
  { text: JSON.stringify({ steps: [{ op: "same" }] }), problem: /a step of it has no resource/ },
  { text: JSON.stringify({ steps: [{ op: "same", urn: task }] }), problem: /a step of it has no resource/ },
  { text: JSON.stringify({ steps: [null] }), problem: /a step of it has no resource/ },
  {
    text: JSON.stringify({ steps: [{ op: "same", urn: "task", newState: { urn: "task", type: "x" } }] }),
    problem: /a step of it has no resource/,
  },
  { text: JSON.stringify({ steps: [{ op: "same", urn: task, newState: { urn: task } }] }), problem: /a step of it has no resource/ },
  { text: JSON.stringify({ steps: [{ urn: task, newState: { urn: task, type: "x" } }] }), problem: /a step of it has no resource/ },
  { text: JSON.stringify({ steps: [], diagnostics: [{ severity: "error" }] }), problem: /the preview failed:\nit does not say why/ },
  { text: JSON.stringify({ steps: [], diagnostics: [null, { severity: "error", message: 7 }] }), problem: /the preview failed:\n7/ },
  { text: JSON.stringify({ steps: [], diagnostics: 5 }), problem: /it has no steps/ },
  { text: JSON.stringify({ diagnostics: [{ severity: "error", message: "boom\n" }] }), problem: /the preview failed:\nboom/ },
  {
    text: JSON.stringify({ steps: [], diagnostics: [{ severity: "error", message: "it is protected" }] }),
    problem: /the preview failed:\nit is protected[^]*allowed-changes\.yaml/,
  },
])("$text is refused with the reason", ({ text, problem }) => {
  expect(() => readEnginePreview(text, "prod.json")).toThrow("prod.json: FL2406 this is no preview of the engine: ");
  expect(() => readEnginePreview(text, "prod.json")).toThrow(problem);
});
