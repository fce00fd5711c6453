import { AwsError, type ResourceModel } from "./model";
import type { Properties, World } from "./world";

const queue = "aws:sqs/queue:Queue";

function refuseWithoutQueue(inputs: Properties, world: World): void {
  if (!world.get(queue, inputs.queueUrl)) throw new AwsError("AWS.SimpleQueueService.NonExistentQueue", inputs.queueUrl);
}

/** One of the settings that SQS keeps beside a queue: its id is the queue's URL. */
const setting: ResourceModel = {
  replaceOn: ["queueUrl"],
  refuse: refuseWithoutQueue,
  create: (inputs) => ({ id: inputs.queueUrl, outputs: {} }),
};

/** SQS. Queues hold nothing. */
export const messaging: Record<string, ResourceModel> = {
  [queue]: {
    autoName: "name",
    replaceOn: ["name", "fifoQueue"],
    refuse({ name, redrivePolicy, visibilityTimeoutSeconds = 30 }, world, id) {
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
        throw new AwsError(
          "InvalidParameterValue",
          `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length: ${name}`,
        );
      if (visibilityTimeoutSeconds < 0 || visibilityTimeoutSeconds > 43_200)
        throw new AwsError("InvalidAttributeValue", "VisibilityTimeout");
      const target = redrivePolicy && (JSON.parse(redrivePolicy) as { deadLetterTargetArn: string }).deadLetterTargetArn;
      if (target && !world.find(queue, "arn", target))
        throw new AwsError("InvalidParameterValue", `Dead letter target does not exist: ${target}`);
      if (!id && world.find(queue, "name", name)) throw new AwsError("QueueAlreadyExists", name);
    },
    create: ({ name }, { arn, region, accountId }) => {
      const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
      return { id: url, outputs: { arn: arn("sqs", name), url } };
    },
  },
  "aws:sqs/queuePolicy:QueuePolicy": setting,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": setting,
};
