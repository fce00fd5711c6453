import { createData } from "@fairlead/data";
import { deployServices, requireCertificateArn, servicesOf, type Settings } from "@fairlead/environment";
import { EncryptionKey } from "@fairlead/foundation";
import { AccessLogs, LoadBalancer, Network, ServiceDiscovery, WebAcl } from "@fairlead/networking";
import { AlarmTopic, Dashboard } from "@fairlead/observability";
import { Cluster } from "@fairlead/services";

import { data } from "./data";

/** Of the load balancer, the data and the access logs. Off with an `up` before it is destroyed: docs/environments.md, "Removing an environment". */
const deletionProtection = true;

/** Highly available and hardened: three zones, three tasks of each service, a key of our own, a firewall, nothing deletable by accident. */
export default function prod(settings: Settings) {
  const { region, cidrBlock } = settings;
  const specs = servicesOf(settings, {
    defaults: { cpuArchitecture: "ARM64", desiredCount: 3 },
    data,
    guardRails: { requireOwner: true, maxCpu: 4096, maxMemoryMiB: 16384, maxCount: 20 },
  });
  const { arn: kmsKeyArn } = new EncryptionKey("prod", { description: "Everything of prod", region, deletionProtection });
  const logs = { retentionInDays: 365, kmsKeyArn } as const;
  const network = new Network("prod", {
    region,
    cidrBlock,
    availabilityZones: 3,
    natGateways: "onePerZone",
    endpoints: true,
    flowLogs: "ALL",
    logs,
  });
  const accessLogs = new AccessLogs("prod-access-logs", { expirationDays: 365, forceDestroy: !deletionProtection });
  const cluster = new Cluster("prod", { containerInsights: "enhanced", executeCommandLogs: logs });
  const loadBalancer = new LoadBalancer("prod", {
    network,
    certificateArn: requireCertificateArn(settings),
    domainName: settings.domainName,
    hostedZoneId: settings.hostedZoneId,
    deletionProtection,
    maxRules: settings.loadBalancerRules,
    accessLogs,
    webAcl: new WebAcl("prod", { logs }),
  });
  const serviceDiscovery = new ServiceDiscovery("prod", { network, namespaceName: "prod.internal" });
  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    serviceDiscovery,
    data: createData(data, { network, deletionProtection, kmsKeyArn, logs, accessLogsBucket: accessLogs.bucketName }),
    alarmTopic: new AlarmTopic("prod", { emails: [...settings.alarmEmails], clusterArn: cluster.arn, kmsKeyArn }),
    kmsKeyArn,
    forceDeleteRepositories: false,
    logs,
  });
  const { url: dashboard } = new Dashboard("prod", { region, clusterName: "prod", loadBalancerArnSuffix: loadBalancer.arnSuffix });
  return { url: loadBalancer.url, ...services, dashboard };
}
