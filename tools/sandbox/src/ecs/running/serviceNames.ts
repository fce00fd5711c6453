import type { DeployedService } from "../deployedService";
import type { AccountAccess } from "./accountAccess";
import type { ContainerNetwork } from "./containerNetwork";

interface DiscoveryService {
  Name: string;
  NamespaceId?: string;
  DnsConfig?: { NamespaceId?: string };
}

/**
 * The names of services in Cloud Map, which lead containers to the tasks that run.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
export class ServiceNames {
  private readonly names = new Map<string, Promise<string>>();
  private known = "{}";

  constructor(
    private readonly network: ContainerNetwork,
    private readonly account: AccountAccess,
  ) {}

  /** Lets each name lead to the tasks that run now. */
  async follow(services: Iterable<DeployedService>): Promise<void> {
    const addresses: Record<string, string[]> = {};
    for (const service of services) {
      for (const { registryArn } of (service.primary.settings.serviceRegistries ?? []) as { registryArn: string }[]) {
        const own = service.runningTasks.flatMap(({ privateIpv4Address }) => privateIpv4Address ?? []);
        if (own.length > 0) addresses[await this.nameOf(registryArn)] = own;
      }
    }
    const told = JSON.stringify(addresses);
    if (told === this.known) return;
    this.known = told;
    await this.network.setNames(addresses);
  }

  private nameOf(registryArn: string): Promise<string> {
    const known = this.names.get(registryArn) ?? this.askForName(registryArn);
    this.names.set(registryArn, known);
    return known;
  }

  private async askForName(registryArn: string): Promise<string> {
    const ask = (operation: string, Id: string) =>
      this.account.json("servicediscovery", `Route53AutoNaming_v20170314.${operation}`, { Id });
    const { Service } = (await ask("GetService", registryArn.split("/").at(-1)!)) as { Service: DiscoveryService };
    // Whoever makes it names the namespace here or there.
    const namespace = Service.NamespaceId ?? Service.DnsConfig!.NamespaceId!;
    const { Namespace } = (await ask("GetNamespace", namespace)) as { Namespace: { Name: string } };
    return `${Service.Name}.${Namespace.Name}`;
  }
}
