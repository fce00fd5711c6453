import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import { logGroupToMake, logRouting } from "../src";
import { containersOf, ofType, planOf, reasons, taskDefinition } from "./harness";

const region = "us-east-1";
const routed = async (options: Record<string, string>, logGroupArn?: string) =>
  (await planOf((env) => taskDefinition(env, { features: [logRouting({ options, region, logGroupArn })] }))).plan;

test("FireLens routes the container's log, and the router's own goes to the log group", async () => {
  const options = { Name: "http", Host: "logs.example.com" };
  const { api, "log-router": router } = containersOf(await routed(options));
  expect(api!.logConfiguration).toEqual({ logDriver: "awsfirelens", options });
  expect(router).toMatchObject({ firelensConfiguration: { type: "fluentbit" }, logConfiguration: { logDriver: "awslogs" } });
  expect(() => logRouting({ options: {}, region })).toThrow("logRouting");
});

test("a log router is root: ECS takes no other, for nobody else could open its socket", async () => {
  expect(containersOf(await routed({ Name: "http" }))["log-router"]!.user).toBe("0");
  const firelensConfiguration = { type: "fluentd" } as const;
  const router = { image: new ExternalImage("example.test/router:1", platforms), firelensConfiguration, user: "1000" };
  const { refused } = await planOf((env) => taskDefinition(env, { features: [{ sidecars: { router } }] }));
  expect(reasons(refused)).toEqual([expect.stringMatching(/^containers.router.user: "1000": ECS takes a log router as root alone/)]);
});

test.each([
  ["where it says", { Name: "s3", bucket: "logs", Store_Dir: "/buffer" }, "/buffer"],
  ["where its default is", { Name: "S3", bucket: "logs" }, "/tmp/fluent-bit/s3"],
])("the output of S3 can write its buffers, %s: its root file system is read-only", async (_, options, containerPath) => {
  const plan = await routed(options);
  const { readonlyRootFilesystem, mountPoints } = containersOf(plan)["log-router"]!;
  expect(readonlyRootFilesystem).toBe(true);
  const [mount, ...others] = mountPoints as { sourceVolume: string }[];
  expect(mount).toEqual({ sourceVolume: expect.any(String), containerPath, readOnly: false });
  expect(others).toEqual([]);
  expect(ofType(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.inputs.volumes).toEqual([{ name: mount!.sourceVolume }]);
});

test("other outputs get no folder to write to, and one of S3 has no place that depends on where the router starts", async () => {
  expect(containersOf(await routed({ Name: "cloudwatch_logs", store_dir: "/buffer" }))["log-router"]!.mountPoints ?? []).toEqual([]);
  const { refused } = await planOf(() => logRouting({ options: { Name: "s3", store_dir: "buffer" }, region }));
  expect(reasons(refused)).toEqual(['options.store_dir: "buffer": an absolute path, where a volume is mounted']);
});

describe("the task may send its logs where they go, and nowhere else", () => {
  const account = "123456789012";
  test.each([
    [
      "cloudwatch_logs",
      { log_group_name: "/shop/api" },
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      `arn:aws:logs:${region}:${account}:log-group:/shop/api:*`,
    ],
    [
      "cloudwatch",
      { log_group_name: "/shop/$(ecs_cluster)", auto_create_group: "true", region: "eu-west-1" },
      ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      `arn:aws:logs:eu-west-1:${account}:log-group:/shop/*:*`,
    ],
    [
      "kinesis_firehose",
      { delivery_stream: "logs" },
      "firehose:PutRecordBatch",
      `arn:aws:firehose:${region}:${account}:deliverystream/logs`,
    ],
    ["kinesis_streams", { stream: "logs" }, "kinesis:PutRecords", `arn:aws:kinesis:${region}:${account}:stream/logs`],
    ["s3", { bucket: "logs" }, "s3:PutObject", "arn:aws:s3:::logs/*"],
    ["s3", { bucket: "theirs", role_arn: "arn:aws:iam::210987654321:role/logs" }, "sts:AssumeRole", "arn:aws:iam::210987654321:role/logs"],
  ])("%s with %j", async (Name, options, Action, Resource) => {
    const [policy] = ofType(await routed({ Name, ...options }), "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-task");
    expect(JSON.parse(policy!.inputs.policy as string).Statement).toEqual([{ Effect: "Allow", Action, Resource }]);
  });

  test("a log group that was made for it is the one, and others need no permission", async () => {
    const ofTask = async (...args: Parameters<typeof routed>) =>
      ofType(await routed(...args), "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-task");
    const [policy] = await ofTask({ Name: "cloudwatch_logs", log_group_name: "/shop/api" }, "arn:made");
    expect(policy!.inputs.policy).toContain('"Resource":"arn:made:*"');
    expect(await ofTask({ Name: "http", Host: "logs.example.com" })).toEqual([]);
  });

  test.each([
    [{ Name: "cloudwatch_logs", log_group_name: "/shop/api" }, "/shop/api"],
    [{ name: "cloudwatch", LOG_GROUP_NAME: "/shop/api" }, "/shop/api"],
    [{ Name: "cloudwatch_logs", log_group_name: "/shop/api", auto_create_group: "false" }, undefined],
    [{ Name: "cloudwatch_logs", log_group_name: "/shop/api", region: "eu-west-1" }, undefined],
    [{ Name: "cloudwatch", log_group_name: "/shop/$(ecs_cluster)" }, undefined],
    [{ Name: "s3", bucket: "logs" }, undefined],
  ])("for %j the log group to make is %s", (options, name) => {
    expect(logGroupToMake(options as Record<string, string>, region)).toBe(name);
  });
});
