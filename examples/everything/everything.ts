import { bucket, cache, createData, fileSystem, postgres, queue, secret, table, topic } from "@fairlead/data";
import { deployServices, servicesOf, type Settings } from "@fairlead/environment";
import { EncryptionKey } from "@fairlead/foundation";
import {
  AccessLogs,
  Certificate,
  DnsAlias,
  Edge,
  LoadBalancer,
  Network,
  NetworkLoadBalancer,
  ServiceDiscovery,
  WebAcl,
} from "@fairlead/networking";
import { AlarmTopic, Dashboard } from "@fairlead/observability";
import { PublicRepository, RegistrySettings, Repository } from "@fairlead/registry";
import { Cluster, Ec2Capacity } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

const hostedZoneId = "Z0123456789ABCDEFGHIJ";
const replicaAccountId = "210987654321";
/** Whether load balancers, data and logs refuse to be deleted. */
const deletionProtection = true;

/** What services here bind to: one of each kind. */
const data = {
  orders: postgres({ maxCapacity: 16, backupRetentionDays: 35 }),
  sessions: cache({ nodeType: "cache.t4g.small" }),
  events: topic(),
  mails: queue({ topics: ["events"], filterPolicies: { events: { kind: ["ordered", "shipped"] } }, delaySeconds: 5, maxReceiveCount: 3 }),
  carts: table({
    partitionKey: { name: "customer" },
    sortKey: { name: "item" },
    globalSecondaryIndexes: { byItem: { partitionKey: { name: "item" } } },
    timeToLiveAttribute: "expiresAt",
  }),
  exports: bucket({ expirationDays: 365 }),
  media: fileSystem(),
  signingKey: secret({ length: 64 }),
  uploads: fileSystem({ enforceUserIdentity: false, sharedFolder: true }),
};

/** Nearly all that there is, in one environment. Not one to bring up as it is: it shows how each is written. */
export default function everything(settings: Settings) {
  const { region } = settings;
  const capacityProviders = ["graviton"];
  const specs = servicesOf(settings, {
    defaults: { cpuArchitecture: "ARM64", desiredCount: 2 },
    data,
    capacityProviders,
    networkLoadBalancer: true,
    internalLoadBalancer: true,
    serviceConnect: true,
  });
  const { arn: kmsKeyArn } = new EncryptionKey("everything", { description: "Everything of everything", region, deletionProtection });
  const logs = { retentionInDays: 365, kmsKeyArn } as const;

  registry(kmsKeyArn);
  const network = new Network("everything", {
    region,
    availabilityZones: 3,
    natGateways: "onePerZone",
    endpoints: true,
    additionalEndpoints: ["ecs", "ecs-agent", "ecs-telemetry", "sqs", "sns", "xray", "elasticfilesystem"],
    searchDomain: "everything.internal",
    flowLogs: "ALL",
    logs,
  });
  const accessLogs = new AccessLogs("everything-access-logs", { expirationDays: 365, forceDestroy: !deletionProtection });
  // A network without any way to the internet, and one that somebody else made. Nothing runs in them here.
  new Network("everything-closed", { region, cidrBlock: "10.1.0.0/16", natGateways: "none", endpoints: true, flowLogs: "ALL", logs });
  const adopted = new Network("everything-adopted", { vpcId: "vpc-0a1b2c3d4e5f60718" });
  new NetworkLoadBalancer("everything-peer", {
    network: adopted,
    internal: true,
    cidrBlocks: ["10.0.0.0/8"],
    deletionProtection,
    accessLogs,
  });
  const { loadBalancer, edge, certificateArn } = entry(network, accessLogs, logs);
  const networkLoadBalancer = new NetworkLoadBalancer("everything-tcp", {
    network,
    internal: true,
    cidrBlocks: ["10.0.0.0/8"],
    deletionProtection,
    accessLogs,
  });

  const internalLoadBalancer = new LoadBalancer("everything-internal", {
    network,
    internal: true,
    cidrBlocks: ["10.0.0.0/8"],
    certificateArn,
    domainName: "admin.internal.example.com",
    deletionProtection,
    accessLogs,
  });

  const instances = new Ec2Capacity("graviton", {
    network,
    clusterName: "everything",
    cpuArchitecture: "ARM64",
    instanceType: "m7g.large",
  });
  const cluster = new Cluster("everything", {
    capacity: [instances],
    defaultCapacityProviderStrategy: [
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ],
    executeCommandLogs: logs,
  });

  const services = deployServices({
    settings,
    specs,
    network,
    cluster,
    loadBalancer,
    publicUrl: "https://shop.example.com",
    networkLoadBalancer,
    internalLoadBalancer,
    serviceDiscovery: new ServiceDiscovery("everything", { network, namespaceName: "everything.internal" }),
    serviceConnect: true,
    data: createData(data, { network, deletionProtection, kmsKeyArn, logs, accessLogsBucket: accessLogs.bucketName }),
    alarmTopic: new AlarmTopic("everything", { emails: ["on-call@example.com"], clusterArn: cluster.arn, kmsKeyArn }),
    kmsKeyArn,
    forceDeleteRepositories: false,
    logs,
  });
  new Dashboard("everything", { region, clusterName: "everything", loadBalancerArnSuffix: loadBalancer.arnSuffix });
  return { url: edge.dnsName, ...services };
}

/** What belongs to the account's registry as a whole, and repositories for others. */
function registry(kmsKeyArn: EncryptionKey["arn"]): void {
  new RegistrySettings("registry", {
    scanType: "ENHANCED",
    replication: {
      repositoryPrefixes: ["fairlead/everything/"],
      destinations: [
        { region: "eu-west-1", accountId: "123456789012" },
        { region: "us-east-1", accountId: replicaAccountId },
      ],
    },
    pullThroughCache: {
      "ecr-public": { upstreamRegistryUrl: "public.ecr.aws" },
      "docker-hub": {
        upstreamRegistryUrl: "registry-1.docker.io",
        credentialArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/docker-hub-AbCdEf",
      },
    },
    kmsKeyArn,
  });
  new Repository("base-images", { repositoryName: "platform/base-images", kmsKeyArn, pullAccountIds: [replicaAccountId] });
  new Repository("scratch", { repositoryName: "platform/scratch", untaggedExpiryDays: 1, keepImages: 10 });
  new PublicRepository("agent", { repositoryName: "agent", description: "Our agent", platforms: ["linux/amd64", "linux/arm64"] });
}

/** CloudFront in front of a load balancer that nobody else reaches. */
function entry(network: Network, accessLogs: AccessLogs, logs: { retentionInDays: 365; kmsKeyArn: EncryptionKey["arn"] }) {
  const certificate = new Certificate("everything", {
    domainName: "shop.example.com",
    subjectAlternativeNames: ["origin.shop.example.com", "*.shop.example.com"],
    hostedZoneId,
  });
  const requiredHeader = { name: "x-origin-key", value: new pulumi.Config().requireSecret("originKey") };
  const originAcl = new WebAcl("everything-origin", { requiredHeader, logs });
  const loadBalancer = new LoadBalancer("everything", {
    network,
    certificateArn: certificate.arn,
    admits: "cloudFront",
    deletionProtection,
    accessLogs,
    webAcl: originAcl,
  });
  const edge = new Edge("everything", {
    loadBalancer,
    domainNames: ["shop.example.com"],
    originDomainName: "origin.shop.example.com",
    certificateArn: certificate.arn,
    webAcl: new WebAcl("everything", { scope: "CLOUDFRONT", requestsPerFiveMinutes: 5000, logs }),
    logExpirationDays: 365,
    deletionProtection,
    forceDestroy: !deletionProtection,
  });
  new DnsAlias("everything-shop", { domainName: "shop.example.com", hostedZoneId, target: edge, ipv6: true });
  new DnsAlias("everything-origin", { domainName: "origin.shop.example.com", hostedZoneId, target: loadBalancer });
  return { loadBalancer, edge, certificateArn: certificate.arn };
}
