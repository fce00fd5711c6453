const { createLog } = require("./log");
const { createWebServer } = require("./server");
const { shutDownOn } = require("./shutdown");

const log = createLog();
const port = Number(process.env.PORT ?? 8080);
// API_URL comes from `calls: [api]` in service.yaml; on a developer's machine the api listens beside.
const apiUrl = process.env.API_URL ?? "http://127.0.0.1:3000";
const server = createWebServer({ apiUrl, log }).listen(port, () => log.info("listening", { port: server.address().port }));
shutDownOn(["SIGTERM", "SIGINT"], server, log);
