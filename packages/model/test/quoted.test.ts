import { quoted } from "../src/quoted";

const esc = "\x1b";
// Put together here, so that nothing which reads this file takes one for a real one.
const token = (prefix: string, separator = "") => `${prefix}${separator}${"hunter2".repeat(5)}`;
const keyLine = `MIIEvQIBADAN${"Bg9hunter2w0BAQEFAASC".repeat(3).slice(0, 52)}`;

test.each([
  ["postgres://orders:hunter2@db/orders", "postgres://…@db/orders"],
  ["DB_PASSWORD=hunter2 host=db", "DB_PASSWORD=… host=db"],
  ['{"apiKey":"hunter2","port":80}', '{"apiKey":"…","port":80}'],
  ["key AKIAABCDEFGHIJKLMNOP used", "key … used"],
  ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc123", "token …"],
  ["password=hunter2 is wrong", "password=… is wrong"],
  ["config:password=hunter2", "config:password=…"],
  ["ran psql --password hunter2 -h db", "ran psql --password … -h db"],
  ["DB_TOKEN: abcdef", "DB_TOKEN: …"],
])("what looks like a secret is left out: %s", (text, safe) => {
  expect(quoted(text)).toBe(safe);
});

test.each([
  ['{"msg":"{\\"password\\":\\"hunter2\\",\\"port\\":80}"}', '{"msg":"{\\"password\\":\\"…\\",\\"port\\":80}"}'],
  ['{\\"password\\":\\"a\\\\\\"hunter2\\"} x', '{\\"password\\":\\"…\\"} x'],
  ['{"password":"a\\"hunter2"}', '{"password":"…"}'],
  ["password='a b hunter2' host=db", "password='…' host=db"],
  ['password="hun,hunter2", host=db', 'password="…", host=db'],
  ['password: "cut off hunter2', 'password: "…'],
  ["{'password': b'hunter2'}", "{'password': '…'}"],
  ['{:password=>"hunter2", :port=>80}', '{:password=>"…", :port=>80}'],
  ["password := hunter2", "password := …"],
  ['"password": ["hunter2"]', '"password": ["…"]'],
  ["invalid password 'hunter2' of app", "invalid password '…' of app"],
  ["the password is hunter2", "the password is …"],
  ["login with password hunter2 refused", "login with password … refused"],
  ["redis: AUTH hunter2 refused", "redis: AUTH … refused"],
  ["Server=db;Uid=app;Pwd=hunter2;Database=x", "Server=db;Uid=app;Pwd=…;Database=x"],
  ["app:hunter2@tcp(db:3306)/x", "app:…@tcp(db:3306)/x"],
  ["postgres://app:aB3/hunter2@db/x", "postgres://…@db/x"],
  ["https://app:aB3/hunter2@db/x", "https://…@db/x"],
  [`pass${esc}[0mword=hunter2`, "password=…"],
])("in whatever form its name has: %s", (text, safe) => {
  expect(quoted(text)).toBe(safe);
});

test.each([
  ["Authorization: Bearer hunter2hunter2", "Authorization: Bearer …"],
  ["Authorization: Token hunter2", "Authorization: Token …"],
  ["authorization=hunter2", "authorization=…"],
  [
    "Authorization: AWS4-HMAC-SHA256 Credential=hunter2/20260601/eu-west-1, SignedHeaders=host, Signature=hunter2 x",
    "Authorization: AWS4-HMAC-SHA256 … x",
  ],
  ['"authorization": ["Bearer hunter2"]', '"authorization": ["Bearer …"]'],
  ["Proxy-Authorization: Basic hunter2hunter2", "Proxy-Authorization: Basic …"],
  ["sent Bearer hunter2hunter2 to it", "sent Bearer … to it"],
  ["Cookie: session=hunter2; theme=hunter2", "Cookie: …"],
  ["Set-Cookie: sid=hunter2; Path=/; HttpOnly", "Set-Cookie: …"],
  ['{"cookie":"sid=hunter2","port":80}', '{"cookie":"…","port":80}'],
  ["GET https://b.test/x?X-Amz-Signature=hunter2&x=1", "GET https://b.test/x?X-Amz-Signature=…&x=1"],
  ["ran mysql -h db -uroot -phunter2 shop", "ran mysql -h db -uroot -p… shop"],
  ["ran curl -s -u app:hunter2 https://x.test", "ran curl -s -u app:… https://x.test"],
  ["ran redis-cli -h cache -a hunter2", "ran redis-cli -h cache -a …"],
])("in headers and arguments: %s", (text, safe) => {
  expect(quoted(text)).toBe(safe);
});

test.each([
  token("sk_live", "_"),
  token("AIza"),
  token("glpat", "-"),
  token("github_pat", "_"),
  token("ghp", "_"),
  token("npm", "_"),
  token("xapp", "-"),
  token("sk-proj", "-"),
  `SG.${"hunter2".repeat(2)}.${"hunter2".repeat(3)}`,
  "aB3/xY9+".repeat(5),
  keyLine,
  `${"aB3/".repeat(16)}`,
  `-----BEGIN ${"PRIVATE"} KEY-----\nhunter2\nhunter2`,
])("and is told by its form alone: %s", (text) => {
  expect(quoted(`was ${text}`.replace(/^was (?=aB3)/, ""))).toMatch(/^(was )?…$/);
});

test.each([
  "failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/database-AbCdEf from secrets manager",
  "retrieved secret from Secrets Manager did not contain json key password",
  'FATAL: password authentication failed for user "orders"',
  "ResourceNotFoundException: arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/token-AbCdEf",
  'DB_SECRET="arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf"',
  "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
  "TypeError: password: undefined",
  "the password is incorrect",
  "asked for the password 3 times",
  "commit 0a1b2c3d4e5f0a1b2c3d4e5f0a1b2c3d4e5f0a1b of /usr/lib/node_modules/npm/lib/cli/Entry1",
  "PWD=/app OLDPWD: /",
  "Basic authentication is required",
  'WWW-Authenticate: Bearer error="invalid_token"',
  "Error in authorization: user may not write",
  "pull https://registry.test:5000/v2/@scope/pkg@1.0 and docker://registry.test:5000/a@sha256:0a1b",
  `sha256 ${"0a1b2c3d".repeat(8)}`,
  "0a1b2c3d".repeat(8),
  "redis://cache:6379/0 is unreachable, tell ops@example.test",
  "docker run --user 1000:1000 api",
])("what tells no secret stays: %s", (text) => expect(quoted(text)).toBe(text));

test("what steers a terminal is gone or written out, and a long line ends", () => {
  expect(quoted(`a${esc}[2Jb\u202e\x07`)).toBe("ab\\u202e\\x07");
  expect(quoted("x".repeat(9999)).length).toBeLessThan(500);
});

test.each(["x".repeat(398) + "🔥🔥", "x".repeat(1998) + "🔥🔥", "bad \ud83d end", "\udd25"])("what is quoted can be encoded", (text) => {
  expect(() => encodeURI(quoted(text))).not.toThrow();
});

const pieces = [
  "token",
  "(",
  "/",
  "//",
  "//:",
  "a:",
  "-p ",
  " -p",
  "mysql ",
  "curl -u ",
  "'",
  '\\"',
  "password ",
  "cookie: a=",
  "authorization: ",
  "bearer ",
  "a1B",
  "=",
  "-",
  "- ",
];
test.each(pieces)("of a line of 10 MB its beginning is looked at, and nothing backtracks over the rest: %s", (piece) => {
  const began = performance.now();
  quoted(piece.repeat(10_000_000 / piece.length));
  expect(performance.now() - began).toBeLessThan(1000);
});
