import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { dynamic } from "@pulumi/pulumi";

/** What the engine keeps of it. */
export interface LogRetentionProperties {
  /** ARN of what logs; its region is the log group's. */
  sourceArn: string;
  logGroupName: string;
  retentionInDays: number;
  kmsKeyArn?: string;
}

const aws = new AwsAccess();
const own = ["logGroupName", "retentionInDays", "kmsKeyArn"] as const;

/**
 * Sets how long a log group keeps what an AWS service writes to it, and makes the group where the service hasn't yet. The group stays when its
 * source goes: it is written to until then, and a group that was deleted before would come back without a retention.
 */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: LogRetentionProperties, news: LogRetentionProperties) =>
    Promise.resolve({ changes: own.some((property) => olds[property] !== news[property]) }),
  create: async (inputs: LogRetentionProperties) => {
    await setRetention(inputs, await clientFor(inputs));
    return { id: inputs.logGroupName, outs: inputs };
  },
  update: async (_id, olds: LogRetentionProperties, news: LogRetentionProperties) => {
    await setRetention(news, await clientFor(news), olds);
    return { outs: news };
  },
};

async function clientFor({ sourceArn }: LogRetentionProperties): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
  return new CloudWatchLogsClient(await aws.clientConfig("logs", sourceArn.split(":")[3]));
}

/** Brings the group about as it is to be, whatever there is of it; `before`: as it was set up until now. */
export async function setRetention(
  { logGroupName, retentionInDays, kmsKeyArn }: LogRetentionProperties,
  client: Pick<CloudWatchLogsClient, "send">,
  before?: LogRetentionProperties,
): Promise<void> {
  const { AssociateKmsKeyCommand, CreateLogGroupCommand, DisassociateKmsKeyCommand, PutRetentionPolicyCommand } =
    await import("@aws-sdk/client-cloudwatch-logs");
  try {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  } catch (error) {
    if ((error as Error).name !== "ResourceAlreadyExistsException") throw error;
  }
  await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  if (kmsKeyArn) await client.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: kmsKeyArn }));
  else if (before?.kmsKeyArn) await client.send(new DisassociateKmsKeyCommand({ logGroupName }));
}
