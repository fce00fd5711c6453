const express = require("express");

const users = [
  { id: 1, name: "Ada Lovelace" },
  { id: 2, name: "Grace Hopper" },
];

/** The API, without a port: tests and main.js give it one. */
function createApp({ log, requestReport }) {
  const app = express();
  app.disable("x-powered-by");
  app.use((request, response, next) => {
    const started = process.hrtime.bigint();
    response.on("finish", () => {
      if (request.path === "/health") return;
      const durationMs = Number(process.hrtime.bigint() - started) / 1e6;
      log.info("request", { method: request.method, path: request.path, status: response.statusCode, durationMs });
    });
    next();
  });
  app.get("/health", (_request, response) => response.json({ status: "healthy" }));
  app.get("/api/users", (_request, response) => response.json(users));
  app.get("/api/users/:id", (request, response) => {
    const user = users.find(({ id }) => String(id) === request.params.id);
    if (user) response.json(user);
    else response.status(404).json({ error: "no such user" });
  });
  app.post("/api/reports", express.json(), async (request, response) => {
    const subject = request.body?.subject;
    if (typeof subject !== "string" || subject === "") return response.status(400).json({ error: "subject is missing" });
    return response.status(202).json({ id: await requestReport(subject) });
  });
  app.use((_request, response) => response.status(404).json({ error: "no such path" }));
  return app;
}

module.exports = { createApp };
