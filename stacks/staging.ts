import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";

import { region, requireCertificateArn, servicesOf } from "./environment";
import { deployServices } from "./services";

/** As prod, in two zones and with one NAT gateway. */
export function staging() {
  const specs = servicesOf({ cpuArchitecture: "ARM64", desiredCount: 2 });
  const network = new Network("staging", { region, availabilityZones: 2, natGateways: "single" });
  const cluster = new Cluster("staging", { containerInsights: "enabled" });
  const loadBalancer = new LoadBalancer("staging", { network, certificateArn: requireCertificateArn(), deletionProtection: true });
  const serviceDiscovery = new ServiceDiscovery("staging", { network, namespaceName: "staging.internal" });
  const images = deployServices({
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    forceDeleteRepositories: false,
    retentionInDays: 30,
  });
  return { url: loadBalancer.url, images };
}
