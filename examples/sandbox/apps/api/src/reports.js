const { SendMessageCommand, SQSClient } = require("@aws-sdk/client-sqs");

/** Asks report-writer for a report; returns its id. */
function reportRequester(queueUrl, sqs = new SQSClient()) {
  return async (subject) => {
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ subject }) }));
    return MessageId;
  };
}

module.exports = { reportRequester };
