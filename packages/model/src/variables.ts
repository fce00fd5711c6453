/**
 * What a variable of a container may be called. ECS and Docker take more than shells do, such as Elasticsearch's `discovery.type`: a shell that starts a program
 * may leave names with dots and hyphens out.
 */
export const containerVariableName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** The environment's region, for AWS's SDKs. Every service has it. */
export const regionVariable = "AWS_REGION";

/** The port that a program listens on: that of `containerPort`. */
export const portVariable = "PORT";

/** `order-history` → `ORDER_HISTORY`: the beginning of the names of the variables that a binding or a callee brings. */
export function variablePrefix(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}

/** The variable that says where a service that is called answers. */
export function calleeVariable(callee: string): string {
  return `${variablePrefix(callee)}_URL`;
}

/** Where a program finds the collector of its traces: OTLP for `OTEL`, the X-Ray daemon for `XRAY`. */
export const tracingVariables = {
  OTEL: {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4317",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    OTEL_PROPAGATORS: "xray,tracecontext",
  },
  XRAY: { AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000" },
} as const;

/** How traces leave a task: `OTEL` over OTLP through the ADOT collector, `XRAY` through the X-Ray daemon for programs with its older SDK. */
export type Tracing = keyof typeof tracingVariables;
