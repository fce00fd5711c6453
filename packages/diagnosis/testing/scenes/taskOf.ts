import type { Container, Task, TaskDefinition } from "@aws-sdk/client-ecs";

import type { ScriptedAccount } from "../scriptedAccount";

/** How a container of a stopped task ended. */
export interface EndedContainer {
  /** The service's own container by default. */
  name?: string;
  exitCode?: number;
  /** In the agent's words, such as `OutOfMemoryError: Container killed due to memory usage`. */
  reason?: string;
  /** What it logged, the oldest line first. None, and no log stream, by default. */
  log?: readonly string[];
  healthStatus?: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
}

/** How a task stopped. */
export interface StoppedTask {
  /** Such as `EssentialContainerExited`. */
  stopCode: Task["stopCode"];
  /** In ECS's words. */
  stoppedReason: string;
  /** One by default: the service's own, with neither exit code nor reason. */
  containers?: readonly EndedContainer[];
  /** Seconds ago. 120 by default. */
  stoppedSecondsAgo?: number;
  /** Seconds that it ran; `null` where it never did. 20 by default, `null` for `TaskFailedToStart`. */
  ranSeconds?: number | null;
  /** Revision of the task definition. The newest by default. */
  taskDefinition?: TaskDefinition;
  /** Anything else of the task. */
  change?: (task: Task) => void;
}

/** What tells a task of a service apart. */
export interface TaskPlace {
  account: ScriptedAccount;
  clusterArn: string;
  clusterName: string;
  group: string;
  startedBy: string;
  taskDefinition: TaskDefinition;
  /** `FARGATE` or a capacity provider of EC2's. */
  capacityProviderName: string;
  subnetIds: readonly string[];
}

/** A task that runs. */
export function runningTask(place: TaskPlace, number: number, startedSecondsAgo: number): Task {
  const { account, clusterArn, clusterName, taskDefinition, capacityProviderName, subnetIds } = place;
  const id = number.toString(16).padStart(32, "a1b2c3d4e5f60718a9bac0d1e2f30415");
  const taskArn = account.arn("ecs", `task/${clusterName}/${id}`);
  const startedAt = account.clock.ago(startedSecondsAgo);
  const privateIp = `10.0.${number % 2}.${10 + (number % 200)}`;
  const isFargate = capacityProviderName.startsWith("FARGATE");
  const containers = taskDefinition.containerDefinitions!.map(({ name, image }): Container => ({
    ...{ containerArn: account.arn("ecs", `container/${clusterName}/${id}/${name}`), taskArn, name, image, lastStatus: "RUNNING" },
    ...{ healthStatus: "UNKNOWN", networkInterfaces: [{ attachmentId: `eni-attach-${number}`, privateIpv4Address: privateIp }] },
  }));
  return {
    ...{ taskArn, clusterArn, taskDefinitionArn: taskDefinition.taskDefinitionArn, group: place.group, startedBy: place.startedBy },
    ...{ lastStatus: "RUNNING", desiredStatus: "RUNNING", healthStatus: "UNKNOWN", connectivity: "CONNECTED", containers },
    ...{ cpu: taskDefinition.cpu, memory: taskDefinition.memory, capacityProviderName, launchType: isFargate ? "FARGATE" : "EC2" },
    ...(isFargate && { platformVersion: "1.4.0", platformFamily: "Linux" }),
    ...{ createdAt: account.clock.ago(startedSecondsAgo + 25), pullStartedAt: account.clock.ago(startedSecondsAgo + 12) },
    ...{ pullStoppedAt: account.clock.ago(startedSecondsAgo + 2), startedAt, availabilityZone: `${account.region}${"ab"[number % 2]}` },
    attachments: [
      {
        ...{ id: `eni-attach-${number}`, type: "ElasticNetworkInterface", status: "ATTACHED" },
        details: [
          { name: "subnetId", value: subnetIds[number % subnetIds.length] },
          { name: "networkInterfaceId", value: `eni-0${number}` },
          { name: "privateIPv4Address", value: privateIp },
        ],
      },
    ],
  };
}

/** A task that stopped. */
export function stoppedTask(place: TaskPlace, number: number, stopped: StoppedTask): Task {
  const { stopCode, stoppedReason, stoppedSecondsAgo = 120, containers = [{}] } = stopped;
  const { account, taskDefinition } = place;
  const ran = stopped.ranSeconds === undefined ? (stopCode === "TaskFailedToStart" ? null : 20) : stopped.ranSeconds;
  const task = runningTask(place, number, stoppedSecondsAgo + (ran ?? 0));
  const own = taskDefinition.containerDefinitions![0]!.name!;
  Object.assign(task, {
    ...{ lastStatus: "STOPPED", desiredStatus: "STOPPED", stopCode, stoppedReason, connectivity: "CONNECTED" },
    ...{ stoppingAt: account.clock.ago(stoppedSecondsAgo + 1), stoppedAt: account.clock.ago(stoppedSecondsAgo) },
    executionStoppedAt: account.clock.ago(stoppedSecondsAgo + 1),
  });
  if (ran === null) Object.assign(task, { startedAt: undefined, pullStoppedAt: undefined, executionStoppedAt: undefined });
  task.containers = task.containers!.map((container): Container => {
    const ended = containers.find(({ name = own }) => name === container.name);
    const { exitCode, reason, healthStatus = "UNKNOWN" } = ended ?? {};
    return { ...container, lastStatus: "STOPPED", exitCode, reason, healthStatus };
  });
  stopped.change?.(task);
  return task;
}
