/** How AWS's price list names what a price of the file is for. */
export interface PriceQuery {
  serviceCode: string;
  /** End of the usage type, after the region's prefix (`USE1-`, `EUC1-`, none). */
  usageType: string;
  /** Further attributes that must be as they are here. */
  attributes?: Record<string, string>;
  /** The file's unit for one of the list's. Such as 1,000,000 where the list counts single requests. */
  factor?: number;
}

const million = 1_000_000;

/** The price list's name of each price. */
export const priceQueries: Record<string, PriceQuery> = {
  "fargate.x86_64.vcpu": { serviceCode: "AmazonECS", usageType: "Fargate-vCPU-Hours:perCPU" },
  "fargate.x86_64.gib": { serviceCode: "AmazonECS", usageType: "Fargate-GB-Hours" },
  "fargate.arm64.vcpu": { serviceCode: "AmazonECS", usageType: "Fargate-ARM-vCPU-Hours:perCPU" },
  "fargate.arm64.gib": { serviceCode: "AmazonECS", usageType: "Fargate-ARM-GB-Hours" },
  "fargate.ephemeralStorage": { serviceCode: "AmazonECS", usageType: "Fargate-EphemeralStorage-GB-Hours" },
  "loadBalancer.application": {
    serviceCode: "AWSELB",
    usageType: "LoadBalancerUsage",
    attributes: { operation: "LoadBalancing:Application" },
  },
  "loadBalancer.application.capacityUnit": {
    serviceCode: "AWSELB",
    usageType: "LCUUsage",
    attributes: { operation: "LoadBalancing:Application" },
  },
  "loadBalancer.network": { serviceCode: "AWSELB", usageType: "LoadBalancerUsage", attributes: { operation: "LoadBalancing:Network" } },
  "loadBalancer.network.capacityUnit": { serviceCode: "AWSELB", usageType: "LCUUsage", attributes: { operation: "LoadBalancing:Network" } },
  natGateway: { serviceCode: "AmazonEC2", usageType: "NatGateway-Hours" },
  "natGateway.data": { serviceCode: "AmazonEC2", usageType: "NatGateway-Bytes" },
  publicIpv4: { serviceCode: "AmazonVPC", usageType: "PublicIPv4:InUseAddress" },
  interfaceEndpoint: { serviceCode: "AmazonVPC", usageType: "VpcEndpoint-Hours" },
  "interfaceEndpoint.data": { serviceCode: "AmazonVPC", usageType: "VpcEndpoint-Bytes" },
  "logs.ingestion": { serviceCode: "AmazonCloudWatch", usageType: "DataProcessing-Bytes" },
  "logs.storage": { serviceCode: "AmazonCloudWatch", usageType: "TimedStorage-ByteHrs" },
  alarm: { serviceCode: "AmazonCloudWatch", usageType: "CW:AlarmMonitorUsage" },
  dashboard: { serviceCode: "AmazonCloudWatch", usageType: "DashboardsUsageHour" },
  "aurora.serverless": {
    serviceCode: "AmazonRDS",
    usageType: "Aurora:ServerlessV2Usage",
    attributes: { databaseEngine: "Aurora PostgreSQL" },
  },
  "aurora.storage": { serviceCode: "AmazonRDS", usageType: "Aurora:StorageUsage" },
  "aurora.requests": { serviceCode: "AmazonRDS", usageType: "Aurora:StorageIOUsage", factor: million },
  "elasticache.valkey.cache.t4g.micro": {
    serviceCode: "AmazonElastiCache",
    usageType: "NodeUsage:cache.t4g.micro",
    attributes: { cacheEngine: "Valkey" },
  },
  "elasticache.valkey.cache.t4g.small": {
    serviceCode: "AmazonElastiCache",
    usageType: "NodeUsage:cache.t4g.small",
    attributes: { cacheEngine: "Valkey" },
  },
  "kms.key": { serviceCode: "awskms", usageType: "KMS-Keys" },
  secret: { serviceCode: "AWSSecretsManager", usageType: "AWSSecretsManager-Secrets" },
  "ecr.storage": { serviceCode: "AmazonECR", usageType: "TimedStorage-ByteHrs" },
  "s3.storage": { serviceCode: "AmazonS3", usageType: "TimedStorage-ByteHrs" },
  "efs.storage": { serviceCode: "AmazonEFS", usageType: "TimedStorage-ByteHrs", attributes: { storageClass: "General Purpose" } },
  "sqs.requests": { serviceCode: "AWSQueueService", usageType: "Requests-Tier1", factor: million },
  "sns.requests": { serviceCode: "AmazonSNS", usageType: "Requests-Tier1", factor: million },
  "dynamodb.writes": { serviceCode: "AmazonDynamoDB", usageType: "WriteRequestUnits", factor: million },
  "dynamodb.reads": { serviceCode: "AmazonDynamoDB", usageType: "ReadRequestUnits", factor: million },
  "dynamodb.storage": { serviceCode: "AmazonDynamoDB", usageType: "TimedStorage-ByteHrs" },
  webAcl: { serviceCode: "awswaf", usageType: "WebACLV2" },
  "webAcl.rule": { serviceCode: "awswaf", usageType: "RuleV2" },
  "webAcl.requests": { serviceCode: "awswaf", usageType: "RequestV2-Tier1", factor: million },
};
