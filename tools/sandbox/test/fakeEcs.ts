import type { AwsRequest } from "../src/aws/requests";
import { EcsServices } from "../src/ecs/ecsServices";
import { EcsTasks, type Ask, type Document } from "../src/ecs/ecsTasks";
import { ScriptedRollouts } from "../src/ecs/scriptedRollouts";

const account = "123456789012";
export const arn = (rest: string) => `arn:aws:ecs:us-east-1:${account}:${rest}`;
export const cluster = arn("cluster/dev");
const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true }, maximumPercent: 200, minimumHealthyPercent: 100 };
export const outOfMemory = {
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  exitCode: 137,
  reason: "OutOfMemoryError: Container killed due to memory usage",
};

/** As much of moto as is asked here: it keeps what it is given last. */
class Moto {
  readonly services = new Map<string, Document>();
  ask: Ask = (operation, body) => Promise.resolve(this.answer(operation, body as Document));

  private answer(operation: string, given: Document): Document {
    const name = String(given.serviceName ?? given.service)
      .split("/")
      .at(-1)!;
    if (operation === "DescribeClusters") return { clusters: given.clusters.map(() => ({ status: "ACTIVE" })) };
    if (operation === "DescribeTaskDefinition") {
      const revision = String(given.taskDefinition).split("/").at(-1)!;
      const containerDefinitions = [{ name: "app", image: `registry/app@sha256:${revision.replace(/\D/g, "")}` }];
      return {
        taskDefinition: { taskDefinitionArn: arn(`task-definition/${revision}`), family: revision.split(":")[0], containerDefinitions },
      };
    }
    if (operation === "DescribeServices")
      return { services: given.services.flatMap((of: string) => this.services.get(of) ?? []), failures: [] };
    if (operation === "CreateService" && given.serviceName === "refused")
      return { __type: "InvalidParameterException", message: "Creation of service was not idempotent." };
    const known = this.services.get(name) ?? {
      serviceArn: arn(`service/dev/${name}`),
      clusterArn: cluster,
      serviceName: name,
      status: "ACTIVE",
    };
    if (operation === "DeleteService") this.services.delete(name);
    else this.services.set(name, { ...known, ...given, taskDefinition: arn(`task-definition/${given.taskDefinition}`) });
    return { service: this.services.get(name) ?? { ...known, status: "INACTIVE" } };
  }
}

/** A service `api`, asked for as a client would. */
export class FakeEcs {
  readonly moto = new Moto();
  readonly rollouts = new ScriptedRollouts(account);
  readonly services = new EcsServices(account, this.rollouts);
  readonly tasks = new EcsTasks(account, true, this.services);

  async asked(operation: string, body: Document = {}): Promise<Document> {
    const request = { service: "ecs", operation, body: Buffer.from(JSON.stringify(body)) } as unknown as AwsRequest;
    return ((await this.services.answer(request, this.moto.ask)) ?? (await this.tasks.answer(request, this.moto.ask))) as Document;
  }

  create(more: Document = {}): Promise<Document> {
    const service = { cluster, serviceName: "api", taskDefinition: "api:1", desiredCount: 2, deploymentConfiguration: breaker };
    return this.asked("CreateService", { ...service, ...more });
  }

  update(more: Document): Promise<Document> {
    return this.asked("UpdateService", { cluster, service: "api", ...more });
  }

  /** As DescribeServices has it, after as many looks. */
  async described(looks = 1): Promise<Document> {
    for (let look = 1; look < looks; look++) await this.described();
    return (await this.asked("DescribeServices", { cluster, services: ["api"] })).services[0] as Document;
  }

  async listed(more: Document = {}): Promise<Document[]> {
    return (await this.asked("ListServiceDeployments", { cluster, service: "api", ...more })).serviceDeployments as Document[];
  }

  async deployment({ serviceDeploymentArn }: Document): Promise<Document> {
    return (await this.asked("DescribeServiceDeployments", { serviceDeploymentArns: [serviceDeploymentArn] }))
      .serviceDeployments[0] as Document;
  }

  async revision(of: string): Promise<Document> {
    return (await this.asked("DescribeServiceRevisions", { serviceRevisionArns: [of] })).serviceRevisions[0] as Document;
  }
}
