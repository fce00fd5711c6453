import type { ECSClient, Service, ServiceDeployment, ServiceDeploymentBrief } from "@aws-sdk/client-ecs";
import { AwsAccess, type AwsClientConfig, type AwsService } from "@fairlead/foundation/awsAccess";
import { UserError } from "@fairlead/model";

import { asking, inOneLine } from "./awsCall";
import { refusal } from "./refusal";

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
      const { Account } = await new STSClient(await this.config("sts")).send(new GetCallerIdentityCommand({}));
      return Account!;
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw refusal("FL2604", `AWS doesn't say which account this is: ${inOneLine(error as Error)}`);
    }
  }

  /** What a client of AWS's SDK is made with. @param region the stack's by default */
  config(service: AwsService, region?: string): Promise<AwsClientConfig> {
    return this.access.clientConfig(service, region);
  }

  /** What ECS says of a service; undefined where there is none. */
  async ecsService(region: string, cluster: string, service: string): Promise<Service | undefined> {
    const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
    return asking("ecs:DescribeServices", region, async () => {
      try {
        const { services = [] } = await (await this.ecs(region)).send(new DescribeServicesCommand({ cluster, services: [service] }));
        return services[0];
      } catch (error) {
        if ((error as Error).name === "ClusterNotFoundException") return undefined;
        throw error;
      }
    });
  }

  /** The newest deployment of a service, as ECS describes it; undefined where it has none. */
  async newestDeployment(region: string, cluster: string, service: string): Promise<ServiceDeployment | undefined> {
    const { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const client = await this.ecs(region);
    const found: ServiceDeploymentBrief[] = [];
    let nextToken: string | undefined;
    do {
      const command = new ListServiceDeploymentsCommand({ cluster, service, nextToken });
      const page = await asking("ecs:ListServiceDeployments", region, () => client.send(command));
      found.push(...(page.serviceDeployments ?? []));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    const newest = found.sort((a, b) => Number(b.createdAt) - Number(a.createdAt))[0]?.serviceDeploymentArn;
    if (newest === undefined) return undefined;
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [newest] });
    const { serviceDeployments = [] } = await asking("ecs:DescribeServiceDeployments", region, () => client.send(command));
    return serviceDeployments[0];
  }

  /** A client of ECS in a region. */
  async ecs(region: string): Promise<ECSClient> {
    const { ECSClient } = await import("@aws-sdk/client-ecs");
    return new ECSClient(await this.config("ecs", region));
  }
}

/** The host that answers for AWS where that is not AWS: by the environment's AWS_ENDPOINT_URL… or the stack's `aws:endpoints`. */
export function emulatorIn(values: Record<string, string>, environment: NodeJS.ProcessEnv): string | undefined {
  const named = Object.entries(environment).flatMap(([key, value]) => (/^AWS_ENDPOINT_URL/.test(key) && value ? [value] : []));
  const configured = [values["aws:endpoints"] ?? ""].flatMap((text) => text.match(/https?:\/\/[^"\s]+/g) ?? []);
  const hosts = [...named, ...configured].map((url) => (URL.canParse(url) ? new URL(url).host : url));
  return hosts.find((host) => !/\.amazonaws\.com(\.cn)?(:\d+)?$/.test(host));
}
