import { AwsError, type AwsRequest } from "../aws/requests";
import { DeployedService, type ServiceDeployment } from "./deployedService";
import { Descriptions } from "./descriptions";
import type { Ask, ServiceTasks } from "./ecsTasks";
import { nameOf } from "./identifiers";
import { paged } from "./paged";
import type { Rollouts } from "./rollouts";
import { makesRevision, newRevision, type ServiceRevision } from "./serviceRevision";
import type { Task, TaskEnd } from "./task";

type Given = Record<string, any>;

/**
 * What moto lacks of services: their revisions, their deployments, their events and their tasks. moto takes or refuses what is asked, and keeps the
 * rest of a service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export class EcsServices implements ServiceTasks {
  private readonly services = new Map<string, DeployedService>();
  private readonly descriptions: Descriptions;

  constructor(
    accountId: string,
    public rollouts: Rollouts,
  ) {
    this.descriptions = new Descriptions(accountId);
  }

  get keepsLogs(): boolean {
    return this.rollouts.keepsLogs;
  }

  get tasks(): Task[] {
    return [...this.services.values()].flatMap(({ tasks }) => tasks);
  }

  stop(task: Task, how: TaskEnd): void {
    const service = [...this.services.values()].find(({ tasks }) => tasks.includes(task))!;
    this.rollouts.stop(service, task, how);
  }

  /** A service by its name, of any cluster. */
  named(name: string): DeployedService | undefined {
    return [...this.services.values()].find((service) => service.name === name);
  }

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, operation, body }: AwsRequest, ask: Ask): Promise<unknown> {
    if (service !== "ecs") return undefined;
    const given = () => JSON.parse(body.toString() || "{}") as Given;
    if (operation === "CreateService") return this.create(given(), ask);
    if (operation === "UpdateService") return this.update(given(), ask);
    if (operation === "DeleteService") return this.delete(given(), ask);
    if (operation === "DescribeServices") return this.describe(given(), ask);
    if (operation === "ListServiceDeployments") return this.listDeployments(given(), ask);
    if (operation === "DescribeServiceDeployments") return this.describeDeployments(given());
    if (operation === "DescribeServiceRevisions") return this.describeRevisions(given());
    if (operation === "StopServiceDeployment") return this.stopDeployment(given());
    return undefined;
  }

  private async create(given: Given, ask: Ask): Promise<unknown> {
    const { service } = await taken(ask, "CreateService", given);
    const created = new DeployedService(service.serviceArn as string, service.clusterArn as string);
    this.services.set(created.arn, created);
    await this.start(created, given, service as Given, ask);
    return { service: this.descriptions.service(created, service as Given) };
  }

  private async update(given: Given, ask: Ask): Promise<unknown> {
    const { service } = await taken(ask, "UpdateService", given);
    const known = this.services.get(service.serviceArn as string);
    if (!known) return { service };
    const wanted = given.taskDefinition === undefined ? known.primary.taskDefinition : await this.definitionArn(given.taskDefinition, ask);
    if (makesRevision(known.primary, wanted, given)) await this.start(known, { ...given, taskDefinition: wanted }, service as Given, ask);
    else {
      keep(known, service as Given);
      this.rollouts.scaled(known);
    }
    return { service: this.descriptions.service(known, service as Given) };
  }

  private async start(known: DeployedService, given: Given, service: Given, ask: Ask): Promise<void> {
    const { taskDefinition } = await taken(ask, "DescribeTaskDefinition", {
      taskDefinition: given.taskDefinition ?? service.taskDefinition,
    });
    keep(known, service);
    // What the update doesn't name stays as the revision that serves has it, which after a rollback is not what moto keeps.
    const kept = known.primary ? known.primary.settings : {};
    known.start(newRevision(service, taskDefinition as Given, { ...kept, ...given }));
    await this.rollouts.started(known);
  }

  private async definitionArn(reference: unknown, ask: Ask): Promise<string> {
    const { taskDefinition } = await taken(ask, "DescribeTaskDefinition", { taskDefinition: reference });
    return taskDefinition.taskDefinitionArn as string;
  }

  private async delete(given: Given, ask: Ask): Promise<unknown> {
    const answer = await taken(ask, "DeleteService", given);
    const known = this.services.get(answer.service.serviceArn as string);
    if (known) {
      this.rollouts.deleted(known);
      this.services.delete(known.arn);
    }
    return answer;
  }

  private async describe(given: Given, ask: Ask): Promise<unknown> {
    const { services, ...rest } = await taken(ask, "DescribeServices", given);
    const described = (services as Given[]).map((service) => {
      const known = this.services.get(service.serviceArn as string);
      if (!known || service.status !== "ACTIVE") return service;
      this.rollouts.looked(known);
      return this.descriptions.service(known, service);
    });
    return { services: described, ...rest };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html */
  private async listDeployments(given: Given, ask: Ask): Promise<unknown> {
    const clusterName = nameOf(given.cluster ?? clusterOf(given.service));
    const { clusters } = await ask("DescribeClusters", { clusters: [clusterName] });
    if (!(clusters as Given[] | undefined)?.some(({ status }) => status === "ACTIVE"))
      throw new AwsError("ClusterNotFoundException", "Cluster not found.");
    const known = [...this.services.values()].find(
      (service) => service.clusterName === clusterName && service.name === nameOf(given.service),
    );
    if (!known) throw new AwsError("ServiceNotFoundException", "Service not found.");
    this.rollouts.looked(known);
    const { before = Infinity, after = -Infinity } = (given.createdAt ?? {}) as { before?: number; after?: number };
    const isWanted = ({ status, createdAt }: ServiceDeployment) =>
      (!given.status?.length || given.status.includes(status)) && createdAt > after && createdAt < before;
    const { page, nextToken } = paged([...known.deployments].reverse().filter(isWanted), given, 20);
    return { serviceDeployments: page.map((deployment) => this.descriptions.brief(known, deployment)), nextToken };
  }

  private describeDeployments({ serviceDeploymentArns: arns }: Given): unknown {
    const found = this.find(arns as string[], "serviceDeploymentArns", (arn, service) => {
      const deployment = service.deployments.find((known) => this.descriptions.deploymentArn(service, known) === arn);
      if (deployment) this.rollouts.looked(service);
      return deployment && this.descriptions.deployment(service, deployment);
    });
    return { serviceDeployments: found.items, failures: found.failures };
  }

  private describeRevisions({ serviceRevisionArns: arns }: Given): unknown {
    const found = this.find(arns as string[], "serviceRevisionArns", (arn, service) => {
      const revision = service.revisions.find((known: ServiceRevision) => this.descriptions.revisionArn(service, known) === arn);
      return revision && this.descriptions.revision(service, revision);
    });
    return { serviceRevisions: found.items, failures: found.failures };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html */
  private stopDeployment({ serviceDeploymentArn, stopType = "ROLLBACK" }: Given): unknown {
    const service = [...this.services.values()].find((known) =>
      known.deployments.some((deployment) => this.descriptions.deploymentArn(known, deployment) === serviceDeploymentArn),
    );
    if (!service)
      throw new AwsError("ServiceDeploymentNotFoundException", "The service deploy ARN that you specified in the request doesn't exist.");
    const { current } = service;
    if (current?.status !== "IN_PROGRESS" || this.descriptions.deploymentArn(service, current) !== serviceDeploymentArn)
      throw new AwsError("ConflictException", "The service deployment is not in a state that can be stopped.");
    if (stopType !== "ROLLBACK") throw new AwsError("InvalidParameterException", `stopType ${stopType} is not known here`);
    service.requestRollback();
    return { serviceDeploymentArn };
  }

  private find<Item>(arns: string[], name: string, find: (arn: string, service: DeployedService) => Item | undefined) {
    if (!(arns?.length >= 1 && arns.length <= 20))
      throw new AwsError("InvalidParameterException", `${name} must have between 1 and 20 elements`);
    const services = [...this.services.values()];
    const found = arns.map((arn) => {
      for (const service of services) {
        const item = find(arn, service);
        if (item) return { arn, item };
      }
      return { arn };
    });
    return {
      items: found.flatMap(({ item }) => item ?? []),
      failures: found.filter(({ item }) => !item).map(({ arn }) => ({ arn, reason: "MISSING" })),
    };
  }
}

/** What moto takes; what it refuses is refused. */
async function taken(ask: Ask, operation: string, given: Given): Promise<Given> {
  const answer = await ask(operation, given);
  if (answer.__type) throw new AwsError(String(answer.__type).split("#").at(-1)!, (answer.message ?? answer.Message) as string);
  return answer;
}

/** What the scheduler asks of a service. */
function keep(known: DeployedService, service: Given): void {
  known.desiredCount = service.desiredCount as number;
  known.configuration = configurationOf(service);
  known.healthCheckGracePeriodSeconds = (service.healthCheckGracePeriodSeconds as number | undefined) ?? 0;
}

/** `cluster/service`, in the long form of a service's ARN. */
function clusterOf(service: string): string | undefined {
  return /:service\/([^/]+)\/[^/]+$/.exec(service)?.[1];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
function configurationOf({ deploymentConfiguration = {} }: Given): Given {
  return {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: "ROLLING",
    bakeTimeInMinutes: 0,
    ...(deploymentConfiguration as Given),
  };
}
