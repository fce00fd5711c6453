import { findingsOf, importedService } from "./application";

const source = {
  "api/main.js": "consume(process.env.COPILOT_QUEUE_URI);\nconsole.log(process.env.COPILOT_SERVICE_NAME, process.env.COPILOT_LB_DNS);\n",
};
const build = "image: { build: { dockerfile: api/Dockerfile, context: api } }";

test("a worker's program finds its queue by the name that Copilot gave it, where its source asks for it", () => {
  const subscribe = "subscribe: { topics: [{ name: orders, service: front }] }";
  const { base, result } = importedService("Worker Service", `${build}\n${subscribe}`, source);
  expect(base.uses).toEqual([{ name: "api-events", access: "read", as: { queueUrl: "COPILOT_QUEUE_URI" } }]);
  expect(findingsOf(result, "COPILOT_QUEUE_URI")).toEqual([]);
  expect(result.mentions.find(({ name }) => name === "COPILOT_QUEUE_URI")).toMatchObject({ givenBy: "uses" });
  const silent = importedService("Worker Service", `${build}\n${subscribe}`, { "api/main.js": "" });
  expect(silent.base.uses).toEqual([{ name: "api-events", access: "read" }]);
});

test("what Copilot set is set where a source asks for it; the rest is to decide, with its place", () => {
  const { base, result } = importedService("Backend Service", `${build.replace("api }", "api }, port: 8080")}`, source);
  expect(base.environment).toEqual({ COPILOT_SERVICE_NAME: "api" });
  expect(findingsOf(result, "COPILOT_LB_DNS")).toMatchObject([{ outcome: "decide", place: { file: "api/main.js", line: 2 } }]);
  // Copilot gives it to workers alone.
  expect(findingsOf(result, "COPILOT_QUEUE_URI")).toMatchObject([{ outcome: "decide", place: { line: 1 } }]);
});
