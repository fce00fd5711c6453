const { GetObjectCommand, ListObjectsV2Command } = require("@aws-sdk/client-s3");
const { SendMessageCommand } = require("@aws-sdk/client-sqs");

const listed = 20;

/** Reports: asked for by a message to report-writer, read from the bucket that it writes them to. */
function reportStore({ sqs, queueUrl, s3, bucket }) {
  const read = async (key) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { id: key.replace(/\.json$/, ""), ...JSON.parse(await Body.transformToString()) };
  };
  return {
    /** Asks for a report; returns the request's id. */
    request: async (subject) => {
      const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ subject }) }));
      return MessageId;
    },
    /** The twenty newest: S3 lists in the order of the keys, and report-writer's begin with the newest. */
    list: async () => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: listed }));
      return Promise.all(Contents.map(({ Key }) => read(Key)));
    },
  };
}

module.exports = { reportStore };
