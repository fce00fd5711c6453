const { createApp } = require("./app");
const { createLog } = require("./log");
const { reportRequester } = require("./reports");
const { shutDownOn } = require("./shutdown");

const log = createLog();
const port = Number(process.env.PORT ?? 3000);
const server = createApp({ log, requestReport: reportRequester(process.env.REPORT_REQUESTS_QUEUE_URL) }).listen(port, () =>
  log.info("listening", { port: server.address().port }),
);
shutDownOn(["SIGTERM", "SIGINT"], server, log);
