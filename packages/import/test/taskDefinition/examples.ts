import type { Outcome } from "../../src";

interface Example {
  value?: unknown;
  /** What has to stand besides. */
  beside?: object;
  /** What becomes of this value, where it isn't what usually becomes of the key. */
  expected?: Outcome;
}

const container = (keys: object, ...others: object[]) => ({ containerDefinitions: [keys, ...others] });
const checked = { name: "other", image: "example.com/other:1", healthCheck: { command: ["CMD", "x"] } };

/** A value of each key of a task definition that a text alone is none of. `mine` stands for names of one's own. */
export const examples: Readonly<Record<string, Example>> = {
  family: { value: "shop" },
  cpu: { value: ".5 vCPU", beside: { memory: "1GB" } },
  memory: { value: "1 GB" },
  "runtimePlatform.cpuArchitecture": { value: "ARM64" },
  "runtimePlatform.operatingSystemFamily": { value: "LINUX" },
  requiresCompatibilities: { value: ["FARGATE"] },
  networkMode: { value: "awsvpc" },
  "containerDefinitions[].workingDirectory": { value: "/srv" },
  "ephemeralStorage.sizeInGiB": { value: 30 },
  "volumes[].host": {
    value: {},
    beside: { volumes: [{ name: "v" }], ...container({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }) },
  },
  "volumes[].host.sourcePath": { value: "/srv" },
  tags: { value: [{ key: "a", value: "b" }] },
  "containerDefinitions[].name": { value: "shop" },
  "containerDefinitions[].image": { value: "example.com/web:1" },
  "containerDefinitions[].essential": { value: true },
  "containerDefinitions[].cpu": { value: 128, expected: "changed" },
  "containerDefinitions[].memory": { value: 128, expected: "changed" },
  "containerDefinitions[].portMappings[].containerPort": { value: 80 },
  "containerDefinitions[].portMappings[].hostPort": { value: 8080, beside: container({ portMappings: [{ containerPort: 80 }] }) },
  "containerDefinitions[].portMappings[].protocol": { value: "tcp", beside: container({ portMappings: [{ containerPort: 80 }] }) },
  "containerDefinitions[].environment[]": { value: { name: "A", value: "b" } },
  "containerDefinitions[].secrets[]": { value: { name: "A", valueFrom: "/a/b" } },
  "containerDefinitions[].command": { value: ["serve", "--all"] },
  "containerDefinitions[].entryPoint": { value: ["/bin/serve"] },
  "containerDefinitions[].readonlyRootFilesystem": { value: true },
  "containerDefinitions[].healthCheck.command": { value: ["CMD-SHELL", "exit 0"] },
  "containerDefinitions[].healthCheck.interval": { value: 20, beside: container({ healthCheck: { command: ["CMD", "x"] } }) },
  "containerDefinitions[].healthCheck.timeout": { value: 3, beside: container({ healthCheck: { command: ["CMD", "x"] } }) },
  "containerDefinitions[].healthCheck.retries": { value: 5, beside: container({ healthCheck: { command: ["CMD", "x"] } }) },
  "containerDefinitions[].healthCheck.startPeriod": { value: 60, beside: container({ healthCheck: { command: ["CMD", "x"] } }) },
  "containerDefinitions[].dependsOn[].containerName": {
    value: "other",
    beside: container({ dependsOn: [{ condition: "START" }] }, checked),
  },
  "containerDefinitions[].dependsOn[].condition": {
    value: "HEALTHY",
    beside: container({ dependsOn: [{ containerName: "other" }] }, checked),
  },
  "containerDefinitions[].stopTimeout": { value: 60 },
  "containerDefinitions[].mountPoints[]": {
    value: { sourceVolume: "v", containerPath: "/v" },
    beside: { volumes: [{ name: "v" }] },
    expected: "changed",
  },
  "containerDefinitions[].ulimits[]": { value: { name: "nofile", softLimit: 1024, hardLimit: 2048 } },
  "containerDefinitions[].linuxParameters.initProcessEnabled": { value: true },
  "containerDefinitions[].linuxParameters.tmpfs[]": { value: { containerPath: "/t", size: 64 } },
  "containerDefinitions[].logConfiguration": { value: { logDriver: "awslogs", options: { "awslogs-group": "/ecs/shop" } } },
  "containerDefinitions[].firelensConfiguration": { value: { type: "fluentbit" } },
};
