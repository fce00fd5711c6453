import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";

import { region, requireCertificateArn, servicesOf } from "./environment";
import { deployServices } from "./services";

/** Highly available: three zones with a NAT gateway each, three tasks of each service, nothing deletable by accident. */
export function prod() {
  const specs = servicesOf({ cpuArchitecture: "ARM64", desiredCount: 3 });
  const network = new Network("prod", { region, availabilityZones: 3, natGateways: "onePerZone" });
  const cluster = new Cluster("prod", { containerInsights: "enhanced" });
  const loadBalancer = new LoadBalancer("prod", { network, certificateArn: requireCertificateArn(), deletionProtection: true });
  const serviceDiscovery = new ServiceDiscovery("prod", { network, namespaceName: "prod.internal" });
  const images = deployServices({
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    forceDeleteRepositories: false,
    retentionInDays: 365,
  });
  return { url: loadBalancer.url, images };
}
