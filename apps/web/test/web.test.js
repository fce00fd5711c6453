const assert = require("node:assert/strict");
const { once } = require("node:events");
const { createServer } = require("node:http");
const { test } = require("node:test");

const { createWebServer } = require("../src/server");

async function listen(t, server) {
  server.listen(0);
  t.after(() => server.close());
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

const silent = { info: () => {}, error: () => {} };

test("renders what the api answers, escaped", async (t) => {
  const api = createServer((_request, response) => response.end(JSON.stringify([{ id: 1, name: "<b>Ada</b>" }])));
  const url = await listen(t, createWebServer({ apiUrl: await listen(t, api), log: silent }));
  const response = await fetch(url);
  assert.equal(response.status, 200);
  const page = await response.text();
  assert.match(page, /<li>&lt;b&gt;Ada&lt;\/b&gt;<\/li>/);
});

test("says so when the api does not answer, and logs why", async (t) => {
  const errors = [];
  const api = createServer((_request, response) => response.writeHead(500).end());
  const log = { ...silent, error: (message, fields) => errors.push({ message, ...fields }) };
  const url = await listen(t, createWebServer({ apiUrl: await listen(t, api), log }));
  const response = await fetch(url);
  assert.equal(response.status, 502);
  assert.match(await response.text(), /can't be had/);
  assert.match(errors[0].error, /status 500/);
});

test("is healthy without the api", async (t) => {
  const url = await listen(t, createWebServer({ apiUrl: "http://127.0.0.1:1", log: silent }));
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});
