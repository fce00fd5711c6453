import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";

import { certificateArn, region, servicesOf } from "./environment";
import { deployServices } from "./services";

/** Cheap: arm64 on Fargate Spot, one NAT gateway, one task of each service. */
export function dev() {
  const specs = servicesOf({ cpuArchitecture: "ARM64", desiredCount: 1 });
  const network = new Network("dev", { region, availabilityZones: 2, natGateways: "single" });
  const cluster = new Cluster("dev", { capacity: "FARGATE_SPOT", containerInsights: "disabled" });
  const loadBalancer = new LoadBalancer("dev", { network, certificateArn, deletionProtection: false });
  const serviceDiscovery = new ServiceDiscovery("dev", { network, namespaceName: "dev.internal" });
  const images = deployServices({
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    forceDeleteRepositories: true,
    retentionInDays: 7,
  });
  return { url: loadBalancer.url, images };
}
