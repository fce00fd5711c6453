const { S3Client } = require("@aws-sdk/client-s3");
const { SQSClient } = require("@aws-sdk/client-sqs");

const { createLog } = require("./log");
const { work } = require("./worker");

const log = createLog();
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => stop.abort());

const { REPORT_REQUESTS_QUEUE_URL: queueUrl, REPORTS_BUCKET: bucket } = process.env;
log.info("working", { queueUrl, bucket });
work({ sqs: new SQSClient(), s3: new S3Client(), queueUrl, bucket, log, signal: stop.signal }).catch((error) => {
  log.error("gave up", { error: String(error) });
  process.exitCode = 1;
});
