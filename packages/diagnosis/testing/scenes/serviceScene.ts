import type { ContainerDefinition, Deployment, Service, ServiceDeployment, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import type { TargetGroup, TargetHealth } from "@aws-sdk/client-elastic-load-balancing-v2";

import { ScriptedAccount, type ScriptedAccountOptions } from "../scriptedAccount";
import { imageIndex } from "./images";
import { network } from "./network";
import { runningTask, stoppedTask, type StoppedTask, type TaskPlace } from "./taskOf";

/**
 * A service of a scripted account, its tasks and its deployments. The builders in `healthy.ts` make healthy ones; an incident says what is otherwise,
 * by these methods or by changing `account.state` itself.
 */
export class ServiceScene {
  readonly account: ScriptedAccount;
  readonly clusterName = "dev";
  readonly clusterArn: string;
  capacityProviderName = "FARGATE";
  /** None of a job. */
  service!: Service;
  /** The newest. */
  taskDefinition!: TaskDefinition;
  /** Where there is a load balancer. */
  targetGroup?: TargetGroup;
  private taskCount = 0;
  private deploymentCount = 0;

  constructor(
    readonly serviceName: string,
    options?: ScriptedAccountOptions,
  ) {
    this.account = new ScriptedAccount(options);
    this.clusterArn = this.account.arn("ecs", `cluster/${this.clusterName}`);
  }

  get state() {
    return this.account.state;
  }

  /** The service's own container in the newest task definition. */
  get container(): ContainerDefinition {
    return this.taskDefinition.containerDefinitions![0]!;
  }

  get taskSecurityGroupId(): string {
    return `sg-0${this.serviceName}`;
  }

  get executionRoleArn(): string {
    return `arn:aws:iam::${this.account.accountId}:role/${this.serviceName}-execution`;
  }

  get logGroupName(): string {
    return `/fairlead/${this.clusterName}/${this.serviceName}`;
  }

  get repositoryName(): string {
    return `fairlead/${this.clusterName}/${this.serviceName}`;
  }

  /** The newest deployment. */
  get deployment(): ServiceDeployment {
    return this.state.serviceDeployments.at(-1)!;
  }

  /** Registers a revision of the task definition: the newest one with a change. Its image is new, and in ECR. */
  registerTaskDefinition(change: (taskDefinition: TaskDefinition) => void = () => {}): TaskDefinition {
    const revision = (this.taskDefinition?.revision ?? 0) + 1;
    const image = imageIndex(["linux/amd64"], `1.0.${revision}-abcdef${revision}`);
    this.state.repositories.find(({ repositoryName }) => repositoryName === this.repositoryName)!.images.push(image);
    const registry = `${this.account.accountId}.dkr.ecr.${this.account.region}.amazonaws.com`;
    const next = structuredClone(this.taskDefinition);
    next.revision = revision;
    next.taskDefinitionArn = this.account.arn("ecs", `task-definition/${next.family}:${revision}`);
    next.containerDefinitions![0]!.image = `${registry}/${this.repositoryName}@${image.imageDigest}`;
    change(next);
    this.state.taskDefinitions.push(next);
    return (this.taskDefinition = next);
  }

  /** Runs tasks of the newest task definition; behind a load balancer they are healthy targets. */
  run(count: number, startedSecondsAgo = 86_400): Task[] {
    return Array.from({ length: count }, () => {
      const task = runningTask(this.place(), ++this.taskCount, startedSecondsAgo);
      this.state.tasks.push(task);
      if (this.service) this.service.runningCount = (this.service.runningCount ?? 0) + 1;
      if (this.targetGroup) this.register(task, { State: "healthy" });
      return task;
    });
  }

  /** Puts a task into the target group, or says otherwise of its health there. */
  register(task: Task, TargetHealth: TargetHealth): void {
    const Id = task.containers![0]!.networkInterfaces![0]!.privateIpv4Address!;
    const Port = this.container.portMappings![0]!.containerPort;
    const health = (this.state.targetHealth[this.targetGroup!.TargetGroupArn!] ??= []);
    const others = health.filter(({ Target }) => Target!.Id !== Id);
    const Target = { Id, Port, AvailabilityZone: task.availabilityZone };
    this.state.targetHealth[this.targetGroup!.TargetGroupArn!] = [...others, { Target, HealthCheckPort: String(Port), TargetHealth }];
  }

  /** Adds tasks that stopped, with their logs. */
  stop(stopped: StoppedTask, count = 1): Task[] {
    return Array.from({ length: count }, (_, index) => {
      const secondsAgo = (stopped.stoppedSecondsAgo ?? 120) + index * 60;
      const task = stoppedTask(this.place(stopped.taskDefinition), ++this.taskCount, { ...stopped, stoppedSecondsAgo: secondsAgo });
      this.state.tasks.push(task);
      for (const { name = this.container.name!, log } of stopped.containers ?? []) {
        if (log) this.log(task, log, name, secondsAgo + 1);
      }
      return task;
    });
  }

  /** Writes what a task's container logged, a line a second, the last so many seconds ago. */
  log(task: Task, lines: readonly string[], container = this.container.name!, secondsAgo = 1): void {
    const group = this.state.logGroups.find(({ logGroupName }) => logGroupName === this.logGroupName);
    const end = this.account.clock.milliseconds - secondsAgo * 1000;
    const events = lines.map((message, index) => ({ message, timestamp: end - (lines.length - 1 - index) * 1000 }));
    const name = `${container}/${container}/${task.taskArn!.split("/").pop()}`;
    (group!.streams[name] ??= []).push(...events);
  }

  /** What ECS says of the service, so many seconds ago. */
  event(message: string, secondsAgo = 60): void {
    const { clock } = this.account;
    const id = `event-${this.service.events!.length}`;
    const event = { id, createdAt: clock.ago(secondsAgo), message: `(service ${this.serviceName}) ${message}` };
    this.service.events = [event, ...this.service.events!].sort((a, b) => Number(b.createdAt) - Number(a.createdAt)).slice(0, 100);
  }

  /**
   * A deployment of the newest task definition, which goes on; `finish` ends it. The one before stays what serves.
   *
   * @param secondsAgo when it began. 600 by default.
   */
  deploy(secondsAgo = 600, change: (deployment: ServiceDeployment) => void = () => {}): ServiceDeployment {
    const { account, service, clusterArn, clusterName, serviceName } = this;
    const number = ++this.deploymentCount;
    const id = String(number).padStart(20, "1234567890");
    const at = account.clock.ago(secondsAgo);
    const revisionArn = account.arn("ecs", `service-revision/${clusterName}/${serviceName}/${id}`);
    const before = this.state.serviceRevisions.at(-1)?.serviceRevisionArn;
    const { taskDefinitionArn } = this.taskDefinition;
    this.state.serviceRevisions.push({
      ...{ serviceRevisionArn: revisionArn, serviceArn: service.serviceArn, clusterArn, taskDefinition: taskDefinitionArn, createdAt: at },
      ...{ capacityProviderStrategy: service.capacityProviderStrategy, platformFamily: "Linux" },
      platformVersion: service.platformVersion === "LATEST" ? "1.4.0" : service.platformVersion,
      ...{ networkConfiguration: service.networkConfiguration, loadBalancers: service.loadBalancers },
    });
    const requestedTaskCount = service.desiredCount;
    const deployment: ServiceDeployment = {
      ...{ serviceDeploymentArn: account.arn("ecs", `service-deployment/${clusterName}/${serviceName}/${id}`), clusterArn },
      ...{ serviceArn: service.serviceArn, createdAt: at, startedAt: at, updatedAt: at, status: "IN_PROGRESS" },
      ...{ deploymentConfiguration: service.deploymentConfiguration, lifecycleStage: "SCALE_UP" },
      targetServiceRevision: { arn: revisionArn, requestedTaskCount, runningTaskCount: 0, pendingTaskCount: 0 },
      sourceServiceRevisions: before
        ? [{ arn: before, requestedTaskCount, runningTaskCount: requestedTaskCount, pendingTaskCount: 0 }]
        : [],
      deploymentCircuitBreaker: { status: "MONITORING", failureCount: 0, threshold: 3 },
    };
    change(deployment);
    this.state.serviceDeployments.push(deployment);
    for (const each of service.deployments ?? []) each.status = "ACTIVE";
    const rollout: Deployment = {
      ...{ id: `ecs-svc/${id}`, status: "PRIMARY", taskDefinition: taskDefinitionArn, desiredCount: service.desiredCount, failedTasks: 0 },
      ...{ createdAt: at, updatedAt: at, pendingCount: 0, runningCount: 0, rolloutState: "IN_PROGRESS" },
      rolloutStateReason: `ECS deployment ecs-svc/${id} in progress.`,
    };
    service.deployments = [rollout, ...(service.deployments ?? [])];
    service.taskDefinition = taskDefinitionArn;
    service.currentServiceDeployment = deployment.serviceDeploymentArn;
    return deployment;
  }

  /** The newest deployment came out. */
  succeed(secondsAgo = 300): void {
    const at = this.account.clock.ago(secondsAgo);
    Object.assign(this.deployment, { status: "SUCCESSFUL", finishedAt: at, updatedAt: at, lifecycleStage: undefined });
    Object.assign(this.deployment.targetServiceRevision!, { runningTaskCount: this.service.desiredCount });
    this.deployment.deploymentCircuitBreaker = { status: "MONITORING_COMPLETE", failureCount: 0, threshold: 3 };
    const [rollout] = this.service.deployments!;
    Object.assign(rollout!, { rolloutState: "COMPLETED", runningCount: this.service.desiredCount });
    rollout!.rolloutStateReason = `ECS deployment ${rollout!.id} completed.`;
    this.service.deployments = [rollout!];
    this.service.currentServiceDeployment = undefined;
    this.event("has reached a steady state.", secondsAgo);
  }

  /**
   * The newest deployment was rolled back, by the circuit breaker where no other reason is given: the revision before serves on.
   *
   * @param reason in ECS's words
   */
  rollBack(reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.", secondsAgo = 60): void {
    const at = this.account.clock.ago(secondsAgo);
    const { deployment, service } = this;
    const isBreaker = /circuit breaker/.test(reason);
    Object.assign(deployment, { status: "ROLLBACK_SUCCESSFUL", statusReason: reason, finishedAt: at, updatedAt: at });
    service.currentServiceDeployment = undefined;
    deployment.rollback = { reason, startedAt: at, serviceRevisionArn: deployment.sourceServiceRevisions![0]?.arn };
    if (isBreaker) deployment.deploymentCircuitBreaker = { status: "TRIGGERED", failureCount: 3, threshold: 3 };
    const [failed, ...others] = service.deployments!;
    if (isBreaker) {
      this.event(`(deployment ${failed!.id}) deployment failed: tasks failed to start.`, secondsAgo + 5);
      this.event(`rolling back to deployment ${others[0]?.id}.`, secondsAgo + 4);
    }
    const [previous] = others;
    if (previous) {
      Object.assign(previous, { status: "PRIMARY", rolloutState: "COMPLETED", runningCount: service.desiredCount });
      service.deployments = [previous];
      this.goBackTo(deployment.sourceServiceRevisions?.[0]?.arn, previous.taskDefinition);
    } else {
      Object.assign(failed!, { rolloutState: "FAILED" });
    }
  }

  /** The service is what a revision was, in all that is part of one. */
  private goBackTo(revisionArn: string | undefined, taskDefinition: string | undefined): void {
    const revision = this.state.serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === revisionArn);
    const { networkConfiguration, loadBalancers, capacityProviderStrategy } = revision ?? this.service;
    Object.assign(this.service, { taskDefinition, networkConfiguration, loadBalancers, capacityProviderStrategy });
  }

  /** Counts failures of the deployment that goes on, as ECS does. */
  countFailures(count: number): void {
    this.service.deployments![0]!.failedTasks = count;
    this.deployment.deploymentCircuitBreaker = { status: "MONITORING", failureCount: count, threshold: 3 };
  }

  private place(taskDefinition = this.taskDefinition): TaskPlace {
    const { account, clusterArn, clusterName, serviceName, capacityProviderName } = this;
    const isJob = this.service === undefined;
    const startedBy = isJob ? "chronos-schedule" : (this.service.deployments?.[0]?.id ?? "");
    const group = isJob ? `family:${this.taskDefinition.family}` : `service:${serviceName}`;
    return {
      ...{ account, clusterArn, clusterName, taskDefinition, capacityProviderName, subnetIds: network.subnetIds },
      ...{ startedBy, group },
    };
  }
}
