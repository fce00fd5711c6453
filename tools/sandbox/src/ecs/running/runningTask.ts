import { setTimeout as sleep } from "node:timers/promises";
import { createArguments } from "@fairlead/cli/createArguments";
import type { ContainerDefinition } from "@fairlead/local";

import { now } from "../identifiers";
import type { HealthStatus, Task, TaskContainer, TaskEnd } from "../task";
import type { AccountAccess } from "./accountAccess";
import { watchHealth } from "./containerHealth";
import { bridge } from "./containerNetwork";
import { DockerError, type DockerClient } from "./dockerClient";
import { secretsOf } from "./taskEnvironment";
import { containerRunOf, type TaskDefinition } from "./taskDefinition";
import type { TaskImages } from "./taskImages";
import { TaskLogs } from "./taskLogs";
import type { Pace } from "./pace";
import { TaskProblem } from "./taskProblem";

/** What tasks run on. */
export interface TaskHost {
  docker: DockerClient;
  images: TaskImages;
  account: AccountAccess;
  /** An image that does nothing, for the container that holds a task's network. */
  holderImage: string;
  platform: string;
  cpus: number;
  pace: Pace;
}

/** ECS's own, where a container definition says none. */
const stopTimeoutSeconds = 30;

/** One task whose containers really run. What happens to it is written to its record. */
export class RunningTask {
  private readonly parts: Part[];
  private readonly holder: string;
  private stopping?: Promise<void>;
  /** Resolves when all of it has ended. */
  readonly ended: Promise<void>;
  private tellEnd!: () => void;

  constructor(
    readonly task: Task,
    private readonly definition: TaskDefinition,
    private readonly host: TaskHost,
    /** Takes it from its target groups, before it is ended. */
    private readonly drain: () => Promise<void>,
  ) {
    const id = task.taskArn.split("/").at(-1)!;
    this.holder = `${id}-network`;
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    this.parts = definition.containerDefinitions.map((own, index) => ({
      own,
      record: task.containers[index]!,
      container: `${id}-${own.name}`,
      logs: new TaskLogs(own, id, host.docker, host.account),
    }));
  }

  /** Resolves when it runs, or was ended because it can't be started. */
  async start(): Promise<void> {
    try {
      this.task.lastStatus = "PENDING";
      const images = await Promise.all(this.parts.map(({ own }) => this.host.images.provide(own.image)));
      for (const [index, { record }] of this.parts.entries()) record.imageDigest = images[index]!.digest;
      for (const part of this.parts) await part.logs.open();
      const secrets = await Promise.all(this.parts.map(({ own }) => secretsOf(own.secrets, this.host.account)));
      if (this.stopping) return;
      this.task.privateIpv4Address = await this.host.docker.createNetworkHolder(this.holder, this.host.holderImage, bridge.address);
      for (const [index, part] of this.parts.entries()) await this.create(part, images[index]!, secrets[index]!);
      await Promise.all(this.parts.map((part) => this.startInTurn(part)));
      if (!this.stopping) Object.assign(this.task, { lastStatus: "RUNNING", startedAt: now() });
    } catch (error) {
      if (!(error instanceof TaskProblem) && !(error instanceof DockerError)) throw error;
      const container = error instanceof TaskProblem ? this.task.containers.find(({ name }) => name === error.container) : undefined;
      if (container) container.reason = error.message;
      await this.stop({ stopCode: "TaskFailedToStart", stoppedReason: container ? "Task failed to start" : error.message });
    }
  }

  /** Ends it, once. */
  stop(how: TaskEnd): Promise<void> {
    return (this.stopping ??= this.end(how));
  }

  private async create(
    { own, container }: Part,
    image: { name: string; environment: string[]; volumes: string[] },
    secrets: Record<string, string>,
  ): Promise<void> {
    const { platform, cpus } = this.host;
    const context = {
      image: image.name,
      container,
      platform,
      imageEnvironment: image.environment,
      imageVolumes: image.volumes,
      isPodman: false,
      cpus,
      isEmulated: false,
    };
    const words = createArguments(containerRunOf(own, this.definition, secrets), context);
    await this.host.docker
      .command(words.map((word) => (word === "--network=none" ? `--network=container:${this.holder}` : word)))
      .catch((error: DockerError) => {
        throw new TaskProblem(`CannotCreateContainerError: ${error.message.trim()}`, own.name);
      });
  }

  /** When what it depends on is as far as it asks. */
  private async startInTurn(part: Part): Promise<void> {
    for (const { containerName, condition } of part.own.dependsOn ?? []) {
      const other = this.parts.find(({ own }) => own.name === containerName)!;
      while (!this.stopping && !isMet(other.record, condition)) await sleep(100);
    }
    if (this.stopping) return;
    const { docker, pace } = this.host;
    await docker.start(part.container).catch((error: DockerError) => {
      const problem = `failed to create new container runtime task: ${error.message.trim()}`;
      throw new TaskProblem(`CannotStartContainerError: ResourceInitializationError: ${problem}`, part.own.name);
    });
    part.record.lastStatus = "RUNNING";
    void this.follow(part);
    if (!part.own.healthCheck) return;
    part.record.healthStatus = "UNKNOWN";
    const tell = (status: HealthStatus) => {
      part.record.healthStatus = status;
      this.task.healthStatus = this.healthOfAll();
    };
    const goesOn = () => part.record.lastStatus === "RUNNING" && !this.stopping;
    void watchHealth(part.own.healthCheck, part.container, { docker, pace, goesOn, tell });
  }

  /** Until it ends. */
  private async follow(part: Part): Promise<void> {
    const { docker } = this.host;
    let hasEnded = false;
    const ended = docker.ended(part.container).then(() => (hasEnded = true));
    while (!hasEnded) {
      await Promise.race([ended, sleep(500)]);
      await part.logs.pump(part.container).catch(() => undefined);
    }
    const { exitCode, oomKilled } = await docker.state(part.container);
    Object.assign(part.record, { lastStatus: "STOPPED", exitCode });
    if (oomKilled) part.record.reason = "OutOfMemoryError: Container killed due to memory usage";
    part.ended?.();
    if (part.own.essential !== false)
      await this.stop({ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" });
  }

  private async end({ stopCode, stoppedReason }: TaskEnd): Promise<void> {
    Object.assign(this.task, { desiredStatus: "STOPPED", stopCode, stoppedReason, stoppingAt: now() });
    if (this.task.startedAt !== undefined) {
      this.task.lastStatus = "DEACTIVATING";
      await this.drain();
      this.task.lastStatus = "STOPPING";
    }
    const { docker, pace } = this.host;
    await Promise.all(
      this.parts.map(async (part) => {
        if (part.record.lastStatus !== "RUNNING") return;
        const ended = new Promise<void>((resolve) => (part.ended = resolve));
        await docker.stop(part.container, (part.own.stopTimeout ?? stopTimeoutSeconds) * pace.factor).catch(() => undefined);
        await ended;
      }),
    );
    this.task.lastStatus = "DEPROVISIONING";
    for (const { container, record } of this.parts) {
      record.lastStatus = "STOPPED";
      await docker.remove(container);
    }
    await docker.remove(this.holder);
    Object.assign(this.task, { lastStatus: "STOPPED", stoppedAt: now() });
    this.tellEnd();
  }

  private healthOfAll(): HealthStatus {
    const checked = this.parts.filter(({ own }) => own.healthCheck && own.essential !== false).map(({ record }) => record.healthStatus);
    return checked.includes("UNHEALTHY") ? "UNHEALTHY" : checked.every((status) => status === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
  }
}

/** A container of the task. */
interface Part {
  own: ContainerDefinition;
  record: TaskContainer;
  container: string;
  logs: TaskLogs;
  ended?: () => void;
}

type Condition = NonNullable<ContainerDefinition["dependsOn"]>[number]["condition"];

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
function isMet({ lastStatus, exitCode, healthStatus }: TaskContainer, condition: Condition): boolean {
  if (condition === "HEALTHY") return healthStatus === "HEALTHY";
  if (condition === "SUCCESS") return lastStatus === "STOPPED" && exitCode === 0;
  return condition === "COMPLETE" ? lastStatus === "STOPPED" : lastStatus !== "PENDING";
}
