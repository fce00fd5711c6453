import { containerHealthCheckValues as limits } from "@fairlead/model";

import type { ContainerSettings, ImageConfig } from "../container/containerSettings";

/** A health check as a task definition states it. */
export interface TaskHealthCheck {
  /** `CMD` or `CMD-SHELL` first. */
  command: string[];
  intervalSeconds: number;
  timeoutSeconds: number;
  retries: number;
  startPeriodSeconds: number;
}

/** What Docker takes where a Dockerfile's HEALTHCHECK doesn't say. */
const ofDocker = { interval: 30, timeout: 30, retries: 3, startPeriod: 0 };

/**
 * The image's own health check, which ECS passes over, for the task definition. Never one that is stricter than Docker's would be: undefined where
 * ECS can't be as patient, and where the task runs something else than the image's own command, which the check may know nothing of.
 *
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function imageHealthCheck(run: ContainerSettings, { Healthcheck, Shell }: ImageConfig): TaskHealthCheck | undefined {
  const [mode, ...words] = Healthcheck?.Test ?? [];
  if (!["CMD", "CMD-SHELL"].includes(mode ?? "") || words.length === 0) return undefined;
  if (run.healthCheck || run.entryPoint?.length || run.command?.length) return undefined;
  const startPeriodSeconds = seconds(Healthcheck?.StartPeriod, ofDocker.startPeriod);
  const retries = Healthcheck?.Retries || ofDocker.retries;
  const timeoutSeconds = Math.max(seconds(Healthcheck?.Timeout, ofDocker.timeout), limits.timeoutSeconds.minimum);
  // A check must be over before the next one begins.
  const intervalSeconds = Math.max(seconds(Healthcheck?.Interval, ofDocker.interval), limits.intervalSeconds.minimum, timeoutSeconds + 1);
  const check = { intervalSeconds, timeoutSeconds, retries, startPeriodSeconds };
  const isStateable = (key: keyof typeof check) =>
    Number.isInteger(check[key]) && check[key] >= limits[key].minimum && check[key] <= limits[key].maximum;
  if (!(Object.keys(check) as (keyof typeof check)[]).every(isStateable)) return undefined;
  // ECS knows one shell; the image may have named another.
  return { command: mode === "CMD-SHELL" && Shell?.length ? ["CMD", ...Shell, ...words] : [mode!, ...words], ...check };
}

/** A config counts in nanoseconds; 0 is Docker's default. */
function seconds(nanoseconds: number | undefined, byDefault: number): number {
  return nanoseconds ? Math.ceil(nanoseconds / 1e9) : byDefault;
}
