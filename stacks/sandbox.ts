import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { certificateArn, servicesOf } from "./environment";
import { deployServices } from "./services";

/** What `npm run sandbox` runs under the real engine without an account: an adopted VPC, and images for both platforms. */
export function sandbox() {
  const specs = servicesOf({ cpuArchitecture: "X86_64", additionalPlatforms: ["linux/arm64"], desiredCount: 1 });
  const network = new Network("sandbox", { vpcId: new pulumi.Config().require("vpcId") });
  const cluster = new Cluster("sandbox", { containerInsights: "disabled" });
  const loadBalancer = new LoadBalancer("sandbox", { network, certificateArn, deletionProtection: false });
  const serviceDiscovery = new ServiceDiscovery("sandbox", { network, namespaceName: "sandbox.internal" });
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
