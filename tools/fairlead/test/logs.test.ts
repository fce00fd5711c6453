import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeAll(async () => {
  operated = await new OperatedRepository().start();
  const at = (offset: number) => Date.parse("2026-11-01T12:00:00Z") + offset;
  operated.account.state.logGroups.push(
    {
      logGroupName: "/fairlead/dev/api",
      streams: { "api/api/0123456789": [{ timestamp: at(0), message: '{"level":"error","msg":"no\\u001b[2J","id":"a b"}' }] },
    },
    { logGroupName: "/fairlead/dev/web", streams: { "web/web/abcdef0123": [{ timestamp: at(1), message: "GET / //jo:hunter2@x" }] } },
  );
});
afterAll(() => operated.stop());
const logs = (...args: string[]) => operated.run("logs", "-s", "dev", "--since", "2026-11-01", ...args);

test("logs are lines of all services, JSON by its fields, and nothing in them steers the terminal", async () => {
  expect(await logs()).toEqual({
    status: 0,
    stderr: "",
    stdout: '2026-11-01T12:00:00.000Z api 012345 ERROR no\\x1b[2J id="a b"\n' + "2026-11-01T12:00:00.001Z web abcdef GET / //…@x\n",
  });
});

test("--json is a line of JSON for each", async () => {
  const { stdout } = await logs("api", "--json");
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      time: "2026-11-01T12:00:00.000Z",
      service: "api",
      container: "api",
      task: "0123456789",
      message: '{"level":"error","msg":"no\\u001b[2J","id":"a b"}',
      fields: { level: "error", msg: "no\u001b[2J", id: "a b" },
    },
  ]);
  expect(stdout).not.toContain("\x1b");
});

test("--grep and --raw; nothing found is said beside the output", async () => {
  expect((await logs("--raw", "--grep", "/ERR/i")).stdout).toMatch(/ api 012345 \{"level":"error"/);
  expect(await logs("--grep", "nothing")).toMatchObject({
    status: 0,
    stdout: "",
    stderr: expect.stringMatching(/^Nothing of api, .* since 2026-11-01T00:00:00\.000Z with "nothing"\.\n$/),
  });
});

test("what may not be read is said beside the output, and is no success", async () => {
  operated.account.deny(["logs:FilterLogEvents"]);
  const { status, stderr } = await logs("web");
  expect([status, stderr]).toEqual([1, "Not seen: logs of web (needs logs:FilterLogEvents)\n"]);
});

test("mistakes are sentences", async () => {
  expect((await logs("--grep", "/(/")).stderr).toMatch(/^--grep \/\(\/: Invalid regular expression/);
  expect((await logs("--follow", "--until", "1m")).stderr).toBe("--follow goes on, and --until ends: one of the two.\n");
  expect((await logs("wep")).stderr).toMatch(/^There is no service or job "wep" in dev\. Did you mean "web"\? Services: api/);
});
