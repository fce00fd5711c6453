const assert = require("node:assert");
const { test } = require("node:test");

const { work } = require("../src/worker");

/** Runs the worker on one batch of messages; returns what it asked of AWS. */
async function workOn(bodies, { s3Fails = false } = {}) {
  const stop = new AbortController();
  const commands = [];
  const logged = [];
  const sqs = {
    send: async (command) => {
      commands.push(command);
      if (command.constructor.name !== "ReceiveMessageCommand") return {};
      if (commands.length > 1) stop.abort();
      return { Messages: commands.length > 1 ? [] : bodies.map((Body, i) => ({ MessageId: `m${i}`, ReceiptHandle: `r${i}`, Body })) };
    },
  };
  const s3 = {
    send: async (command) => {
      commands.push(command);
      if (s3Fails) throw new Error("no bucket");
    },
  };
  const log = { info: (message) => logged.push(message), error: (message) => logged.push(message) };
  await work({ sqs, s3, queueUrl: "q", bucket: "b", log, signal: stop.signal });
  return {
    names: commands.map(({ constructor, input }) => `${constructor.name} ${input.Key ?? input.ReceiptHandle ?? ""}`.trim()),
    logged,
  };
}

test("a request becomes a report and leaves the queue", async () => {
  const { names } = await workOn(['{"subject":"sales"}']);
  assert.deepStrictEqual(names, ["ReceiveMessageCommand", "PutObjectCommand m0.json", "DeleteMessageCommand r0", "ReceiveMessageCommand"]);
});

test("a request that fails stays in the queue, and the others are served", async () => {
  const { names, logged } = await workOn(["no JSON", '{"subject":"sales"}']);
  assert.deepStrictEqual(
    names.filter((name) => name.startsWith("Delete")),
    ["DeleteMessageCommand r1"],
  );
  assert.deepStrictEqual(logged, ["report failed", "report written"]);
});

test("a report that can't be stored stays in the queue", async () => {
  const { names } = await workOn(['{"subject":"sales"}'], { s3Fails: true });
  assert.ok(!names.some((name) => name.startsWith("Delete")));
});
