const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { join } = require("node:path");
const { createInterface } = require("node:readline");
const { test } = require("node:test");

const { createApp } = require("../src/app");

const people = [{ id: 1, name: "Ada Lovelace" }];
const known = { list: async () => people, find: async (id) => people.find((user) => String(user.id) === id) };

async function serve(t, { users = known, reports } = {}) {
  const lines = [];
  const at = (level) => (message, fields) => lines.push({ level, message, ...fields });
  const server = createApp({ log: { info: at("info"), error: at("error") }, users, reports }).listen(0);
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
  assert.deepEqual(users, people);
  assert.deepEqual({ path: lines[0].path, status: lines[0].status }, { path: "/api/users", status: 200 });
});

test("answers 404 for an unknown user and an unknown path", async (t) => {
  const { url } = await serve(t);
  assert.equal((await fetch(`${url}/api/users/1`)).status, 200);
  assert.equal((await fetch(`${url}/api/users/99`)).status, 404);
  assert.equal((await fetch(`${url}/nothing`)).status, 404);
});

/** Reports that remember what they were asked for. */
function fakeReports() {
  const asked = [];
  const request = async (subject) => {
    asked.push(subject);
    return "m1";
  };
  return { asked, request, list: async () => asked.map((subject) => ({ subject })) };
}

const post = (url, body, type = "application/json") =>
  fetch(`${url}/api/reports`, { method: "POST", headers: { "content-type": type }, body, redirect: "manual" });

test("a program asks for a report in JSON, and it is listed", async (t) => {
  const { url } = await serve(t, { reports: fakeReports() });
  const response = await post(url, JSON.stringify({ subject: "sales" }));
  assert.deepEqual([response.status, await response.json()], [202, { id: "m1" }]);
  assert.deepEqual(await (await fetch(`${url}/api/reports`)).json(), [{ subject: "sales" }]);
});

test("a form's browser is sent back to the page", async (t) => {
  const reports = fakeReports();
  const { url } = await serve(t, { reports });
  const response = await post(url, new URLSearchParams({ subject: "sales & more" }), "application/x-www-form-urlencoded");
  assert.deepEqual([response.status, response.headers.get("location")], [303, "/"]);
  assert.deepEqual(reports.asked, ["sales & more"]);
});

test("a request without a proper subject is refused, in words", async (t) => {
  const reports = fakeReports();
  const { url, lines } = await serve(t, { reports });
  const bodies = ["{}", '{"subject":1}', '{"subject":" "}', JSON.stringify({ subject: "x".repeat(201) }), "{"];
  for (const body of bodies) {
    const response = await post(url, body);
    assert.deepEqual([response.status, Object.keys(await response.json())], [400, ["error"]], body);
  }
  assert.deepEqual(reports.asked, []);
  assert.ok(lines.every(({ level }) => level === "info"));
});

test("without the database, a client hears 503 and the log alone why", async (t) => {
  const fail = async () => {
    throw new Error("connect ECONNREFUSED 10.0.0.1:5432");
  };
  const { url, lines } = await serve(t, { users: { list: fail, find: fail } });
  const response = await fetch(`${url}/api/users`);
  assert.deepEqual([response.status, await response.json()], [503, { error: "users can't be had right now" }]);
  assert.deepEqual(
    lines.filter(({ level }) => level === "error").map(({ path, error }) => [path, error]),
    [["/api/users", "Error: connect ECONNREFUSED 10.0.0.1:5432"]],
  );
  assert.equal((await fetch(`${url}/health`)).status, 200);
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
