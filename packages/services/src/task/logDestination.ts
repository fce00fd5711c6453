import type { Statement } from "@fairlead/foundation";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

/** An output of Fluent Bit: its options by their names, whose case does not matter. */
export type FluentBitOptions = Record<string, string>;

/** Where the log router is, as far as its destination's ARN needs it. */
export interface LogDestinationContext {
  region: string;
  /** ARN of the destination's log group, where it was made beside the task. By its name by default. */
  logGroupArn?: pulumi.Input<string>;
}

/**
 * Name of the CloudWatch log group that an output writes to, and that nobody else makes; undefined where it writes elsewhere, or `auto_create_group`
 * says who makes it. A name with variables is known only to Fluent Bit.
 */
export function logGroupToMake(options: FluentBitOptions, region: string): string | undefined {
  const { get, plugin } = read(options);
  const name = get("log_group_name");
  const isOurs = (get("region") ?? region) === region && get("role_arn") === undefined && get("auto_create_group") === undefined;
  return cloudWatch.includes(plugin) && isOurs && name !== undefined && !name.includes("$") ? name : undefined;
}

/**
 * What the log router must be allowed for its output, where that is one of AWS's: the actions that Fluent Bit's page of each plugin names, on what
 * the options name. Nothing for others.
 *
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/firehose
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/kinesis
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/s3
 */
export function logDestinationStatements(options: FluentBitOptions, context: LogDestinationContext): Statement[] {
  const { get, plugin } = read(options);
  const allow = (Action: string | string[], Resource: pulumi.Input<string>): Statement[] => [{ Effect: "Allow", Action, Resource }];
  const named = (service: string, prefix: string, name: string | undefined) => {
    // What stands behind a variable is known only to Fluent Bit.
    const known = (name ?? "").replace(/\$.*$/s, "*");
    return pulumi.interpolate`arn:aws:${service}:${get("region") ?? context.region}:${getCallerIdentityOutput().accountId}:${prefix}${known}`;
  };
  const roleArn = get("role_arn");
  if (roleArn !== undefined) return allow("sts:AssumeRole", roleArn);
  if (cloudWatch.includes(plugin)) {
    const group = context.logGroupArn ?? named("logs", "log-group:", get("log_group_name"));
    const makes = /^(true|on|yes)$/i.test(get("auto_create_group") ?? "") ? ["logs:CreateLogGroup", "logs:PutRetentionPolicy"] : [];
    return allow([...makes, "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], pulumi.interpolate`${group}:*`);
  }
  if (firehose.includes(plugin)) return allow("firehose:PutRecordBatch", named("firehose", "deliverystream/", get("delivery_stream")));
  if (kinesis.includes(plugin)) return allow("kinesis:PutRecords", named("kinesis", "stream/", get("stream")));
  if (plugin === "s3") return allow("s3:PutObject", `arn:aws:s3:::${get("bucket") ?? ""}/*`);
  return [];
}

/**
 * The endpoint by which an output reaches its service of AWS's, as it stands after `com.amazonaws.<region>.`; undefined for one that is none of AWS's.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export function logDestinationEndpoint(options: FluentBitOptions): string | undefined {
  const { plugin } = read(options);
  if (cloudWatch.includes(plugin)) return "logs";
  if (firehose.includes(plugin)) return "kinesis-firehose";
  if (kinesis.includes(plugin)) return "kinesis-streams";
  return plugin === "s3" ? "s3" : undefined;
}

/**
 * The folder that an output keeps files in until they are sent; undefined for those that write to none.
 * @see https://docs.fluentbit.io/manual/pipeline/outputs/s3
 */
export function bufferFolder(options: FluentBitOptions): string | undefined {
  const { get, plugin } = read(options);
  return plugin === "s3" ? (get("store_dir") ?? "/tmp/fluent-bit/s3") : undefined;
}

// Each destination has a plugin of Fluent Bit's own, and one that AWS wrote before.
const cloudWatch = ["cloudwatch_logs", "cloudwatch"];
const firehose = ["kinesis_firehose", "firehose"];
const kinesis = ["kinesis_streams", "kinesis"];

function read(options: FluentBitOptions): { get(name: string): string | undefined; plugin: string } {
  const byName = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name), plugin: (byName.get("name") ?? "").toLowerCase() };
}
