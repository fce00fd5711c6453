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

/** An api that answers each path with JSON, and 500 where there is none. */
const apiWith = (answers) =>
  createServer(({ url }, response) => {
    if (answers[url]) response.end(JSON.stringify(answers[url]));
    else response.writeHead(500).end();
  });

async function pageFor(t, answers, log = silent) {
  const url = await listen(t, createWebServer({ apiUrl: await listen(t, apiWith(answers)), log }));
  const response = await fetch(url);
  return { status: response.status, headers: response.headers, page: await response.text() };
}

const users = [{ id: 1, name: "<b>Ada</b>" }];
const reports = [{ id: "m1", subject: 'sales" & <i>more</i>', writtenAt: "2026-11-29T12:00:00.000Z" }];

test("renders what the api answers, escaped", async (t) => {
  const { status, page } = await pageFor(t, { "/api/users": users, "/api/reports": reports });
  assert.equal(status, 200);
  assert.match(page, /<li>&lt;b&gt;Ada&lt;\/b&gt;<\/li>/);
  assert.match(
    page,
    /<span>sales&quot; &amp; &lt;i&gt;more&lt;\/i&gt;<\/span> <time datetime="2026-11-29T12:00:00\.000Z">2026-11-29 12:00:00 UTC</,
  );
});

test("the form posts to the api, and the policy lets it and nothing else through", async (t) => {
  const { headers, page } = await pageFor(t, { "/api/users": users, "/api/reports": [] });
  assert.match(page, /<form method="post" action="\/api\/reports">/);
  assert.match(page, /There are no reports yet/);
  assert.match(headers.get("content-security-policy"), /default-src 'none';.*form-action 'self'/);
});

test("a list that can't be had leaves the rest of the page, and the log says why", async (t) => {
  const errors = [];
  const log = { ...silent, error: (message, fields) => errors.push({ message, ...fields }) };
  const { status, page } = await pageFor(t, { "/api/users": users }, log);
  assert.equal(status, 502);
  assert.match(page, /Ada/);
  assert.match(page, /The list of reports can't be had/);
  assert.match(page, /<form/);
  assert.deepEqual(
    errors.map(({ url, error }) => [new URL(url).pathname, error]),
    [["/api/reports", "Error: status 500"]],
  );
});

test("is a page without the api", async (t) => {
  const response = await fetch(await listen(t, createWebServer({ apiUrl: "http://127.0.0.1:1", log: silent })));
  assert.equal(response.status, 502);
  assert.equal((await response.text()).match(/can't be had/g).length, 2);
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
