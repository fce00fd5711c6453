import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import type { TaskFeature } from "./taskFeature";

/** How traces leave a task: `OTEL` over OTLP through the ADOT collector, `XRAY` through the X-Ray daemon for programs with its older SDK. */
export type Tracing = "OTEL" | "XRAY";

const collectors = {
  OTEL: {
    name: "aws-otel-collector",
    image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
    command: ["--config=/etc/ecs/ecs-default-config.yaml"],
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4317",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_PROPAGATORS: "xray,tracecontext",
    },
    healthCheck: { command: ["/healthcheck"] },
  },
  XRAY: {
    name: "xray-daemon",
    image: "public.ecr.aws/xray/aws-xray-daemon:3.3.13",
    command: undefined,
    environment: { AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000" },
    healthCheck: undefined,
  },
} as const;

/**
 * Tracing by a sidecar: its address for the program, the permission to send traces, and a collector whose end doesn't end the task.
 * `image` names another version, or a copy in a registry of yours.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/trace-data.html
 */
export function tracing(kind: Tracing, options: { image?: string } = {}): TaskFeature {
  const { name, image, command, environment, healthCheck } = collectors[kind];
  return {
    environment: { ...environment },
    statements: [
      {
        Effect: "Allow",
        Action: [
          "xray:GetSamplingRules",
          "xray:GetSamplingStatisticSummaries",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ],
        // AWS offers no resource to name for these actions.
        Resource: "*",
      },
    ],
    sidecars: {
      [name]: {
        image: new ExternalImage(options.image ?? image, platforms),
        command: command && [...command],
        healthCheck: healthCheck && { command: [...healthCheck.command] },
        essential: false,
      },
    },
  };
}
