import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateServiceRequest$, RegisterTaskDefinitionRequest$, RunTaskRequest$ } from "@aws-sdk/client-ecs";
import { CreateScheduleInput$, UpdateScheduleInput$ } from "@aws-sdk/client-scheduler";

import { exportTaskDefinitions, fromState } from "../src";
import { OpenValues } from "../src/deployed/openValues";
import { createService, ofPulumiAlone as ofServices } from "../src/taskDefinition/createService";
import { ofPulumiAlone, registerTaskDefinition } from "../src/taskDefinition/registerTaskDefinition";
import { createSchedule, runTask } from "../src/taskDefinition/runJob";
import { againstModel } from "../testing/apiModel";
import { everyArgument } from "../testing/everyArgument";
import { plantedSecret, shopResources, stateText, stored } from "../testing/shopState";

const deployed = (resources = shopResources) => fromState(stateText(resources), "state.json");
const read = (text?: string): unknown => JSON.parse(text!);
const resource = (inputs: Record<string, unknown>) => ({ urn: "u", type: "t", name: "all", isManaged: true, inputs, outputs: {} });
const values = new OpenValues({ stack: "live", from: "plan", resources: [] });

test("a service that is deployed is a task definition and a service, with the values that AWS has", () => {
  const { files, open } = exportTaskDefinitions(deployed());
  expect([...files.keys()]).toEqual(["cart/task-definition.json", "cart/service.json", "README.md"]);
  expect(open).toEqual([]);
  expect(read(files.get("cart/task-definition.json"))).toEqual({
    family: "live-cart",
    containerDefinitions: JSON.parse(shopResources[4]!.inputs.containerDefinitions as string) as unknown,
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    tags: [{ key: "owner", value: "shop" }],
  });
  expect(read(files.get("cart/service.json"))).toEqual({
    serviceName: "cart",
    cluster: "live",
    taskDefinition: "live-cart",
    desiredCount: 2,
  });
  expect(files.get("README.md")).toContain("aws ecs register-task-definition --cli-input-json file://cart/task-definition.json");
});

const everything = [
  ["RegisterTaskDefinition", () => registerTaskDefinition(resource(everyArgument.taskDefinition), values), RegisterTaskDefinitionRequest$],
  ["CreateService", () => createService(resource(everyArgument.service), "live-cart", values), CreateServiceRequest$],
  ["RunTask", () => runTask(resource(everyArgument.run), "live-cart", values), RunTaskRequest$],
  ["CreateSchedule", () => createSchedule(resource(everyArgument.schedule), values), CreateScheduleInput$],
  ["UpdateSchedule", () => createSchedule(resource(everyArgument.schedule), values), UpdateScheduleInput$],
] as const;

test.each(everything)("with every argument that Pulumi has, it is what the API's own model says: %s", (_, made, model) => {
  expect(againstModel(made(), model)).toEqual([]);
});

test("tags of a schedule's tasks are those of RunTask, as the provider writes them", () => {
  const { Target } = createSchedule(resource(everyArgument.schedule), values) as { Target: { EcsParameters: { Tags: unknown } } };
  expect(Target.EcsParameters.Tags).toEqual([{ key: "owner", value: "shop" }]);
});

test("a schedule starts its revision until it is updated, and how is said", () => {
  const { arn } = shopResources[4]!.outputs;
  const schedule = stored("aws:scheduler/schedule:Schedule", "cart", {
    inputs: { name: "live-cart", target: { ecsParameters: { taskDefinitionArn: arn } } },
  });
  const { files } = exportTaskDefinitions(deployed([...shopResources, schedule]));
  expect(read(files.get("cart/schedule.json"))).toMatchObject({ Target: { EcsParameters: { TaskDefinitionArn: arn } } });
  expect(files.get("README.md")).toContain("\naws scheduler update-schedule --cli-input-json file://cart/schedule.json\n");
  expect(exportTaskDefinitions(deployed()).files.get("README.md")).not.toContain("update-schedule");
});

test("a scheduled job that a state machine runs has it in a file of its own", () => {
  const { arn } = shopResources[4]!.outputs;
  const machine = stored("aws:sfn/stateMachine:StateMachine", "cart", {
    inputs: { definition: "{}", roleArn: "arn:role" },
    outputs: { arn: "arn:machine", name: "cart-1a2b" },
  });
  const input = JSON.stringify({ TaskDefinition: arn });
  const schedule = stored("aws:scheduler/schedule:Schedule", "cart", {
    inputs: { name: "live-cart", target: { arn: "arn:machine", input } },
  });
  const { files } = exportTaskDefinitions(deployed([...shopResources, machine, schedule]));
  expect(read(files.get("cart/state-machine.json"))).toEqual({
    name: "cart-1a2b",
    definition: "{}",
    roleArn: "arn:role",
    type: "STANDARD",
  });
  expect(read(files.get("cart/schedule.json"))).toMatchObject({ Target: { Arn: "arn:machine", Input: input } });
  expect(files.get("README.md")).toContain("aws stepfunctions create-state-machine --cli-input-json file://cart/state-machine.json");
});

test("keys that whoever wrote them chose stay as they are", () => {
  const text = JSON.stringify(registerTaskDefinition(resource(everyArgument.taskDefinition), values));
  expect(text).toContain('"options":{"awslogs-group":"g","sizeInGib":"stays"}');
  expect(text).toContain('"dockerLabels":{"hostPath":"stays"}');
  expect(text).toContain('"driverOpts":{"hostPath":"x"}');
});

test("the model refuses what the API would", () => {
  expect(againstModel({ family: 1, cpus: "2", containerDefinitions: [{ image: true }] }, RegisterTaskDefinitionRequest$)).toEqual([
    ".family: number, not string",
    ".cpus: unknown",
    ".containerDefinitions[0].image: boolean, not string",
  ]);
});

/** Arguments that a resource of Pulumi's SDK takes. */
function argumentsOf(file: string, name: string): string[] {
  const text = readFileSync(join(__dirname, "../../../node_modules/@pulumi/aws", file), "utf8");
  const body = text.slice(text.indexOf(`export interface ${name} {`)).split("\n}")[0]!;
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, key]) => key!).sort();
}

test.each([
  ["ecs/taskDefinition.d.ts", "TaskDefinitionArgs", everyArgument.taskDefinition, ofPulumiAlone],
  ["ecs/service.d.ts", "ServiceArgs", everyArgument.service, ofServices],
  ["scheduler/schedule.d.ts", "ScheduleArgs", everyArgument.schedule, ["namePrefix", "region"]],
])("no argument is left out of that: %s", (file, name, all, others) => {
  expect([...Object.keys(all), ...others].sort()).toEqual(argumentsOf(file, name));
});

test("what only AWS knows is open, is listed once, and is nothing that AWS takes", () => {
  const role = "urn:pulumi:live::shop::aws:iam/role:Role::cart-task";
  const bucket = `\${urn:pulumi:live::shop::fairlead:data:Bucket$aws:s3/bucket:Bucket::files#id}`;
  const open = new OpenValues({ stack: "live", from: "plan", resources: [] });
  const containerDefinitions = JSON.stringify([{ name: "cart", environment: [{ name: "FILES", value: `s3://${bucket}/a` }] }]);
  expect(registerTaskDefinition(resource({ family: "f", containerDefinitions, taskRoleArn: { $output: `${role}#arn` } }), open)).toEqual({
    family: "f",
    containerDefinitions: [{ name: "cart", environment: [{ name: "FILES", value: "s3://<id of aws:s3/bucket:Bucket files>/a" }] }],
    taskRoleArn: "<arn of aws:iam/role:Role cart-task>",
  });
  expect(open.all.map(({ text }) => text)).toEqual(["<id of aws:s3/bucket:Bucket files>", "<arn of aws:iam/role:Role cart-task>"]);
});

test("secrets of a state are in no file", () => {
  const secret = shopResources.at(-1)!.inputs.masterPassword;
  const service = { ...shopResources[6]!, inputs: { ...shopResources[6]!.inputs, tags: { token: secret } } };
  const { files, open } = exportTaskDefinitions(deployed([...shopResources.slice(0, 6), service]));
  expect([...files.values()].join("")).not.toContain(plantedSecret);
  expect(open).toEqual([{ text: "<secret: token of tags of cart>", why: "secret" }]);
});

test("containers that are a secret as a whole can't be in a file: FL3003", () => {
  const definition = stored("aws:ecs/taskDefinition:TaskDefinition", "cart", {
    inputs: { family: "f", containerDefinitions: shopResources.at(-1)!.inputs.masterPassword },
  });
  expect(() => exportTaskDefinitions(deployed([definition]))).toThrow(/^FL3003 the containers of cart are a secret[^]*fix: /);
});

test.each(["", "[]", "{}", '{"deployment":{"resources":{}}}', '{"deployment":{"resources":[{"type":"a"}]}}', "a: b"])(
  "what is no state is told: FL3001 (%s)",
  (text) => {
    expect(() => fromState(text, "state.json")).toThrow(/^FL3001 state\.json is no state of a stack\.[^]*expected: [^]*fix: /);
  },
);

test.each(['{"deployment":{}}', '{"deployment":{"resources":[]}}', '{"deployment":{"resources":null}}'])(
  "a state without resources is told: FL3002 (%s)",
  (text) => {
    expect(() => fromState(text, "state.json")).toThrow(/^FL3002 /);
  },
);
