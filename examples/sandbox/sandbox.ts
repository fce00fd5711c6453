import { createData } from "@fairlead/data";
import { deployServices, servicesOf, type Settings } from "@fairlead/environment";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { Cluster } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import { data } from "./data";

/** What `npm run sandbox` runs under the real engine without an account: an adopted VPC, and images for both platforms. */
export default function sandbox(settings: Settings) {
  const specs = servicesOf(settings, {
    defaults: { cpuArchitecture: "X86_64", additionalPlatforms: ["linux/arm64"], desiredCount: 1 },
    data,
  });
  const logs = { retentionInDays: 7 } as const;
  const network = new Network("sandbox", { vpcId: new pulumi.Config().require("vpcId") });
  const cluster = new Cluster("sandbox", { containerInsights: "disabled", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("sandbox", {
    network,
    certificateArn: settings.certificateArn,
    deletionProtection: false,
    maxRules: settings.loadBalancerRules,
  });
  const serviceDiscovery = new ServiceDiscovery("sandbox", { network, namespaceName: "sandbox.internal" });
  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(data, { network, deletionProtection: false, logs }),
    forceDeleteRepositories: true,
    logs,
  });
  return { url: loadBalancer.url, ...services };
}
