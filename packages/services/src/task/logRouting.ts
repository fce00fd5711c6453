import { ArgumentErrors, type Statement } from "@fairlead/foundation";
import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";
import type * as pulumi from "@pulumi/pulumi";

import { bufferFolder, logDestinationStatements } from "./logDestination";
import type { TaskFeature } from "./taskFeature";

/** Arguments of {@link logRouting}. */
export interface LogRoutingArgs {
  /**
   * Output plugin of Fluent Bit and its options: `Name` chooses the plugin, such as `cloudwatch_logs`, `kinesis_firehose` or `http`.
   * @see https://docs.fluentbit.io/manual/pipeline/outputs
   */
  options: Record<string, string>;
  /** Region of the task, and of the destination if its options name none. */
  region: string;
  /** ARN of the log group that `cloudwatch_logs` writes to, where it is made beside the task. By its name in the options by default. */
  logGroupArn?: pulumi.Input<string>;
  /** What the router may do to reach the destination. By default what an output of CloudWatch, Firehose, Kinesis or S3 needs; nothing for others. */
  statements?: Statement[];
  /** Another version of the router, or a copy in a registry of yours. */
  image?: string;
}

/** The log router of AWS's own. */
export const fluentBitImage = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5";

/**
 * Sends the task's logs through FireLens: Fluent Bit as a sidecar, with AWS's metadata in each record. The router's own log stays in the
 * service's log group, where one looks when nothing arrives.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export function logRouting({ options, region, logGroupArn, statements, image = fluentBitImage }: LogRoutingArgs): TaskFeature {
  const errors = new ArgumentErrors();
  if (!options.Name) errors.refuse("options.Name", "which output plugin of Fluent Bit gets the logs, such as cloudwatch_logs");
  const buffers = bufferFolder(options);
  if (buffers && !buffers.startsWith("/")) errors.refuse("options.store_dir", `"${buffers}": an absolute path, where a volume is mounted`);
  errors.throwIfAny("logRouting");
  return {
    statements: statements ?? logDestinationStatements(options, { region, logGroupArn }),
    logConfiguration: { logDriver: "awsfirelens", options },
    sidecars: {
      "log-router": {
        image: new ExternalImage(image, platforms),
        firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
        // ECS refuses another: the socket and the configuration that it gives the router are root's.
        user: "0",
        writableMounts: buffers ? [buffers] : undefined,
        // A task without its router would block once the log buffer is full.
        essential: true,
      },
    },
  };
}
