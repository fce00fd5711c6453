import type { logRetentions } from "@fairlead/model";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

/** Days that CloudWatch keeps log events: one of the numbers that it knows, up to 3,653 (ten years). */
export type RetentionInDays = (typeof logRetentions)[number];

/** How an environment keeps its logs: the same for services, flow logs and ECS Exec. */
export interface LogSettings {
  /** 30 days by default: CloudWatch's own default is forever, which only the bill notices. */
  retentionInDays?: RetentionInDays;
  /** ARN of the KMS key that encrypts them. CloudWatch's own key by default. */
  kmsKeyArn?: pulumi.Input<string>;
}

/** Arguments of a log group with these settings. */
export function logGroupArgs(name: string, settings: LogSettings = {}): cloudwatch.LogGroupArgs {
  return { name, retentionInDays: settings.retentionInDays ?? 30, kmsKeyId: settings.kmsKeyArn };
}
