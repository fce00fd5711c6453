/** One problem in one manifest, with all that it takes to mend it. */
export interface Diagnostic {
  code: DiagnosticCode;
  /** Absolute path. */
  file: string;
  /** Both count from 1. */
  line: number;
  column: number;
  /** What is there, with the offending value. */
  problem: string;
  /** What was expected there. */
  expected: string;
  /** What would happen otherwise; only where it isn't plain from the problem. */
  consequence?: string;
  fix: string;
}

/** Codes are stable: people search for them. */
export const diagnosticCodes = {
  FL1001: "not YAML",
  FL1002: "unknown key",
  FL1003: "wrong type",
  FL1004: "missing key",
  FL1005: "value not allowed",
  FL1006: "impossible CPU and memory",
  FL1007: "unknown service",
  FL1008: "missing Dockerfile",
  FL1009: "image platform does not cover the task",
  FL1010: "service name used twice",
  FL1011: "path used twice",
  FL1012: "health check times out too late",
  FL1013: "unknown environment",
  FL1014: "key of another kind of service",
  FL1015: "host that nothing provides",
  FL1016: "unknown data resource",
  FL1017: "contradicting secret",
  FL1018: "image without a version",
  FL1019: "impossible scaling",
  FL1020: "deployment without traffic to shift",
  FL1021: "unknown container",
  FL1022: "capacity that does not fit",
  FL1023: "not a schedule",
  FL1024: "too many routes",
  FL1025: "service without a port",
  FL1026: "job that waits for a job",
  FL1027: "ECS Exec on a read-only file system",
  FL1028: "no network load balancer",
  FL1029: "Dockerfile for one platform only",
  FL1030: "platform that the builder can't run",
  FL1031: "missing build context",
  FL1032: "size above a guard rail",
  FL1033: "service without an owner",
  FL1034: "service without a required tag",
  FL1035: "more tasks than a guard rail allows",
} as const;
export type DiagnosticCode = keyof typeof diagnosticCodes;

/** Thrown with all problems of all manifests of an environment. Its message is ready to print; its stack says nothing to a user. */
export class ManifestError extends Error {
  constructor(readonly diagnostics: Diagnostic[]) {
    super(`${diagnostics.length} problem${diagnostics.length === 1 ? "" : "s"} in service manifests`);
    this.name = "ManifestError";
  }
}
