import { loadedProvider, logGroupArgs, type LogSettings } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import type { LogRetentionProperties } from "./logRetentionProvider";

/** Arguments of {@link LogRetention}. */
export interface LogRetentionArgs {
  logGroupName: pulumi.Input<string>;
  /** ARN of what logs. */
  sourceArn: pulumi.Input<string>;
  logs?: LogSettings;
}

/**
 * How long a log group is kept that an AWS service makes by itself, and that it keeps for ever if nobody says otherwise. A
 * `cloudwatch.LogGroup` can't be it: its creation fails where the service was first, as in every database that was there before.
 */
export class LogRetention extends pulumi.CustomResource {
  constructor(name: string, { logGroupName, sourceArn, logs }: LogRetentionArgs, options?: pulumi.CustomResourceOptions) {
    const { retentionInDays, kmsKeyId } = logGroupArgs(name, logs);
    const properties = { sourceArn, logGroupName, retentionInDays, kmsKeyArn: kmsKeyId } satisfies Record<
      keyof LogRetentionProperties,
      unknown
    >;
    const __provider = loadedProvider("@fairlead/data/logRetentionProvider");
    super("pulumi-nodejs:dynamic/fairlead:LogRetention", name, { ...properties, __provider }, options);
  }
}
