/** What a value may be, and what it is where neither a manifest nor a component's argument says so. Limits are AWS's own where it has any. */
export interface ValueRule {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

/** The load balancer's health check. */
export const healthCheckValues = {
  path: { default: "/" },
  intervalSeconds: { minimum: 5, maximum: 300, default: 15 },
  timeoutSeconds: { minimum: 2, maximum: 120, default: 5 },
  matcher: { default: "200-299" },
  healthyThresholdCount: { minimum: 2, maximum: 10, default: 2 },
  unhealthyThresholdCount: { minimum: 2, maximum: 10, default: 2 },
  gracePeriodSeconds: { minimum: 0, maximum: 2_147_483_647, default: 60 },
} as const satisfies Record<string, ValueRule>;

/** The check that ECS runs inside a container. */
export const containerHealthCheckValues = {
  intervalSeconds: { minimum: 5, maximum: 300, default: 15 },
  timeoutSeconds: { minimum: 2, maximum: 60, default: 5 },
  retries: { minimum: 1, maximum: 10, default: 3 },
  startPeriodSeconds: { minimum: 0, maximum: 300, default: 30 },
} as const satisfies Record<string, ValueRule>;

/** How many security groups tasks may have besides their own: ECS takes five. */
export const taskSecurityGroupValues = { minimum: 1, maximum: 4 } as const satisfies ValueRule;

/** What `user` says where the image's own USER is to count: root, where its Dockerfile names none. */
export const imageUser = "image";

export const containerValues = {
  essential: { default: true },
  user: { default: "1000:1000" },
  readonlyRootFilesystem: { default: true },
  stopTimeoutSeconds: { minimum: 2, maximum: 120, default: 30 },
  initProcessEnabled: { default: true },
} as const satisfies Record<string, ValueRule>;

/** Of a secret of a container. */
export const secretValues = {
  redeployOnChange: { default: false },
} as const satisfies Record<string, ValueRule>;

export const portRange = { minimum: 1, maximum: 65535 } as const;

/**
 * Listener rules that a load balancer may have, unless AWS raised the quota.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const listenerRuleQuota = 100;

/**
 * Values that one listener rule can match, of paths and hosts together.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const listenerRuleValues = 5;
/** Those of a rule whose traffic ECS shifts: one is for the test header. */
export const shiftedRuleValues = listenerRuleValues - 1;

/** How long a client stays with its task, by a cookie: not at all unless it is said. */
export const stickinessValues = {
  stickinessSeconds: { minimum: 1, maximum: 604_800 },
} as const satisfies Record<string, ValueRule>;

/** Ranges of addresses that one route may name: its rule has room for them beside a path and a host. */
export const sourceIpsLimit = listenerRuleValues - 2;

/** Of a target group. */
export const deregistrationValues = {
  deregistrationDelaySeconds: { minimum: 0, maximum: 3600, default: 30 },
} as const satisfies Record<string, ValueRule>;

export const taskValues = {
  cpu: { minimum: 128, default: 256 },
  memoryMiB: { minimum: 128, default: 512 },
  ephemeralStorageGiB: { minimum: 21, maximum: 200 },
  desiredCount: { minimum: 0, maximum: 5000 },
} as const satisfies Record<string, ValueRule>;

/** Of each item of a capacity provider strategy. */
export const capacityValues = {
  base: { minimum: 0, maximum: 100_000, default: 0 },
  weight: { minimum: 0, maximum: 1000, default: 1 },
} as const satisfies Record<string, ValueRule>;

export const scalingValues = {
  minCapacity: { minimum: 0, maximum: 5000, default: 2 },
  maxCapacity: { minimum: 1, maximum: 5000, default: 10 },
  cpuPercent: { minimum: 1, maximum: 100, default: 70 },
  memoryPercent: { minimum: 1, maximum: 100, default: 80 },
  scaleOutCooldownSeconds: { minimum: 0, maximum: 3600, default: 60 },
  scaleInCooldownSeconds: { minimum: 0, maximum: 3600, default: 300 },
} as const satisfies Record<string, ValueRule>;

/** What a service's policies of scaling are called by their targets: a metric of one's own can't have such a name. */
export const scalingTargets: readonly string[] = ["cpu", "memory", "requests", "response-time", "backlog"];

export const deploymentValues = {
  strategy: { default: "ROLLING" },
  bakeTimeMinutes: { minimum: 0, maximum: 1440, default: 5 },
  canaryPercent: { minimum: 0.1, maximum: 99.9, default: 10 },
  stepPercent: { minimum: 3, maximum: 100, default: 25 },
  stepBakeTimeMinutes: { minimum: 0, maximum: 1440, default: 5 },
  minimumHealthyPercent: { minimum: 0, maximum: 100, default: 100 },
  maximumPercent: { minimum: 100, maximum: 200, default: 200 },
} as const satisfies Record<string, ValueRule>;

/** Whether deployments move traffic between two target groups. */
export function shiftsTraffic({ strategy = deploymentValues.strategy.default }: { strategy?: string } = {}): boolean {
  return strategy !== "ROLLING";
}

/** Thresholds of a service's alarms. */
export const alarmValues = {
  cpuPercent: { minimum: 1, maximum: 100, default: 90 },
  memoryPercent: { minimum: 1, maximum: 100, default: 90 },
  errorPercent: { minimum: 1, maximum: 100, default: 5 },
  latencyP99Seconds: { default: 2 },
  queueAgeSeconds: { minimum: 1, maximum: 1_209_600, default: 600 },
} as const satisfies Record<string, ValueRule>;

/** Of what runs on time, a scheduled job or a change of a service's limits. */
export const scheduleValues = {
  timezone: { default: "UTC" },
  retries: { minimum: 0, maximum: 185, default: 3 },
} as const satisfies Record<string, ValueRule>;

/** Of a run of a scheduled job: it has no end and one attempt unless it is told so. */
export const scheduledRunValues = {
  timeoutMinutes: { minimum: 1, maximum: 1440 },
  retryAttempts: { minimum: 0, maximum: 99 },
} as const satisfies Record<string, ValueRule>;

export const jobValues = {
  timeoutMinutes: { minimum: 1, maximum: 1440, default: 30 },
} as const satisfies Record<string, ValueRule>;

type Presets<V> = { [K in keyof V as V[K] extends { default: unknown } ? K : never]: V[K] };

/** What is given, with the default of each value that isn't. */
export function withDefaults<A extends object, V extends Record<string, ValueRule>>(
  given: A | undefined,
  values: V,
): A & Required<Pick<A, keyof A & keyof Presets<V>>> {
  const filled: Record<string, unknown> = { ...given };
  for (const [key, rule] of Object.entries(values)) if ("default" in rule) filled[key] ??= rule.default;
  return filled as A & Required<Pick<A, keyof A & keyof Presets<V>>>;
}
