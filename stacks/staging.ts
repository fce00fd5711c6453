import { createData } from "@fairlead/data";
import { deployServices, requireCertificateArn, servicesOf, type Settings } from "@fairlead/environment";
import { LoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";
import { AlarmTopic, Dashboard } from "@fairlead/observability";
import { Cluster } from "@fairlead/services";

import { data } from "./data";

/** Of the load balancer and the data. Off with an `up` before it is destroyed: docs/environments.md, "Removing an environment". */
const deletionProtection = true;

/** As prod, in two zones, with one NAT gateway, and without what costs by the hour to be safe from people: firewall, endpoints, own keys. */
export default function staging(settings: Settings) {
  const { region, cidrBlock } = settings;
  const specs = servicesOf(settings, { defaults: { cpuArchitecture: "ARM64", desiredCount: 2 }, data });
  const logs = { retentionInDays: 30 } as const;
  const network = new Network("staging", { region, cidrBlock, availabilityZones: 2, natGateways: "single", logs });
  const cluster = new Cluster("staging", { containerInsights: "enabled", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("staging", {
    network,
    certificateArn: requireCertificateArn(settings),
    domainName: settings.domainName,
    hostedZoneId: settings.hostedZoneId,
    deletionProtection,
    maxRules: settings.loadBalancerRules,
  });
  const serviceDiscovery = new ServiceDiscovery("staging", { network, namespaceName: "staging.internal" });
  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(data, { network, deletionProtection, logs }),
    alarmTopic: new AlarmTopic("staging", { emails: [...settings.alarmEmails], clusterArn: cluster.arn }),
    forceDeleteRepositories: false,
    logs,
  });
  const { url: dashboard } = new Dashboard("staging", { region, clusterName: "staging", loadBalancerArnSuffix: loadBalancer.arnSuffix });
  return { url: loadBalancer.url, ...services, dashboard };
}
