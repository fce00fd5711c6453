import { findingsOf, importedService } from "./application";

const web = "Load Balanced Web Service";
const sidecars = `
sidecars:
  writer: { image: "alpine:3", essential: false, mount_points: [{ source_volume: pages, path: /out, read_only: false }] }
  agent: { image: "agent:1", port: 9000 }
`;
const patched = (patches: string, rest = sidecars, type = web) =>
  importedService(type, rest, { "copilot/api/overrides/cfn.patches.yml": patches });
const add = (path: string, value: string) => `- { op: add, path: ${path}, value: ${value} }\n`;
const container = "/Resources/TaskDefinition/Properties/ContainerDefinitions";

test("a folder that a sidecar has as well is a volume of both", () => {
  const { base, result } = importedService(web, `storage: { volumes: { pages: { path: /in } } }\n${sidecars}`);
  expect(base).not.toHaveProperty("writableMounts");
  expect(base.mountPoints).toEqual([{ sourceVolume: "pages", containerPath: "/in", readOnly: true }]);
  expect(base.sidecars).toMatchObject({ writer: { mountPoints: [{ sourceVolume: "pages", containerPath: "/out" }], user: "image" } });
  expect(findingsOf(result, "sidecars.writer.mount_points[0].path")).toMatchObject([{ outcome: "exact" }]);
  expect(result.problems).toEqual([]);
});

test("a file system that a sidecar has as well is that of the service", () => {
  const rest = `storage: { volumes: { pages: { path: /in, read_only: false, efs: true } } }\nsidecars: { writer: { image: "alpine:3", mount_points: [{ source_volume: pages, path: /out }] } }`;
  const { base } = importedService(web, rest);
  expect(base.uses).toEqual([{ name: "api-pages", containerPath: "/in" }]);
  expect(base.sidecars).toMatchObject({ writer: { mountPoints: [{ sourceVolume: "api-pages", containerPath: "/out", readOnly: true }] } });
});

test("one of a file system that somebody has to bind first is to be decided", () => {
  const rest = `storage: { volumes: { pages: { path: /in, efs: { id: fs-1 } } } }\n${sidecars}`;
  const { base, result } = importedService(web, rest);
  expect(base.sidecars).not.toHaveProperty("writer.mountPoints");
  expect(findingsOf(result, "sidecars.writer.mount_points[0].source_volume")).toMatchObject([{ outcome: "decide" }]);
});

test("patches of volumes mount them", () => {
  const { base, result } = patched(
    add(`${container}/0/MountPoints`, "[{ ContainerPath: /in, SourceVolume: pages }]") +
      add("/Resources/TaskDefinition/Properties/Volumes", "[{ Name: pages }]"),
  );
  expect(base.mountPoints).toEqual([{ sourceVolume: "pages", containerPath: "/in" }]);
  expect(findingsOf(result, "add /Resources/TaskDefinition/Properties/Volumes")).toMatchObject([{ outcome: "exact", to: "mountPoints" }]);
});

test("a volume of another kind is to be decided", () => {
  const { result } = patched(add("/Resources/TaskDefinition/Properties/Volumes", "[{ Name: pages, Host: { SourcePath: /x } }]"));
  expect(findingsOf(result, "add /Resources/TaskDefinition/Properties/Volumes")).toMatchObject([{ outcome: "decide" }]);
});

test("sidecars are patched in the order of their names, after the service's own container", () => {
  const { base, result } = importedService(
    web,
    `${sidecars}
taskdef_overrides:
  - { path: "ContainerDefinitions[1].essential", value: false }
  - { path: "ContainerDefinitions[1].HealthCheck.Command", value: ["CMD", "ping"] }
  - { path: "ContainerDefinitions[1].HealthCheck.Interval", value: 5 }
  - { path: "ContainerDefinitions[2].Memory", value: 64 }
  - { path: "ContainerDefinitions[0].DependsOn[-]", value: { ContainerName: agent, Condition: healthy } }
  - { path: "ContainerDefinitions[0].DependsOn[-]", value: { ContainerName: writer, Condition: SUCCESS } }
  - { path: "ContainerDefinitions[0].essential", value: false }
  - { path: "ContainerDefinitions[3].Memory", value: 64 }
  - { path: "ContainerDefinitions[0].MountPoints[-]", value: { ContainerPath: relative, SourceVolume: x } }
`,
  );
  expect(base.sidecars).toMatchObject({
    agent: {
      essential: false,
      containerHealthCheck: { command: ["CMD", "ping"], intervalSeconds: 5, timeoutSeconds: 4, retries: 3, startPeriodSeconds: 0 },
    },
    writer: { memoryMiB: 64 },
  });
  expect(base.dependsOn).toEqual({ agent: "HEALTHY", writer: "SUCCESS" });
  expect(findingsOf(result, "taskdef_overrides[1]")).toMatchObject([
    { outcome: "exact", to: "sidecars.agent.containerHealthCheck.command" },
  ]);
  for (const index of [6, 7, 8]) expect(findingsOf(result, `taskdef_overrides[${index}]`)).toMatchObject([{ outcome: "decide" }]);
});

test("a check without a command is none", () => {
  const { base } = importedService(web, 'taskdef_overrides: [{ path: "ContainerDefinitions[0].HealthCheck.Retries", value: 5 }]');
  expect(base).not.toHaveProperty("containerHealthCheck");
});

test("what reads secrets before a task starts is permitted by naming them; what else the role may is to be decided", () => {
  const path = "/Resources/ExecutionRole/Properties/Policies/0/PolicyDocument/Statement/4";
  const reading = patched(add(path, "{ Effect: Allow, Action: [ssm:GetParameters], Resource: '*' }"));
  expect(findingsOf(reading.result, `add ${path}`)).toMatchObject([{ outcome: "changed", to: "secrets" }]);
  for (const action of ["[ssm:GetParameters, s3:GetObject]", "ssm:*"]) {
    const { result } = patched(add(path, `{ Effect: Allow, Action: ${action}, Resource: '*' }`));
    expect(findingsOf(result, `add ${path}`)).toMatchObject([{ outcome: "decide" }]);
  }
});

test("how many messages wait for each task may be patched, and may be less than one", () => {
  const path = "/Resources/AutoScalingPolicyEventsQueue/Properties/TargetTrackingScalingPolicyConfiguration/TargetValue";
  const count = "count: { range: 0-3, queue_delay: { acceptable_latency: 5m, msg_processing_time: 5m } }";
  const { base, result } = patched(add(path, "0.5"), count, "Worker Service");
  expect(base.scaling).toMatchObject({ messagesPerTask: 0.5 });
  expect(findingsOf(result, `add ${path}`)).toMatchObject([{ outcome: "exact", to: "scaling.messagesPerTask" }]);
  const unscaled = patched(add(path, "0.5"), "count: 1", "Worker Service");
  expect(findingsOf(unscaled.result, `add ${path}`)).toMatchObject([{ outcome: "decide" }]);
});
