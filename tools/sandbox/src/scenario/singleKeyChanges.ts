/** One key of a manifest of the sandbox's services, and its other value. */
export interface SingleKey {
  service: string;
  path: string[];
  /** Undefined: the key is removed. */
  value?: unknown;
  /** Version 5 of Terraform's AWS provider has no argument for it, so that it can't judge the change. */
  needsProvider6?: true;
  /** `up` changes no resource: the key is read when a job runs the next time. */
  changesNothing?: true;
  /** Not together with the others in one `up`: it excludes one of them, or a task that doesn't run here would have to. */
  apart?: true;
}

const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/api-AbCdEf";
const reports = [{ name: "report-requests" }, { name: "reports", access: "read" }];
const night = [{ name: "night", schedule: "cron(0 22 * * ? *)", minCapacity: 0 }];
const curl = { command: ["CMD", "node", "--version"], intervalSeconds: 20 };

/** What people change, one key at a time. */
export const singleKeys: SingleKey[] = [
  { service: "api", path: ["memoryMiB"], value: 1024 },
  { service: "api", path: ["ephemeralStorageGiB"], value: 30 },
  { service: "api", path: ["desiredCount"], value: 3 },
  { service: "api", path: ["capacityProviderStrategy"], value: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] },
  { service: "api", path: ["containerPort"], value: 3001 },
  { service: "api", path: ["routes"], value: [{ path: "/v1/*" }], apart: true },
  { service: "api", path: ["routes"], value: [{ path: "/api/*" }, { path: "/internal/*" }] },
  { service: "api", path: ["healthCheck", "path"], value: "/ready" },
  { service: "api", path: ["healthCheck", "intervalSeconds"], value: 30 },
  { service: "api", path: ["healthCheck", "timeoutSeconds"], value: 3 },
  { service: "api", path: ["healthCheck", "matcher"], value: "200-399" },
  { service: "api", path: ["healthCheck", "healthyThresholdCount"], value: 3 },
  { service: "api", path: ["healthCheck", "unhealthyThresholdCount"], value: 4 },
  { service: "api", path: ["healthCheck", "gracePeriodSeconds"], value: 120 },
  { service: "api", path: ["assignPublicIp"], value: true },
  { service: "api", path: ["deregistrationDelaySeconds"], value: 10 },
  { service: "api", path: ["uses"], value: reports },
  { service: "api", path: ["uses"], value: [{ name: "report-requests", access: "readWrite" }], apart: true },
  { service: "api", path: ["environment"], value: { LOG_LEVEL: "debug" } },
  { service: "api", path: ["secrets"], value: { STRIPE_KEY: { ssm: "/shop/stripe" } } },
  { service: "api", path: ["secrets"], value: { STRIPE_KEY: { secretsManager: secretArn } }, apart: true },
  { service: "api", path: ["user"], value: "2000:2000" },
  { service: "web", path: ["user"], value: "image" },
  { service: "api", path: ["readonlyRootFilesystem"], value: false },
  { service: "api", path: ["containerHealthCheck"], value: curl },
  { service: "api", path: ["stopTimeoutSeconds"], value: 60 },
  { service: "api", path: ["ulimits"], value: [{ name: "nofile", softLimit: 4096, hardLimit: 8192 }] },
  { service: "api", path: ["initProcessEnabled"], value: false },
  { service: "api", path: ["dockerLabels"], value: { team: "shop" } },
  { service: "api", path: ["tracing"], value: "XRAY", apart: true },
  { service: "api", path: ["owner"], value: "payments" },
  { service: "api", path: ["tags"], value: { costCenter: "4711" } },
  { service: "api", path: ["runtimePlatform"], value: { cpuArchitecture: "ARM64" } },
  { service: "web", path: ["calls"] },
  { service: "web", path: ["command"], value: ["node", "src/main.js"] },
  { service: "web", path: ["scaling"], value: { maxCapacity: 4 } },
  { service: "web", path: ["deployment"], value: { minimumHealthyPercent: 50 } },
  { service: "web", path: ["deployment"], value: { maximumPercent: 150 }, apart: true },
  { service: "web", path: ["deployment"], value: { strategy: "CANARY" }, needsProvider6: true, apart: true },
  { service: "web", path: ["deployment"], value: { strategy: "BLUE_GREEN" }, needsProvider6: true, apart: true },
  { service: "web", path: ["logRouting"], value: { options: { Name: "cloudwatch_logs" } }, apart: true },
  { service: "report-writer", path: ["scaling", "maxCapacity"], value: 5 },
  { service: "report-writer", path: ["scaling", "messagesPerTask"], value: 50 },
  { service: "report-writer", path: ["scaling", "schedules"], value: night },
  { service: "report-writer", path: ["uses"], value: [{ name: "report-requests" }], apart: true },
  { service: "accounts-migration", path: ["timeoutMinutes"], value: 20, changesNothing: true },
  { service: "accounts-migration", path: ["memoryMiB"], value: 1024 },
];
