const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { join } = require("node:path");
const { createInterface } = require("node:readline");
const { test } = require("node:test");

const { createApp } = require("../src/app");

async function serve(t, requestReport) {
  const lines = [];
  const log = { info: (message, fields) => lines.push({ message, ...fields }) };
  const server = createApp({ log, requestReport }).listen(0);
  t.after(() => server.close());
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, lines };
}

test("answers its health check without logging it", async (t) => {
  const { url, lines } = await serve(t);
  const response = await fetch(`${url}/health`);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { status: "healthy" });
  assert.deepEqual(lines, []);
});

test("lists users and logs the request", async (t) => {
  const { url, lines } = await serve(t);
  const users = await (await fetch(`${url}/api/users`)).json();
  assert.equal(users.length, 2);
  assert.deepEqual({ path: lines[0].path, status: lines[0].status }, { path: "/api/users", status: 200 });
});

test("answers 404 for an unknown user and an unknown path", async (t) => {
  const { url } = await serve(t);
  assert.equal((await fetch(`${url}/api/users/99`)).status, 404);
  assert.equal((await fetch(`${url}/nothing`)).status, 404);
});

test("a report is asked for, and a request without a subject refused", async (t) => {
  const asked = [];
  const { url } = await serve(t, async (subject) => {
    asked.push(subject);
    return "m1";
  });
  const post = (body) =>
    fetch(`${url}/api/reports`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const response = await post({ subject: "sales" });
  assert.deepEqual([response.status, await response.json()], [202, { id: "m1" }]);
  assert.equal((await post({})).status, 400);
  assert.deepEqual(asked, ["sales"]);
});

test("the process serves, passes its own health check, and ends on SIGTERM with code 0", async () => {
  const child = spawn(process.execPath, [join(__dirname, "../src/main.js")], { env: { ...process.env, PORT: "0" } });
  const [first] = await once(createInterface(child.stdout), "line");
  const { message, port } = JSON.parse(first);
  assert.equal(message, "listening");
  const check = spawn(process.execPath, [join(__dirname, "../src/healthcheck.js")], { env: { ...process.env, PORT: String(port) } });
  assert.deepEqual(await once(check, "exit"), [0, null]);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});
