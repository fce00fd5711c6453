import { platforms, tracingVariables, type Tracing } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import type { TaskFeature } from "./taskFeature";

export const collectors = {
  OTEL: {
    name: "aws-otel-collector",
    image: "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1",
    command: ["--config=/etc/ecs/ecs-default-config.yaml"],
    healthCheck: { command: ["/healthcheck"] },
  },
  XRAY: {
    name: "xray-daemon",
    image: "public.ecr.aws/xray/aws-xray-daemon:3.3.13",
    command: undefined,
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
  const { name, image, command, healthCheck } = collectors[kind];
  return {
    environment: { ...tracingVariables[kind] },
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
