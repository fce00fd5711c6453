import type { ContainerDefinition } from "@aws-sdk/client-ecs";

import { imageIndex, plainImage } from "../../../testing/scenes/images";
import type { ServiceScene } from "../../../testing/scenes/serviceScene";
import type { ContainerSketch, Sketch } from "../sketch";
import { digest, image, registry } from "../words";

const own = (name: string) => (name === "app" ? "orders" : name);
const containersOf = ({ containers = [{ name: "app", port: 8080 }] }: Sketch): ContainerSketch[] => containers;

/** Makes the newest task definition what the sketch says of it. */
export function describeTask(scene: ServiceScene, sketch: Sketch): void {
  const { taskDefinition } = scene;
  taskDefinition.cpu = String(sketch.cpu ?? 256);
  taskDefinition.memory = String(sketch.memory ?? 512);
  taskDefinition.runtimePlatform = { operatingSystemFamily: "LINUX", cpuArchitecture: sketch.platform ?? "X86_64" };
  const pattern = taskDefinition.containerDefinitions![0]!;
  taskDefinition.containerDefinitions = containersOf(sketch).map((each) => containerOf(scene, pattern, each));
  const port = containersOf(sketch).find(({ name }) => name === "app")?.port ?? 8080;
  const [target] = scene.service?.loadBalancers ?? [];
  if (target) target.containerPort = port;
}

function containerOf(scene: ServiceScene, pattern: ContainerDefinition, sketch: ContainerSketch): ContainerDefinition {
  const name = own(sketch.name);
  const { healthCheck: check } = sketch;
  return {
    ...structuredClone(pattern),
    ...{ name, image: sketch.image ?? image, essential: sketch.essential ?? true, memory: sketch.memory, user: sketch.user ?? "1000:1000" },
    ...{ readonlyRootFilesystem: sketch.readOnlyRoot ?? false, entryPoint: sketch.entryPoint, command: sketch.command },
    portMappings: sketch.port && scene.targetGroup ? [{ containerPort: sketch.port, hostPort: sketch.port, protocol: "tcp", name }] : [],
    environment: Object.entries(sketch.environment ?? {}).map(([key, value]) => ({ name: key, value })),
    secrets: Object.entries(sketch.secrets ?? {}).map(([key, valueFrom]) => ({ name: key, valueFrom })),
    ...(check && {
      healthCheck: {
        ...{
          command: ["CMD-SHELL", check.command],
          interval: check.interval ?? 30,
          timeout: check.timeout ?? 5,
          retries: check.retries ?? 3,
        },
        ...(check.startPeriod !== undefined && { startPeriod: check.startPeriod }),
      },
    }),
    ...{
      stopTimeout: sketch.stopTimeout ?? 30,
      dependsOn: sketch.dependsOn?.map(([container, condition]) => ({ containerName: container, condition })),
    },
    ...(sketch.openFiles && { ulimits: [{ name: "nofile" as const, softLimit: sketch.openFiles, hardLimit: sketch.openFiles }] }),
    logConfiguration: {
      ...pattern.logConfiguration!,
      options: {
        ...pattern.logConfiguration!.options,
        "awslogs-stream-prefix": name,
        ...(sketch.createsLogGroup && { "awslogs-create-group": "true" }),
      },
    },
  };
}

/** Puts the images of the newest task definition into ECR, or leaves them out. */
export function addImages(scene: ServiceScene, sketch: Sketch): void {
  const { missing, platforms = [sketch.platform === "ARM64" ? "linux/arm64" : "linux/amd64"], single } = sketch.image ?? {};
  const { repositories } = scene.state;
  const repository = repositories.find(({ repositoryName }) => repositoryName === scene.repositoryName)!;
  repository.images.pop();
  if (missing === "repository") scene.state.repositories = repositories.filter((each) => each !== repository);
  for (const container of containersOf(sketch)) {
    const reference = container.image ?? image;
    if (!reference.startsWith(registry)) continue;
    const [name, tag = "latest"] = reference.slice(registry.length + 1).split(/[:@]/) as [string, string?];
    const isOwn = name === scene.repositoryName;
    if (isOwn && missing) continue;
    const all = container.platforms ?? (isOwn ? platforms : ["linux/amd64"]);
    const made = single && isOwn ? plainImage("1.4.2") : imageIndex(all, isOwn ? "1.4.2" : tag);
    const found = isOwn && !container.image ? { ...made, imageDigest: digest } : made;
    const where = scene.state.repositories.find(({ repositoryName }) => repositoryName === name);
    if (where) where.images.push(found);
    else scene.state.repositories.push({ repositoryName: name, images: [found] });
  }
}
