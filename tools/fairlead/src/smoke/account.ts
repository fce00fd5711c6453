import type { ECSClient, Service, ServiceDeployment } from "@aws-sdk/client-ecs";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { coded, UserError } from "@fairlead/model";

import { smokeTag } from "./smokeTag";

/** The AWS account that a stack's credentials belong to, asked by AWS's SDK with them. */
export class SmokeAccount {
  private readonly access = new AwsAccess();

  /** @param values the stack's configuration by full key, decrypted */
  constructor(values: Record<string, string>) {
    const get = (key: string) => values[key];
    void this.access.configure({ config: { get, require: (key: string) => get(key)! } });
  }

  /**
   * The account's number.
   *
   * @throws UserError where AWS doesn't say
   */
  async id(): Promise<string> {
    const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
    try {
      const { Account } = await new STSClient(await this.access.clientConfig("sts")).send(new GetCallerIdentityCommand({}));
      return Account!;
    } catch (error) {
      throw new UserError(coded("FL2604", `AWS doesn't say which account this is: ${(error as Error).message}`));
    }
  }

  /** ARNs of what has the run's tag, or had it not long ago. */
  async taggedWith(id: string, region: string): Promise<string[]> {
    const { paginateGetResources, ResourceGroupsTaggingAPIClient } = await import("@aws-sdk/client-resource-groups-tagging-api");
    const client = new ResourceGroupsTaggingAPIClient(await this.access.clientConfig("resourcegroupstaggingapi", region));
    const arns: string[] = [];
    for await (const { ResourceTagMappingList = [] } of paginateGetResources(
      { client },
      { TagFilters: [{ Key: smokeTag, Values: [id] }] },
    )) {
      arns.push(...ResourceTagMappingList.flatMap(({ ResourceARN }) => ResourceARN ?? []));
    }
    return arns.sort();
  }

  /** Those of some ARNs that ECS has deleted: it shows a cluster and a service as INACTIVE for a while after that. */
  async inactive(arns: readonly string[]): Promise<string[]> {
    const named = arns.flatMap((arn) => {
      const [, region, kind, cluster, service] = /^arn:[^:]+:ecs:([^:]+):\d+:(cluster|service)\/([^/]+)(?:\/(.+))?$/.exec(arn) ?? [];
      return region && kind && cluster ? [{ arn, region, cluster, service }] : [];
    });
    const statuses = await Promise.all(
      named.map(async ({ arn, region, cluster, service }) => ({ arn, status: await this.ecsStatus(region, cluster, service) })),
    );
    return statuses.filter(({ status }) => status === undefined || status === "INACTIVE").map(({ arn }) => arn);
  }

  private async ecsStatus(region: string, cluster: string, service?: string): Promise<string | undefined> {
    const { DescribeClustersCommand } = await import("@aws-sdk/client-ecs");
    if (service !== undefined) return (await this.ecsService(region, cluster, service))?.status;
    const { clusters = [] } = await (await this.ecs(region)).send(new DescribeClustersCommand({ clusters: [cluster] }));
    return clusters[0]?.status;
  }

  /** What ECS says of a service; undefined where there is none. */
  async ecsService(region: string, cluster: string, service: string): Promise<Service | undefined> {
    const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
    try {
      const { services = [] } = await (await this.ecs(region)).send(new DescribeServicesCommand({ cluster, services: [service] }));
      return services[0];
    } catch (error) {
      if ((error as Error).name === "ClusterNotFoundException") return undefined;
      throw error;
    }
  }

  /** The newest deployment of a service that began after a moment. */
  async newestDeployment(region: string, cluster: string, service: string, after: Date): Promise<ServiceDeployment | undefined> {
    const { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const client = await this.ecs(region);
    const listed = await client.send(new ListServiceDeploymentsCommand({ cluster, service, createdAt: { after } }));
    const arns = (listed.serviceDeployments ?? []).flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? []);
    if (arns.length === 0) return undefined;
    const described = await client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns.slice(0, 20) }));
    return (described.serviceDeployments ?? []).sort((a, b) => Number(b.createdAt) - Number(a.createdAt))[0];
  }

  private async ecs(region: string): Promise<ECSClient> {
    const { ECSClient } = await import("@aws-sdk/client-ecs");
    return new ECSClient(await this.access.clientConfig("ecs", region));
  }
}

/** The host that answers for AWS where that is not AWS: by the environment's AWS_ENDPOINT_URL… or the stack's `aws:endpoints`. */
export function emulatorIn(values: Record<string, string>, environment: NodeJS.ProcessEnv): string | undefined {
  const named = Object.entries(environment).flatMap(([key, value]) => (/^AWS_ENDPOINT_URL/.test(key) && value ? [value] : []));
  const configured = [values["aws:endpoints"] ?? ""].flatMap((text) => text.match(/https?:\/\/[^"\s]+/g) ?? []);
  const hosts = [...named, ...configured].map((url) => (URL.canParse(url) ? new URL(url).host : url));
  return hosts.find((host) => !/\.amazonaws\.com(\.cn)?(:\d+)?$/.test(host));
}
