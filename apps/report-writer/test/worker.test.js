const assert = require("node:assert");
const { test } = require("node:test");

const { createLog } = require("../src/log");
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
      if (commands.length > 1) return { Messages: [] };
      const sent = command.input.MessageSystemAttributeNames.includes("SentTimestamp") ? 1_700_000_000_000 : undefined;
      return {
        Messages: bodies.map((Body, i) => ({
          MessageId: `m${i}`,
          ReceiptHandle: `r${i}`,
          Attributes: { SentTimestamp: String(sent + i) },
          Body,
        })),
      };
    },
  };
  const s3 = {
    send: async (command) => {
      commands.push(command);
      if (s3Fails) throw new Error("no bucket");
    },
  };
  const log = createLog((line) => logged.push(JSON.parse(line).message));
  await work({ sqs, s3, queueUrl: "q", bucket: "b", log, signal: stop.signal });
  return {
    names: commands.map(({ constructor, input }) => `${constructor.name} ${input.Key ?? input.ReceiptHandle ?? ""}`.trim()),
    logged,
  };
}

test("a request becomes a report and leaves the queue", async () => {
  const { names } = await workOn(['{"subject":"sales"}']);
  assert.deepStrictEqual(names, [
    "ReceiveMessageCommand",
    "PutObjectCommand 8299999999999-m0.json",
    "DeleteMessageCommand r0",
    "ReceiveMessageCommand",
  ]);
});

test("in the order of the keys, the newest report is the first", async () => {
  const { names } = await workOn(['{"subject":"older"}', '{"subject":"newer"}']);
  const keys = names.filter((name) => name.startsWith("Put")).map((name) => name.split(" ")[1]);
  assert.deepStrictEqual([...keys].sort(), [...keys].reverse());
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
