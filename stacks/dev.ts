import { createData, postgres } from "@fairlead/data";
import { deployServices, servicesOf, type Settings } from "@fairlead/environment";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";

import { data } from "./data";

/** Cheap: arm64 on Fargate Spot, one NAT gateway, one task of each service, a database that pauses, no alarms. */
export default function dev(settings: Settings) {
  const { region, cidrBlock } = settings;
  const specs = servicesOf(settings, { defaults: { cpuArchitecture: "ARM64", desiredCount: 1 }, data });
  const logs = { retentionInDays: 7 } as const;
  const network = new Network("dev", { region, cidrBlock, availabilityZones: 2, natGateways: "single", flowLogs: false });
  const cluster = new Cluster("dev", {
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" }],
    containerInsights: "disabled",
    executeCommandLogs: logs,
  });
  const loadBalancer = new LoadBalancer("dev", {
    network,
    certificateArn: settings.certificateArn,
    domainName: settings.domainName,
    hostedZoneId: settings.hostedZoneId,
    deletionProtection: false,
    maxRules: settings.loadBalancerRules,
  });
  const serviceDiscovery = new ServiceDiscovery("dev", { network, namespaceName: "dev.internal" });
  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(
      { ...data, accounts: postgres({ minCapacity: 0, maxCapacity: 2, instances: 1, finalSnapshot: false }) },
      { network, deletionProtection: false, logs },
    ),
    forceDeleteRepositories: true,
    logs,
  });
  return { url: loadBalancer.url, ...services };
}
