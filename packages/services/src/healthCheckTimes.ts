import type { ArgumentErrors } from "@fairlead/foundation";

interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

/** Refuses times of a health check that AWS would refuse: a check must be over before the next one begins. */
export function refuseLateChecks(
  path: string,
  { intervalSeconds, timeoutSeconds }: { intervalSeconds: number; timeoutSeconds: number },
  limits: { readonly intervalSeconds: Limits; readonly timeoutSeconds: Limits },
  errors: ArgumentErrors,
): void {
  errors.range(`${path}.intervalSeconds`, intervalSeconds, limits.intervalSeconds, "seconds");
  const { minimum, maximum } = limits.timeoutSeconds;
  errors.range(
    `${path}.timeoutSeconds`,
    timeoutSeconds,
    [minimum, Math.min(maximum, intervalSeconds - 1)],
    "seconds, less than the interval",
  );
}
