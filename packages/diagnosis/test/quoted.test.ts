import { quoted } from "../src/quoted";

test.each([
  ["postgres://orders:hunter2@db/orders", "postgres://…@db/orders"],
  ["DB_PASSWORD=hunter2 host=db", "DB_PASSWORD=… host=db"],
  ['{"apiKey":"hunter2","port":80}', '{"apiKey":"…","port":80}'],
  ["Authorization: Bearer hunter2hunter2", "Authorization: Bearer …"],
  ["key AKIAABCDEFGHIJKLMNOP used", "key … used"],
  ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc123", "token …"],
])("what looks like a secret is left out: %s", (text, safe) => {
  expect(quoted(text)).toBe(safe);
  expect(quoted(text)).not.toMatch(/hunter2|AKIA|eyJ/);
});

test.each([
  "failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/database-AbCdEf from secrets manager",
  "retrieved secret from Secrets Manager did not contain json key password",
  'FATAL: password authentication failed for user "orders"',
])("words about secrets stay: %s", (text) => expect(quoted(text)).toBe(text));

test("what steers a terminal is written out, and a long line ends", () => {
  expect(quoted("a\x1b[2Jb\u202e")).toBe("a\\x1b[2Jb\\u202e");
  expect(quoted("x".repeat(9999)).length).toBeLessThan(500);
});
