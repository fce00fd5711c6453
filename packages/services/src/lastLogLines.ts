import type { AwsAccess } from "@fairlead/foundation/awsAccess";

/** The last 20 lines of a stream of CloudWatch's; none where nobody may read it: the failure of the task is what matters. */
export async function lastLogLines(
  aws: AwsAccess,
  { region, ...stream }: { region?: string; logGroupName: string; logStreamName: string },
): Promise<string[]> {
  const { CloudWatchLogsClient, GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  try {
    const logs = new CloudWatchLogsClient(await aws.clientConfig("logs", region));
    const { events } = await logs.send(new GetLogEventsCommand({ ...stream, limit: 20 }));
    return (events ?? []).map(({ message }) => message ?? "");
  } catch {
    return [];
  }
}
