const express = require("express");

const { answerErrors, ask } = require("./errors");

const longestSubject = 200;

/** The API, without a port: tests and main.js give it one. */
function createApp({ log, users, reports }) {
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
  // Of this process alone: tasks that all end because the database is away help nobody.
  app.get("/health", (_request, response) => response.json({ status: "healthy" }));
  app.get("/api/users", async (_request, response) => response.json(await ask("users", () => users.list())));
  app.get("/api/users/:id", async (request, response) => {
    const user = await ask("users", () => users.find(request.params.id));
    if (user) response.json(user);
    else response.status(404).json({ error: "no such user" });
  });
  app.get("/api/reports", async (_request, response) => response.json(await ask("reports", () => reports.list())));
  // From a program as JSON, and from the form of web's page, to which the browser then returns.
  app.post("/api/reports", express.json(), express.urlencoded(), async (request, response) => {
    const subject = request.body?.subject;
    if (typeof subject !== "string" || subject.trim() === "") return response.status(400).json({ error: "subject is missing" });
    if (subject.length > longestSubject) return response.status(400).json({ error: `subject is longer than ${longestSubject} characters` });
    const id = await ask("reports", () => reports.request(subject));
    return request.is("urlencoded") ? response.redirect(303, "/") : response.status(202).json({ id });
  });
  app.use((_request, response) => response.status(404).json({ error: "no such path" }));
  app.use(answerErrors(log));
  return app;
}

module.exports = { createApp };
