const assert = require("node:assert");
const { X509Certificate } = require("node:crypto");
const { test } = require("node:test");

const { connection } = require("../src/connection");

test("only a server that RDS's authorities vouch for gets the password", () => {
  const { ssl, port } = connection({ ACCOUNTS_PORT: "5433" });
  assert.notStrictEqual(ssl.rejectUnauthorized, false);
  const subjects = ssl.ca.map((text) => new X509Certificate(text).subject);
  assert.ok(subjects.some((subject) => subject.includes("CN=Amazon RDS us-east-1 Root CA RSA2048 G1")));
  assert.strictEqual(port, 5433);
});
