import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import { Cluster, tracing } from "../src";
import { containersOf, inputsOf, ofType, planOf, reasons, taskDefinition } from "./harness";

const image = new ExternalImage("example.test/api:1", platforms);

describe("tracing", () => {
  test.each([
    ["OTEL", "aws-otel-collector", "OTEL_EXPORTER_OTLP_ENDPOINT"],
    ["XRAY", "xray-daemon", "AWS_XRAY_DAEMON_ADDRESS"],
  ] as const)("%s is a sidecar, its address and the permission to send", async (kind, sidecar, variable) => {
    const { plan } = await planOf((env) => taskDefinition(env, { containers: { api: { image } }, features: [tracing(kind)] }));
    const { api, [sidecar]: collector } = containersOf(plan);
    expect((api!.environment as { name: string }[]).map(({ name }) => name)).toContain(variable);
    expect(collector).toMatchObject({ essential: false, readonlyRootFilesystem: true });
    expect(collector!.environment).toEqual([]);
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-task");
    expect(policy!.inputs.policy).toContain("xray:PutTraceSegments");
  });

  test("is not there unless it is asked for", async () => {
    expect(Object.keys(containersOf((await planOf((env) => taskDefinition(env, { containers: { api: { image } } }))).plan))).toEqual([
      "api",
    ]);
  });
});

describe("ECS Exec", () => {
  const policies = async (withShell: boolean, kmsKeyArn?: string) => {
    const { plan, refused } = await planOf((env) => {
      const cluster = new Cluster("exec", { executeCommandLogs: { kmsKeyArn } });
      const containers = { api: { image, readonlyRootFilesystem: false } };
      taskDefinition(env, { containers, executeCommand: withShell ? cluster : undefined });
    });
    expect(refused).toBeUndefined();
    return inputsOf(plan, "aws:iam/rolePolicy:RolePolicy").map(({ policy }) => String(policy));
  };

  test("is a permission of the task that asks for it, with the cluster's log and its key, and of no other", async () => {
    const [granted] = (await policies(true, "exec-key")).filter((policy) => policy.includes("ssmmessages:OpenDataChannel"));
    expect(granted).toMatch(/LogGroup::exec-exec#arn\}:\*/);
    expect(granted).toContain('{"Effect":"Allow","Action":"kms:Decrypt","Resource":"exec-key"}');
    expect((await policies(false)).some((policy) => policy.includes("ssmmessages"))).toBe(false);
  });

  test("is refused where the root file system can't be written", async () => {
    const { refused } = await planOf((env) => taskDefinition(env, { executeCommand: env.cluster }));
    expect(reasons(refused)).toEqual([expect.stringMatching(/readonlyRootFilesystem: must be false/)]);
  });
});
