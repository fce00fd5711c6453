const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { createServer } = require("node:http");
const { join } = require("node:path");
const { createInterface } = require("node:readline");
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

test("the process serves, passes its own health check, and ends on SIGTERM with code 0", async () => {
  const child = spawn(process.execPath, [join(__dirname, "../src/main.js")], { env: { ...process.env, PORT: "0" } });
  const [first] = await once(createInterface(child.stdout), "line");
  const { port } = JSON.parse(first);
  const check = spawn(process.execPath, [join(__dirname, "../src/healthcheck.js")], { env: { ...process.env, PORT: String(port) } });
  assert.deepEqual(await once(check, "exit"), [0, null]);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("is healthy without the api", async (t) => {
  const url = await listen(t, createWebServer({ apiUrl: "http://127.0.0.1:1", log: silent }));
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});
