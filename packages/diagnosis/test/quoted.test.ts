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

test.each([
  ["password=hunter2 is wrong", "password=… is wrong"],
  ["config:password=hunter2", "config:password=…"],
  ["ran psql --password hunter2 -h db", "ran psql --password … -h db"],
  ["DB_TOKEN: abcdef", "DB_TOKEN: …"],
  ["postgres://app:hunter2@db/orders", "postgres://…@db/orders"],
])("%s keeps no secret", (line, expected) => {
  expect(quoted(line).replace(/\/\/[^@]*@/, "//…@")).toBe(expected);
  expect(quoted(line)).not.toContain("hunter2");
});

test("names of secrets stay: they are what to look for", () => {
  const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/token-AbCdEf";
  expect(quoted(`ResourceNotFoundException: ${arn}`)).toContain(arn);
});

test("of a line of 10 MB its beginning is looked at, and nothing backtracks over the rest", () => {
  expect(quoted("token".repeat(2_000_000))).toHaveLength(quoted("token".repeat(2000)).length);
});
