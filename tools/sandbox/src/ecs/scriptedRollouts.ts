import type { DeployedService } from "./deployedService";
import type { Rollouts } from "./rollouts";
import { end, named, newTask, run, type Task, type TaskEnd } from "./task";
import type { ServiceRevision } from "./serviceRevision";

/** How the deployments of a service end. */
export type Outcome =
  /** As soon as `polls` looks at it have found it in progress; by default at once. */
  | { is: "success"; polls?: number }
  /**
   * Its tasks end as said, one at each look, until the circuit breaker has counted enough; without one that goes on. Then ECS does what the
   * service's configuration says: `rollbackPolls` looks find the rollback in progress, by default 1.
   */
  | { is: "failure"; end: TaskEnd; rollbackPolls?: number }
  /** It stays in progress until another outcome is set, with as many tasks running as said. */
  | { is: "going on"; running?: number; lifecycleStage?: string };

/** Rollouts that run no task: the scenario says how they end. */
export class ScriptedRollouts implements Rollouts {
  readonly keepsLogs = false;
  /** By the name of the service; success at once where nothing is said. */
  readonly outcomes = new Map<string, Outcome>();
  private readonly looks = new Map<string, number>();

  constructor(private readonly accountId: string) {}

  started(service: DeployedService): Promise<void> {
    this.looks.set(service.arn, 0);
    const outcome = this.outcomeOf(service);
    if (outcome.is === "success" && !outcome.polls) this.succeed(service);
    return Promise.resolve();
  }

  scaled(service: DeployedService): void {
    if (!service.current) this.fill(service, service.primary, service.desiredCount);
  }

  looked(service: DeployedService): void {
    const { current } = service;
    if (!current) return;
    const looks = (this.looks.get(service.arn) ?? 0) + 1;
    this.looks.set(service.arn, looks);
    const outcome = this.outcomeOf(service);
    if (current.status === "ROLLBACK_IN_PROGRESS") {
      if (looks > ((outcome.is === "failure" && outcome.rollbackPolls) || 1)) this.finishRollback(service);
    } else if (outcome.is === "success") {
      if (looks > (outcome.polls ?? 0)) this.succeed(service);
    } else if (outcome.is === "going on") {
      current.lifecycleStage = outcome.lifecycleStage;
      this.fill(service, current.target, outcome.running ?? 0);
    } else this.fail(service, outcome.end);
  }

  stop(service: DeployedService, task: Task, how: TaskEnd): void {
    end(task, how);
    this.scaled(service);
  }

  deleted({ arn }: DeployedService): void {
    this.looks.delete(arn);
  }

  private outcomeOf({ name }: DeployedService): Outcome {
    return this.outcomes.get(name) ?? { is: "success" };
  }

  private succeed(service: DeployedService): void {
    this.fill(service, service.primary, service.desiredCount);
    this.drainOthers(service);
    service.succeed();
  }

  private fail(service: DeployedService, how: TaskEnd): void {
    const { target } = service.current!;
    if (service.desiredCount === 0) return this.succeed(service);
    end(this.add(service, target), how);
    service.countFailure();
    if (service.current?.status === "ROLLBACK_IN_PROGRESS") this.looks.set(service.arn, 1);
  }

  private finishRollback(service: DeployedService): void {
    this.fill(service, service.primary, service.desiredCount);
    this.drainOthers(service);
    service.finishRollback();
  }

  private drainOthers(service: DeployedService): void {
    const others = service.tasks.filter(
      ({ startedBy, lastStatus }) => startedBy !== service.primary.deploymentId && lastStatus === "RUNNING",
    );
    this.scaleIn(service, others);
  }

  private fill(service: DeployedService, revision: ServiceRevision, count: number): void {
    const running = service.tasksOf(revision, "RUNNING");
    this.scaleIn(service, running.slice(count));
    const added = Array.from({ length: Math.max(0, count - running.length) }, () => this.add(service, revision));
    for (const task of added) run(task);
    if (added.length > 0) service.note(`has started ${added.length} tasks: ${named(added)}.`);
  }

  private scaleIn(service: DeployedService, tasks: Task[]): void {
    for (const task of tasks)
      end(task, {
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: `Scaling activity initiated by (deployment ${service.primary.deploymentId})`,
        exitCode: 0,
      });
    if (tasks.length > 0) service.note(`has stopped ${tasks.length} running tasks: ${named(tasks)}.`);
  }

  private add(service: DeployedService, { deploymentId, taskDefinition, containerImages }: ServiceRevision): Task {
    const family = taskDefinition.split("/").at(-1)!.split(":")[0];
    const containerDefinitions = containerImages.map(({ containerName: name, image }) => ({ name, image }));
    const definition = { taskDefinitionArn: taskDefinition, family, containerDefinitions };
    const task = newTask(this.accountId, service.clusterName, definition, { serviceName: service.name, startedBy: deploymentId });
    service.tasks.push(task);
    return task;
  }
}
