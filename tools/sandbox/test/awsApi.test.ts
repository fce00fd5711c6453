import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsApi } from "../src/aws/awsApi";

let folder: string;
let endpoint: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-tasks-"));
  const cluster = { type: "aws:ecs/cluster:Cluster", id: "arn:cluster/dev", inputs: {}, outputs: {} };
  writeFileSync(join(folder, "resources.json"), JSON.stringify([cluster]));
  endpoint = (await new AwsApi(join(folder, "resources.json"), "123456789012").listen()).AWS_ENDPOINT_URL_ECS!;
});
afterEach(() => rmSync(folder, { recursive: true }));

const call = async (action: string, body: object) => {
  const headers = { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${action}` };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as { __type?: string }) };
};

test.each([
  ["a cluster that isn't there", { cluster: "arn:cluster/none", taskDefinition: "x" }, "ClusterNotFoundException"],
  ["a task definition that isn't there", { cluster: "arn:cluster/dev", taskDefinition: "x" }, "ClientException"],
])("refuses %s", async (_, body, type) => {
  expect(await call("RunTask", body)).toMatchObject({ status: 400, __type: type });
});

test("refuses what it does not know", async () => {
  expect(await call("CreateCluster", {})).toMatchObject({ status: 400, __type: "UnknownOperationException" });
});
