import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ECRClient } from "@aws-sdk/client-ecr";
import type { ECSClient } from "@aws-sdk/client-ecs";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { SchedulerClient } from "@aws-sdk/client-scheduler";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import type { SSMClient } from "@aws-sdk/client-ssm";

/** Services of AWS's that are asked, by their names in the `endpoints` of Pulumi's AWS provider. */
export type AskedService =
  | "appautoscaling"
  | "cloudwatch"
  | "ec2"
  | "ecr"
  | "ecs"
  | "elbv2"
  | "iam"
  | "kms"
  | "logs"
  | "scheduler"
  | "secretsmanager"
  | "servicequotas"
  | "ssm";

/** Clients of AWS's SDK, each made when it is first asked for: loading one takes time. */
export interface DiagnosisClients {
  ecs(): Promise<ECSClient>;
  loadBalancing(): Promise<ElasticLoadBalancingV2Client>;
  ec2(): Promise<EC2Client>;
  ecr(): Promise<ECRClient>;
  iam(): Promise<IAMClient>;
  kms(): Promise<KMSClient>;
  secretsManager(): Promise<SecretsManagerClient>;
  ssm(): Promise<SSMClient>;
  logs(): Promise<CloudWatchLogsClient>;
  cloudWatch(): Promise<CloudWatchClient>;
  scaling(): Promise<ApplicationAutoScalingClient>;
  quotas(): Promise<ServiceQuotasClient>;
  scheduler(): Promise<SchedulerClient>;
}

/** Waits longer each time, and slows down as AWS throttles; five tries in all, because a diagnosis is asked for when much is throttled. */
const patience = { retryMode: "adaptive", maxAttempts: 5 };

/**
 * Clients by the configuration of each service, such as `AwsAccess.clientConfig` gives it.
 *
 * @example
 * ```ts
 * const clients = diagnosisClients((service) => access.clientConfig(service));
 * ```
 */
export function diagnosisClients(configOf: (service: AskedService) => object | Promise<object>): DiagnosisClients {
  const config = async (service: AskedService) => ({ ...patience, ...(await configOf(service)) });
  return {
    ecs: once(async () => new (await import("@aws-sdk/client-ecs")).ECSClient(await config("ecs"))),
    loadBalancing: once(
      async () => new (await import("@aws-sdk/client-elastic-load-balancing-v2")).ElasticLoadBalancingV2Client(await config("elbv2")),
    ),
    ec2: once(async () => new (await import("@aws-sdk/client-ec2")).EC2Client(await config("ec2"))),
    ecr: once(async () => new (await import("@aws-sdk/client-ecr")).ECRClient(await config("ecr"))),
    iam: once(async () => new (await import("@aws-sdk/client-iam")).IAMClient(await config("iam"))),
    kms: once(async () => new (await import("@aws-sdk/client-kms")).KMSClient(await config("kms"))),
    secretsManager: once(
      async () => new (await import("@aws-sdk/client-secrets-manager")).SecretsManagerClient(await config("secretsmanager")),
    ),
    ssm: once(async () => new (await import("@aws-sdk/client-ssm")).SSMClient(await config("ssm"))),
    logs: once(async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(await config("logs"))),
    cloudWatch: once(async () => new (await import("@aws-sdk/client-cloudwatch")).CloudWatchClient(await config("cloudwatch"))),
    scaling: once(
      async () =>
        new (await import("@aws-sdk/client-application-auto-scaling")).ApplicationAutoScalingClient(await config("appautoscaling")),
    ),
    quotas: once(async () => new (await import("@aws-sdk/client-service-quotas")).ServiceQuotasClient(await config("servicequotas"))),
    scheduler: once(async () => new (await import("@aws-sdk/client-scheduler")).SchedulerClient(await config("scheduler"))),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
