import type { DataKind } from "./dataKinds";

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

/** What a binding brings, by the end of each variable's name. Secrets are read from where they are kept when a task starts. */
const bound = {
  postgres: { environment: ["HOST", "PORT", "DATABASE"], secrets: ["USERNAME", "PASSWORD"] },
  cache: { environment: ["URL"], secrets: [] },
  queue: { environment: ["QUEUE_URL"], secrets: [] },
  topic: { environment: ["TOPIC_ARN"], secrets: [] },
  table: { environment: ["TABLE_NAME"], secrets: [] },
  bucket: { environment: ["BUCKET"], secrets: [] },
  fileSystem: { environment: ["PATH"], secrets: [] },
} as const satisfies Record<DataKind, { environment: readonly string[]; secrets: readonly string[] }>;

type Named<Ends extends readonly string[]> = Record<Ends[number], string>;

/** The names of the variables that a service gets with data of a kind: `HOST` of the postgres `accounts` is `ACCOUNTS_HOST`. */
export function bindingVariables<K extends DataKind>(
  kind: K,
  name: string,
): { environment: Named<(typeof bound)[K]["environment"]>; secrets: Named<(typeof bound)[K]["secrets"]> } {
  const named = (ends: readonly string[]) => Object.fromEntries(ends.map((end) => [end, `${variablePrefix(name)}_${end}`]));
  const { environment, secrets } = bound[kind];
  return { environment: named(environment), secrets: named(secrets) } as ReturnType<typeof bindingVariables<K>>;
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
