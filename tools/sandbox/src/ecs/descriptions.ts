import { ecsArn } from "./identifiers";
import type { DeployedService, ServiceDeployment } from "./deployedService";
import type { ServiceRevision } from "./serviceRevision";

const pending = ["PROVISIONING", "PENDING", "ACTIVATING"] as const;

/** The records of one account's services in the shapes that ECS answers. */
export class Descriptions {
  constructor(private readonly accountId: string) {}

  deploymentArn({ clusterName, name }: DeployedService, { id }: ServiceDeployment): string {
    return ecsArn(this.accountId, "service-deployment", clusterName, name, id);
  }

  revisionArn({ clusterName, name }: DeployedService, { id }: ServiceRevision): string {
    return ecsArn(this.accountId, "service-revision", clusterName, name, id);
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
  brief(service: DeployedService, deployment: ServiceDeployment) {
    const { createdAt, startedAt, finishedAt, status, statusReason, target } = deployment;
    return {
      serviceDeploymentArn: this.deploymentArn(service, deployment),
      serviceArn: service.arn,
      clusterArn: service.clusterArn,
      createdAt,
      startedAt,
      finishedAt,
      targetServiceRevisionArn: this.revisionArn(service, target),
      status,
      statusReason,
    };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
  deployment(service: DeployedService, deployment: ServiceDeployment) {
    const { targetServiceRevisionArn: _, ...brief } = this.brief(service, deployment);
    const { configuration, rollback, lifecycleStage, sources, target, stoppedAt, updatedAt, failureCount, threshold, isTriggered } =
      deployment;
    const monitoring = deployment.finishedAt === undefined ? "MONITORING" : "MONITORING_COMPLETE";
    const { deploymentCircuitBreaker, alarms } = configuration;
    return {
      ...brief,
      stoppedAt,
      updatedAt,
      sourceServiceRevisions: sources.map((revision) => this.summary(service, revision)),
      targetServiceRevision: this.summary(service, target),
      lifecycleStage,
      deploymentConfiguration: configuration,
      rollback: rollback && {
        reason: rollback.reason,
        startedAt: rollback.startedAt,
        serviceRevisionArn: rollback.revision && this.revisionArn(service, rollback.revision),
      },
      deploymentCircuitBreaker: {
        status: deploymentCircuitBreaker?.enable ? (isTriggered ? "TRIGGERED" : monitoring) : "DISABLED",
        failureCount,
        threshold,
      },
      alarms: { status: alarms?.enable ? monitoring : "DISABLED", alarmNames: alarms?.alarmNames ?? [], triggeredAlarmNames: [] },
    };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRevision.html */
  revision(service: DeployedService, revision: ServiceRevision) {
    return {
      serviceRevisionArn: this.revisionArn(service, revision),
      serviceArn: service.arn,
      clusterArn: service.clusterArn,
      taskDefinition: revision.taskDefinition,
      ...revision.settings,
      resolvedConfiguration: resolved(revision),
      containerImages: revision.containerImages,
      guardDutyEnabled: false,
      createdAt: revision.createdAt,
    };
  }

  /** What DescribeServices says beside what moto knows of a service. */
  service(service: DeployedService, known: Record<string, any>) {
    const { primary, current } = service;
    const others = service.revisions.filter((revision) => revision !== primary && this.isShown(service, revision));
    const shown = [primary, ...others.reverse()];
    const { serviceConnectConfiguration: _, volumeConfigurations: __, vpcLatticeConfigurations: ___, ...settings } = primary.settings;
    return {
      ...known,
      ...settings,
      taskDefinition: primary.taskDefinition,
      runningCount: service.tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
      pendingCount: service.tasks.filter(({ lastStatus }) => pending.some((status) => status === lastStatus)).length,
      deployments: shown.map((revision) => this.entry(service, revision)),
      events: service.events,
      currentServiceDeployment: current && this.deploymentArn(service, current),
      currentServiceRevisions: shown.map((revision) => this.summary(service, revision)),
    };
  }

  private isShown(service: DeployedService, revision: ServiceRevision): boolean {
    return service.current?.target === revision || service.tasksOf(revision, "RUNNING", ...pending, "DEACTIVATING", "STOPPING").length > 0;
  }

  /** An entry of `deployments`. */
  private entry(service: DeployedService, revision: ServiceRevision) {
    const { deploymentId, taskDefinition, createdAt, updatedAt, rolloutState, rolloutStateReason, failedTasks, settings } = revision;
    const { loadBalancers: _, serviceRegistries: __, ...deployed } = settings;
    const { requestedTaskCount, runningTaskCount, pendingTaskCount } = this.summary(service, revision);
    return {
      ...deployed,
      id: deploymentId,
      status: revision === service.primary ? "PRIMARY" : requestedTaskCount > 0 || runningTaskCount > 0 ? "ACTIVE" : "DRAINING",
      taskDefinition,
      desiredCount: requestedTaskCount,
      runningCount: runningTaskCount,
      pendingCount: pendingTaskCount,
      failedTasks,
      createdAt,
      updatedAt,
      rolloutState,
      rolloutStateReason,
    };
  }

  private summary(service: DeployedService, revision: ServiceRevision) {
    const runningTaskCount = service.tasksOf(revision, "RUNNING").length;
    const isFailed = revision.rolloutState === "FAILED";
    return {
      arn: this.revisionArn(service, revision),
      requestedTaskCount: isFailed ? 0 : revision === service.primary ? service.desiredCount : runningTaskCount,
      runningTaskCount,
      pendingTaskCount: service.tasksOf(revision, ...pending).length,
    };
  }
}

/** Which target groups a revision's tasks are in. */
function resolved({ settings }: ServiceRevision) {
  const loadBalancers = (settings.loadBalancers ?? []) as Record<string, any>[];
  return {
    loadBalancers: loadBalancers.map(({ targetGroupArn, advancedConfiguration }) => ({
      targetGroupArn,
      productionListenerRule: advancedConfiguration?.productionListenerRule,
    })),
  };
}
