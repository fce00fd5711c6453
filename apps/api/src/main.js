const { S3Client } = require("@aws-sdk/client-s3");
const { SQSClient } = require("@aws-sdk/client-sqs");

const { createApp } = require("./app");
const { createPool } = require("./connection");
const { createLog } = require("./log");
const { reportStore } = require("./reports");
const { shutDownOn } = require("./shutdown");
const { userStore } = require("./users");

const log = createLog();
const pool = createPool(log);
const users = userStore((text, values) => pool.query(text, values));
const { PORT = 3000, REPORT_REQUESTS_QUEUE_URL: queueUrl, REPORTS_BUCKET: bucket } = process.env;
const reports = reportStore({ sqs: new SQSClient(), queueUrl, s3: new S3Client(), bucket });
const server = createApp({ log, users, reports }).listen(Number(PORT), () => log.info("listening", { port: server.address().port }));
shutDownOn(["SIGTERM", "SIGINT"], server, log);
