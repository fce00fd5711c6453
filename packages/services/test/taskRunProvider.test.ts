import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { provider, type TaskRunProperties } from "../src/job/taskRunProvider";

const taskArn = "arn:aws:ecs:eu-west-1:123456789012:task/dev/0123";
const role = "arn:aws:iam::123456789012:role/deploy";
const credentials =
  "<Credentials><AccessKeyId>KEY-OF-deploy</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken></Credentials>";
const stopped = { taskArn, lastStatus: "STOPPED", stopCode: "EssentialContainerExited", containers: [{ name: "migrate", exitCode: 0 }] };

/** STS and ECS in one: which key called what. */
const calls: string[] = [];
const server: Server = createServer((request, response) => {
  const key = /Credential=([^/]+)\/\d+\/([^/]+)/.exec(request.headers.authorization ?? "");
  const operation = String(request.headers["x-amz-target"] ?? "STS")
    .split(".")
    .at(-1)!;
  calls.push(`${key?.[1]} ${key?.[2]} ${operation}`);
  const answers: Record<string, string> = {
    STS: `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`,
    ListTasks: JSON.stringify({ taskArns: [] }),
    RunTask: JSON.stringify({ tasks: [{ taskArn }] }),
    DescribeTasks: JSON.stringify({ tasks: [stopped] }),
  };
  response.setHeader("content-type", operation === "STS" ? "text/xml" : "application/x-amz-json-1.1").end(answers[operation]);
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("a job acts as the stack's provider does: in the role that `aws:assumeRoles` names", async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const values: Record<string, string> = {
    "aws:accessKey": "KEY-OF-ci",
    "aws:secretKey": "s",
    "aws:assumeRoles": JSON.stringify([{ roleArn: role }]),
    "aws:endpoints": JSON.stringify([{ sts: address, ecs: address }]),
  };
  await provider.configure!({ config: { get: (key: string) => values[key], require: (key: string) => values[key]! } });
  const properties: TaskRunProperties = {
    name: "migrate",
    region: "eu-west-1",
    clusterArn: "cluster",
    taskDefinitionArn: "arn:task:1",
    logGroupName: "group",
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    capacityProviderStrategy: [],
    timeoutMinutes: 1,
  };
  const { id, outs } = await provider.create(properties);
  expect(id).toBe(taskArn);
  expect(calls).toEqual([
    "KEY-OF-ci eu-west-1 STS",
    "KEY-OF-deploy eu-west-1 ListTasks",
    "KEY-OF-deploy eu-west-1 RunTask",
    "KEY-OF-deploy eu-west-1 DescribeTasks",
  ]);
  // The state gets what the program gave, and no credentials.
  expect(outs).toEqual(properties);
});
