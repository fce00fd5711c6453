import type { DeployedService } from "../deployedService";
import { now } from "../identifiers";
import type { Rollouts } from "../rollouts";
import type { ServiceRevision } from "../serviceRevision";
import { named, newTask, type Task, type TaskEnd } from "../task";
import type { AccountAccess } from "./accountAccess";
import type { TaskDefinition } from "./taskDefinition";
import { RunningTask, type TaskHost } from "./runningTask";
import type { ServiceNames } from "./serviceNames";
import type { Target, TargetGroups } from "./targetGroups";

/** What the scheduler knows of a task beyond its record. */
interface Placed {
  running: RunningTask;
  targets: { arn: string; target: Target; containerPort: number }[];
  /** How many target groups are to say that it serves. */
  awaited: number;
  wasHealthy: boolean;
}

/** Between two looks at all services, as ECS's waits go. */
const lookSeconds = 2.5;
/** A task without any check serves when it has run as long, as waits for a program that starts go: what ends as it starts takes its time for that. */
const settledSeconds = 20;

/**
 * ECS's scheduler of services that roll: it starts tasks for real, looks after their health, and replaces those of other revisions within the limits
 * of `minimumHealthyPercent` and `maximumPercent`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export class Scheduler implements Rollouts {
  readonly keepsLogs = true;
  private readonly services = new Set<DeployedService>();
  private readonly placed = new Map<Task, Placed>();
  private readonly definitions = new Map<string, Promise<TaskDefinition>>();
  private timer?: NodeJS.Timeout;
  private isLooking = false;

  constructor(
    private readonly accountId: string,
    private readonly host: TaskHost,
    private readonly groups: TargetGroups,
    private readonly names: ServiceNames,
    private readonly account: AccountAccess,
  ) {}

  started(service: DeployedService): Promise<void> {
    this.services.add(service);
    this.timer ??= setInterval(() => void this.look(), lookSeconds * this.host.pace.factor * 1000).unref();
    return Promise.resolve();
  }

  scaled(): void {}

  looked(): void {}

  stop(_: DeployedService, task: Task, how: TaskEnd): void {
    void this.placed.get(task)?.running.stop(how);
  }

  deleted(service: DeployedService): void {
    this.services.delete(service);
    for (const task of service.tasks) this.stop(service, task, scaling(service));
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      for (const service of this.services) await this.reconcile(service);
      await this.names.follow(this.services);
    } finally {
      this.isLooking = false;
    }
  }

  private async reconcile(service: DeployedService): Promise<void> {
    this.replaceUnhealthy(service);
    if (service.primary.rolloutState === "FAILED") return this.stopOf(service, ofRevision(service, service.primary));
    const alive = service.tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
    const own = alive.filter(({ startedBy }) => startedBy === service.primary.deploymentId);
    const others = alive.filter((task) => !own.includes(task));
    const { maximumPercent, minimumHealthyPercent } = service.configuration as { maximumPercent: number; minimumHealthyPercent: number };
    const { desiredCount } = service;
    const maximum = Math.max(1, Math.floor((desiredCount * maximumPercent) / 100));
    const minimum = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
    const room = Math.min(desiredCount - own.length, maximum - alive.length);
    // What has just failed is counted first.
    const isEnding = ofRevision(service, service.primary).some((task) => task.desiredStatus === "STOPPED" && task.lastStatus !== "STOPPED");
    if (room > 0 && !isEnding) await this.place(service, room);
    const failed = others.filter(({ startedBy }) => isFailed(service, startedBy));
    const [healthyOwn, healthyOthers] = [own, others].map((tasks) => tasks.filter((task) => this.isHealthy(task))) as [Task[], Task[]];
    const surplus = Math.max(0, healthyOwn.length + healthyOthers.length - minimum);
    const unhealthyOthers = others.filter((task) => !healthyOthers.includes(task) && !failed.includes(task));
    this.stopOf(service, [...failed, ...unhealthyOthers, ...healthyOthers.slice(0, surplus), ...own.slice(desiredCount)]);
    const isDone = healthyOwn.length >= desiredCount && service.tasks.every((task) => own.includes(task) || task.lastStatus === "STOPPED");
    if (!isDone || !service.current) return;
    if (service.current.status === "ROLLBACK_IN_PROGRESS") service.finishRollback();
    else service.succeed();
  }

  /** Ends what fails its health checks, unless its grace period goes on. */
  private replaceUnhealthy(service: DeployedService): void {
    for (const task of service.runningTasks) {
      const placed = this.placed.get(task)!;
      if (!placed.wasHealthy && this.isHealthy(task)) {
        placed.wasHealthy = true;
        if (service.current?.target.deploymentId === task.startedBy) service.countHealthy();
      }
      if (now() - task.startedAt! < service.healthCheckGracePeriodSeconds * this.host.pace.startFactor) continue;
      const id = task.taskArn.split("/").at(-1);
      const unhealthy = placed.targets.find(({ target }) => target.state === "unhealthy");
      if (unhealthy) {
        const { arn, containerPort, target } = unhealthy;
        service.note(`(task ${id}) (port ${containerPort}) is unhealthy in (target-group ${arn}) due to (reason ${target.description}).`);
        this.stop(service, task, initiated(`Task failed ELB health checks in (target-group ${arn})`));
      } else if (task.healthStatus === "UNHEALTHY") {
        service.note(`(task ${id}) failed container health checks.`);
        this.stop(service, task, initiated("Task failed container health checks"));
      }
    }
  }

  private async place(service: DeployedService, count: number): Promise<void> {
    const { primary } = service;
    const definition = await this.definitionOf(primary);
    const tasks = Array.from({ length: count }, () => {
      const more = { serviceName: service.name, startedBy: primary.deploymentId, launchType: "FARGATE" };
      const task = newTask(this.accountId, service.clusterName, definition, more);
      const running = new RunningTask(task, definition, this.host, () => this.drain(service, task));
      const placed = { running, targets: [], awaited: loadBalancersOf(primary).length, wasHealthy: false };
      this.placed.set(task, placed);
      service.tasks.push(task);
      void this.run(service, task, placed);
      return task;
    });
    service.note(`has started ${count} tasks: ${named(tasks)}.`);
  }

  private async run(service: DeployedService, task: Task, placed: Placed): Promise<void> {
    await placed.running.start();
    if (task.desiredStatus === "RUNNING") await this.register(service, task, placed);
    // It may have ended meanwhile.
    if (task.desiredStatus === "STOPPED") await this.drain(service, task);
    await placed.running.ended;
    if (task.stopCode === "TaskFailedToStart") {
      const reason = task.containers.find((container) => container.reason)?.reason ?? task.stoppedReason;
      service.note(`was unable to place a task. Reason: ${reason}.`);
    }
    const isCounted = service.current?.status === "IN_PROGRESS" && service.current.target.deploymentId === task.startedBy;
    if (isCounted && !placed.wasHealthy && task.stopCode !== "UserInitiated" && !isScaling(task)) service.countFailure();
  }

  private async register(service: DeployedService, task: Task, { targets }: Placed): Promise<void> {
    const revision = service.revisions.find(({ deploymentId }) => deploymentId === task.startedBy)!;
    for (const { targetGroupArn: arn, containerPort } of loadBalancersOf(revision)) {
      targets.push({ arn, containerPort, target: await this.groups.register(arn, task.privateIpv4Address!, containerPort) });
      service.note(`registered 1 targets in (target-group ${arn}).`);
    }
  }

  private async drain(service: DeployedService, task: Task): Promise<void> {
    await Promise.all(
      this.placed.get(task)!.targets.map(async ({ arn, target }) => {
        service.note("has begun draining connections on 1 tasks.");
        service.note(`deregistered 1 targets in (target-group ${arn}).`);
        await this.groups.deregister(arn, target);
      }),
    );
  }

  private stopOf(service: DeployedService, tasks: Task[]): void {
    const stopped = tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
    if (stopped.length === 0) return;
    service.note(`has stopped ${stopped.length} running tasks: ${named(stopped)}.`);
    for (const task of stopped) this.stop(service, task, scaling(service));
  }

  private isHealthy(task: Task): boolean {
    const { targets, awaited } = this.placed.get(task)!;
    if (task.lastStatus !== "RUNNING") return false;
    const isChecked = task.containers.some(({ healthStatus }) => healthStatus !== undefined);
    if (isChecked && task.healthStatus !== "HEALTHY") return false;
    if (!isChecked && awaited === 0) return now() - task.startedAt! >= settledSeconds * this.host.pace.startFactor;
    return targets.length === awaited && targets.every(({ target }) => target.state === "healthy");
  }

  private definitionOf({ taskDefinition }: ServiceRevision): Promise<TaskDefinition> {
    const known = this.definitions.get(taskDefinition) ?? this.askForDefinition(taskDefinition);
    this.definitions.set(taskDefinition, known);
    return known;
  }

  private async askForDefinition(taskDefinition: string): Promise<TaskDefinition> {
    const target = "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition";
    return (await this.account.json("ecs", target, { taskDefinition })).taskDefinition as TaskDefinition;
  }
}

const scalingReason = "Scaling activity initiated by ";

function initiated(stoppedReason: string): TaskEnd {
  return { stopCode: "ServiceSchedulerInitiated", stoppedReason };
}

function scaling({ primary }: DeployedService): TaskEnd {
  return initiated(`${scalingReason}(deployment ${primary.deploymentId})`);
}

function isScaling({ stoppedReason }: Task): boolean {
  return stoppedReason?.startsWith(scalingReason) ?? false;
}

function ofRevision({ tasks }: DeployedService, { deploymentId }: ServiceRevision): Task[] {
  return tasks.filter(({ startedBy }) => startedBy === deploymentId);
}

function loadBalancersOf({ settings }: ServiceRevision): { targetGroupArn: string; containerPort: number }[] {
  return (settings.loadBalancers ?? []) as { targetGroupArn: string; containerPort: number }[];
}

function isFailed({ revisions }: DeployedService, startedBy: string | undefined): boolean {
  return revisions.some(({ deploymentId, rolloutState }) => deploymentId === startedBy && rolloutState === "FAILED");
}
