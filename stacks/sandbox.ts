import { createData } from "@fairlead/data";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { data } from "./data";
import { certificateArn, loadBalancerRules, servicesOf } from "./environment";
import { deployServices } from "./services";

/** What `npm run sandbox` runs under the real engine without an account: an adopted VPC, and images for both platforms. */
export function sandbox() {
  const specs = servicesOf({ defaults: { cpuArchitecture: "X86_64", additionalPlatforms: ["linux/arm64"], desiredCount: 1 }, data });
  const logs = { retentionInDays: 7 } as const;
  const network = new Network("sandbox", { vpcId: new pulumi.Config().require("vpcId") });
  const cluster = new Cluster("sandbox", { containerInsights: "disabled", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("sandbox", { network, certificateArn, deletionProtection: false, maxRules: loadBalancerRules });
  const serviceDiscovery = new ServiceDiscovery("sandbox", { network, namespaceName: "sandbox.internal" });
  const services = deployServices({
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(data, { network, deletionProtection: false }),
    forceDeleteRepositories: true,
    logs,
  });
  return { url: loadBalancer.url, ...services };
}
