const { DeleteMessageCommand, ReceiveMessageCommand } = require("@aws-sdk/client-sqs");
const { PutObjectCommand } = require("@aws-sdk/client-s3");

/** Works off the queue until the signal says stop: a request becomes a report in the bucket, and only then leaves the queue. */
async function work({ sqs, s3, queueUrl, bucket, log, signal }) {
  while (!signal.aborted) {
    const { Messages = [] } = await receive({ sqs, queueUrl, signal });
    for (const message of Messages) {
      try {
        await writeReport({ s3, bucket, message });
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
        log.info("report written", { messageId: message.MessageId });
      } catch (error) {
        // The message comes back after its visibility timeout, and after five times goes to the dead letters.
        log.error("report failed", { messageId: message.MessageId, error: String(error) });
      }
    }
  }
}

async function receive({ sqs, queueUrl, signal }) {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MessageSystemAttributeNames: ["SentTimestamp"],
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 20,
  });
  try {
    return await sqs.send(command, { abortSignal: signal });
  } catch (error) {
    if (signal.aborted) return {};
    throw error;
  }
}

async function writeReport({ s3, bucket, message }) {
  const { subject } = JSON.parse(message.Body);
  if (typeof subject !== "string") throw new Error("the request has no subject");
  const report = { subject, writtenAt: new Date().toISOString() };
  const object = { Bucket: bucket, Key: keyOf(message), Body: JSON.stringify(report), ContentType: "application/json" };
  await s3.send(new PutObjectCommand(object));
}

/** S3 lists keys in their order, and whoever lists wants the newest first. A message that comes twice has the same key, and is one report. */
function keyOf({ MessageId, Attributes }) {
  return `${9_999_999_999_999 - Number(Attributes.SentTimestamp)}-${MessageId}.json`;
}

module.exports = { work };
