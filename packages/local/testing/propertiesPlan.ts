import type { Plan, PlanResource } from "@fairlead/plan";
import { resource, urnOf } from "@fairlead/plan/testing/resources";

import type { LocalSettings } from "../src/settings";
import type { ContainerDefinition } from "../src/task/containerDefinition";
import { agent, engineOpenFiles, helper, image, init, legacy, nightly, shop } from "./propertiesContainers";

const reference = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });

const serviceType = "fairlead:stacks:Service";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const registryType = "aws:servicediscovery/service:Service";
const fileSystemType = "aws:efs/fileSystem:FileSystem";
const everybody = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** A service or a job, with what starts it. */
interface TaskArgs {
  name: string;
  containers: readonly ContainerDefinition[];
  /** Of the task definition, beside its containers. */
  definition?: Record<string, unknown>;
  /** Of our own component. */
  spec?: Record<string, unknown>;
  kind?: "service" | "job" | "scheduledJob";
  /** Names of groups that it lets in. */
  callers?: readonly string[];
  /** Of Cloud Map. */
  isFound?: boolean;
}

const starters = {
  service: "aws:ecs/service:Service",
  job: "pulumi-nodejs:dynamic/fairlead:JobRun",
  scheduledJob: "aws:scheduler/schedule:Schedule",
};

const fargate = { networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: "512", memory: "256" };

function task({ name, containers, definition = fargate, spec = {}, kind = "service", callers = [], isFound = false }: TaskArgs) {
  const parent = urnOf(serviceType, name);
  const ingress = callers.map((caller) => ({
    ...{ protocol: "tcp", fromPort: 3000, toPort: 3000 },
    securityGroups: [reference(groupType, caller, "id")],
  }));
  const isOnNetwork = definition.networkMode === "awsvpc";
  const started = {
    taskDefinition: reference("aws:ecs/taskDefinition:TaskDefinition", name, "arn"),
    ...(isOnNetwork && { networkConfiguration: { securityGroups: [reference(groupType, name, "id")], subnets: ["subnet-1"] } }),
    ...(isFound && { serviceRegistries: [{ registryArn: reference(registryType, name, "arn") }] }),
  };
  return [
    resource(serviceType, name, { spec: { kind, ...spec }, imageTag: "1" }, { custom: false }),
    ...(isOnNetwork ? [resource(groupType, name, { ingress, egress: [everybody] }, { parent })] : []),
    ...(isFound
      ? [resource(registryType, name, { name, dnsConfig: { namespaceId: reference(namespaceType, "dev.internal", "id") } }, { parent })]
      : []),
    resource(
      "aws:ecs/taskDefinition:TaskDefinition",
      name,
      {
        ...{ containerDefinitions: JSON.stringify(containers), ...definition },
        runtimePlatform: { cpuArchitecture: process.arch === "arm64" ? "ARM64" : "X86_64", operatingSystemFamily: "LINUX" },
      },
      { parent },
    ),
    resource(starters[kind], name, started, { parent }),
  ];
}

/** Where the image of the tasks is made, below the root. */
export const imageFolder = "image";

const build = { context: imageFolder, dockerfile: `${imageFolder}/Dockerfile`, args: {}, secrets: {}, ssh: [] };
const waiting: ContainerDefinition = { name: "waiting", image, command: ["wait"], stopTimeout: 2 };

/** An environment whose tasks say everything that a task definition can, of which Docker has the same. */
export function propertiesPlan(): Plan {
  const resources: PlanResource[] = [
    resource(namespaceType, "dev.internal", { name: "dev.internal" }),
    resource(fileSystemType, "uploads", {}),
    ...task({
      name: "shop",
      containers: [shop, init, helper, agent],
      definition: {
        ...{ ...fargate, pidMode: "task" },
        volumes: [
          ...["scratch", "filled", "declared"].map((name) => ({ name })),
          { name: "uploads", efsVolumeConfiguration: { fileSystemId: reference(fileSystemType, "uploads", "id"), rootDirectory: "/" } },
        ],
      },
      spec: { build },
      callers: ["web"],
      isFound: true,
    }),
    ...task({ name: "web", containers: [{ ...waiting, name: "web", linuxParameters: { initProcessEnabled: true } }] }),
    ...task({ name: "stranger", containers: [{ ...waiting, name: "stranger" }] }),
    ...task({
      name: "migration",
      containers: [{ name: "migration", image, command: ["end"] }],
      spec: { before: ["shop"] },
      kind: "job",
    }),
    ...task({
      name: "legacy",
      containers: legacy,
      definition: { networkMode: "bridge", requiresCompatibilities: ["EC2"], volumes: [{ name: "kept" }] },
    }),
    ...task({ name: "nightly", containers: [nightly], definition: { networkMode: "bridge" }, kind: "scheduledJob" }),
  ];
  return { version: 1, project: "shop", stack: "dev", resources, outputs: {} };
}

/** How that environment is made. */
export const propertiesSettings = (root: string, folder: string): LocalSettings => ({
  project: "properties",
  root,
  folder,
  ports: {},
  addresses: "198.18.16.0/22",
  images: {
    pause: "public.ecr.aws/eks-distro/kubernetes/pause:3.10",
    loadBalancer: "public.ecr.aws/docker/library/haproxy:3.2",
    data: (engine, majorVersion) => `public.ecr.aws/docker/library/${engine}:${majorVersion}`,
    awsEmulator: "floci/floci:latest",
    awsCli: "public.ecr.aws/aws-cli/aws-cli:2",
  },
  platform: "task",
  cpus: 2,
  openFiles: engineOpenFiles,
  imageVolumes: () => ["/declared"],
  buildSources: () => ["program.js"],
});
