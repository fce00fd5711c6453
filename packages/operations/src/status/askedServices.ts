import type { Service, ServiceDeploymentBrief, ServiceRevision, Task } from "@aws-sdk/client-ecs";

import { batchesOf, eachOf, inBatches } from "../asking/inBatches";
import type { Sight } from "../asking/sight";
import type { StackClients } from "../aws/stackClients";

/** Most that ECS describes in a call. */
const limits = { services: 10, deployments: 20, revisions: 20, tasks: 100 };

/** What ECS says of a cluster's services, asked in batches. */
export class AskedServices {
  constructor(
    private readonly cluster: string,
    private readonly clients: StackClients,
    private readonly sight: Sight,
  ) {}

  /** The services, by name. One that is not there, or is deleted, is not among them; undefined where none could be seen. */
  async services(names: readonly string[]): Promise<Map<string, Service> | undefined> {
    const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await this.clients.ecs();
    const found = await this.sight.see("services", "ecs:DescribeServices", () =>
      inBatches(names, limits.services, async (services) => {
        const answer = await ecs.send(new DescribeServicesCommand({ cluster: this.cluster, services })).catch(noCluster);
        return answer.services ?? [];
      }),
    );
    return found && new Map(found.filter(({ status }) => status !== "INACTIVE").map((service) => [service.serviceName!, service]));
  }

  /** Names of all services of the cluster; undefined where they could not be seen. */
  async names(): Promise<string[] | undefined> {
    const { paginateListServices } = await import("@aws-sdk/client-ecs");
    const client = await this.clients.ecs();
    return this.sight.see("services that the plan doesn't have", "ecs:ListServices", async () => {
      const names: string[] = [];
      try {
        for await (const { serviceArns = [] } of paginateListServices({ client, pageSize: 100 }, { cluster: this.cluster }))
          names.push(...serviceArns.map((arn) => arn.split("/").at(-1)!));
      } catch (error) {
        noCluster(error);
      }
      return names;
    });
  }

  /** Revisions, by ARN. ECS has none of services that were last deployed before it knew them. */
  async revisions(arns: readonly string[]): Promise<Map<string, ServiceRevision>> {
    const { DescribeServiceRevisionsCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await this.clients.ecs();
    const found = await this.sight.see("images", "ecs:DescribeServiceRevisions", () =>
      inBatches(arns, limits.revisions, async (serviceRevisionArns) => {
        const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
        return serviceRevisions;
      }),
    );
    return new Map((found ?? []).map((revision) => [revision.serviceRevisionArn!, revision]));
  }

  /** The newest deployment of each service, by name; one call a service. */
  async newestDeployments(names: readonly string[]): Promise<Map<string, ServiceDeploymentBrief>> {
    const { ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await this.clients.ecs();
    const found = await this.sight.see("outcomes of deployments", "ecs:ListServiceDeployments", () =>
      eachOf(names, async (service) => {
        const { serviceDeployments = [] } = await ecs
          .send(new ListServiceDeploymentsCommand({ cluster: this.cluster, service }))
          .catch((error: Error) => {
            if (/^Service(NotFound|NotActive)Exception$|^ClusterNotFoundException$/.test(error.name)) return { serviceDeployments: [] };
            throw error;
          });
        const newest = [...serviceDeployments].sort((a, b) => Number(b.createdAt) - Number(a.createdAt))[0];
        return [service, newest] as const;
      }),
    );
    return new Map((found ?? []).flatMap(([name, newest]) => (newest ? [[name, newest]] : [])));
  }

  /** Running tasks of all services, by the service's name; undefined where they could not be seen. */
  async tasks(): Promise<Map<string, Task[]> | undefined> {
    const { DescribeTasksCommand, paginateListTasks } = await import("@aws-sdk/client-ecs");
    const client = await this.clients.ecs();
    const arns = await this.sight.see("health of containers", "ecs:ListTasks", async () => {
      const found: string[] = [];
      try {
        for await (const { taskArns = [] } of paginateListTasks({ client, pageSize: 100 }, { cluster: this.cluster }))
          found.push(...taskArns);
      } catch (error) {
        noCluster(error);
      }
      return found;
    });
    if (!arns) return undefined;
    const described = await this.sight.see("health of containers", "ecs:DescribeTasks", () =>
      eachOf(batchesOf(arns, limits.tasks), async (tasks) => {
        const answer = await client.send(new DescribeTasksCommand({ cluster: this.cluster, tasks }));
        return answer.tasks ?? [];
      }),
    );
    if (!described) return undefined;
    const byService = new Map<string, Task[]>();
    for (const task of described.flat()) {
      const [, service] = /^service:(.+)$/.exec(task.group ?? "") ?? [];
      if (service !== undefined) byService.set(service, [...(byService.get(service) ?? []), task]);
    }
    return byService;
  }
}

/** A cluster that there is not has no services: the answer of a stack that was never brought out. */
function noCluster(error: unknown): { services: Service[] } {
  if ((error as Error).name === "ClusterNotFoundException") return { services: [] };
  throw error;
}
