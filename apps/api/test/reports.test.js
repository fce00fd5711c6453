const assert = require("node:assert/strict");
const { test } = require("node:test");

const { reportStore } = require("../src/reports");

/** Answers commands by their names and keeps their inputs. */
function fakeClient(answers) {
  const inputs = [];
  const send = async ({ constructor, input }) => {
    inputs.push(input);
    return answers[constructor.name](input);
  };
  return { inputs, send };
}

test("a request is a message with its subject", async () => {
  const sqs = fakeClient({ SendMessageCommand: () => ({ MessageId: "m1" }) });
  assert.equal(await reportStore({ sqs, queueUrl: "q" }).request("sales"), "m1");
  assert.deepEqual(sqs.inputs, [{ QueueUrl: "q", MessageBody: '{"subject":"sales"}' }]);
});

test("the list holds what is in the objects, in the order of the bucket, and asks for few", async () => {
  const s3 = fakeClient({
    ListObjectsV2Command: () => ({ Contents: [{ Key: "2.json" }, { Key: "1.json" }] }),
    GetObjectCommand: ({ Key }) => ({ Body: { transformToString: async () => JSON.stringify({ subject: `of ${Key}` }) } }),
  });
  assert.deepEqual(await reportStore({ s3, bucket: "b" }).list(), [
    { id: "2", subject: "of 2.json" },
    { id: "1", subject: "of 1.json" },
  ]);
  assert.deepEqual(s3.inputs[0], { Bucket: "b", MaxKeys: 20 });
});

test("an empty bucket has no reports", async () => {
  const s3 = fakeClient({ ListObjectsV2Command: () => ({}) });
  assert.deepEqual(await reportStore({ s3, bucket: "b" }).list(), []);
});
