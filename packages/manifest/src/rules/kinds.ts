import type { Diagnostic } from "../diagnostic";
import type { ServiceKind } from "../schema/service";
import type { Rule } from "./rule";

const serves: readonly ServiceKind[] = ["web-service", "backend-service"];
/** Kinds whose tasks are replaced by a deployment. */
export const keepsRunning: readonly ServiceKind[] = [...serves, "worker"];

/** Keys that not every kind has, with the kinds that have them. */
const kindsByKey: Record<string, readonly ServiceKind[]> = {
  containerPort: serves,
  targetContainer: serves,
  routes: ["web-service"],
  tcp: ["web-service"],
  healthCheck: ["web-service"],
  deregistrationDelaySeconds: ["web-service"],
  stickinessSeconds: ["web-service"],
  internal: ["web-service"],
  desiredCount: keepsRunning,
  scaling: keepsRunning,
  deployment: keepsRunning,
  alarms: keepsRunning,
  placement: keepsRunning,
  schedule: ["scheduled-job"],
  state: ["scheduled-job"],
  timezone: ["scheduled-job"],
  retries: ["scheduled-job"],
  retryAttempts: ["scheduled-job"],
  timeoutMinutes: ["job", "scheduled-job"],
  before: ["job"],
};

/** Whether a kind has a key. */
export function hasKey(kind: ServiceKind, key: string): boolean {
  return kindsByKey[key]?.includes(kind) ?? true;
}

/** Keys that a kind can't do without. */
const requiredByKind: Partial<Record<ServiceKind, string[]>> = {
  "web-service": ["containerPort"],
  "backend-service": ["containerPort"],
  "scheduled-job": ["schedule"],
};

/** Each kind has its own keys. */
export const kinds: Rule = ({ spec: { kind }, locate, locateKey, written }) => {
  const misplaced = Object.entries(kindsByKey)
    .filter(([key, allowed]) => written.has(key) && !allowed.includes(kind))
    .map(([key, allowed]): Diagnostic => ({
      code: "FL1014",
      ...locateKey([key]),
      problem: `a ${kind} has no "${key}"`,
      expected: `"${key}" with kind ${allowed.join(" or ")}`,
      consequence: "It would do nothing.",
      fix: `Remove it, or set kind to ${allowed[0]}.`,
    }));
  const missing = (requiredByKind[kind] ?? [])
    .filter((key) => !written.has(key))
    .map((key): Diagnostic => ({
      code: "FL1004",
      ...locate([]),
      problem: `a ${kind} has no "${key}", and needs one`,
      expected: key === "schedule" ? "when it runs, such as cron(0 3 * * ? *)" : "the port that the program listens on",
      fix: key === "containerPort" ? `Add "containerPort: …", or set kind to worker.` : `Add "${key}: …".`,
    }));
  return [...misplaced, ...missing];
};
