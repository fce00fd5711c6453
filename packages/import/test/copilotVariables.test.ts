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

test("a program that asks for the ARNs of its topics gets them in the JSON that Copilot gave it", () => {
  const topics = "publish: { topics: [{ name: orderEvents }, { name: refunds }] }";
  const manifest = `${build.replace("api }", "api }, port: 8080")}\n${topics}`;
  const { base, result } = importedService("Backend Service", manifest, {
    "api/main.js": "JSON.parse(process.env.COPILOT_SNS_TOPIC_ARNS)",
  });
  expect(base.composedEnvironment).toEqual({
    COPILOT_SNS_TOPIC_ARNS: '{"orderEvents":"${API_ORDEREVENTS_TOPIC_ARN}","refunds":"${API_REFUNDS_TOPIC_ARN}"}',
  });
  expect(findingsOf(result, "COPILOT_SNS_TOPIC_ARNS")).toEqual([]);
  expect(importedService("Backend Service", manifest, { "api/main.js": "" }).base).not.toHaveProperty("composedEnvironment");
});

test("a program that makes addresses of the endpoint may call all others, as before", () => {
  const other = 'name: stock\ntype: Backend Service\nimage: { location: "nginx:1", port: 80 }\n';
  const { base, result } = importedService("Worker Service", build, {
    "api/main.js": "fetch(`http://${process.env.WHO}.${process.env.COPILOT_SERVICE_DISCOVERY_ENDPOINT}`)",
    "copilot/stock/manifest.yml": other,
  });
  expect(base.calls).toEqual(["stock"]);
  expect(findingsOf(result, "COPILOT_SERVICE_DISCOVERY_ENDPOINT")).toMatchObject([{ outcome: "changed", to: "calls: [stock]" }]);
});

test("what begins as Copilot's variables do and is none, and what workflows say, is nobody's loss", () => {
  const { result } = importedService("Worker Service", "image: { build: { dockerfile: api/Dockerfile, context: . } }", {
    "api/main.js": "process.env.COPILOT_VERSION",
    ".github/workflows/deploy.yml": "env: { COPILOT_LB_DNS: x }",
  });
  expect(result.mentions).toEqual([]);
});
