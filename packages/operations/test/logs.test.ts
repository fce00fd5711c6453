import { jsonLine, LogReader, logSources, Sight, since, type LogLine, type LogQuery } from "../src";
import { shop, type Shop } from "../testing/shop";

const withLogs = (...names: string[]) => {
  const seen = shop(names.map((name) => ({ name })));
  for (const name of names) seen.account.state.logGroups.push({ logGroupName: `/fairlead/shop/${name}`, streams: {} });
  return seen;
};
const write = ({ account }: Shop, service: string, task: string, timestamp: number, message: string) => {
  const { streams } = account.state.logGroups.find(({ logGroupName }) => logGroupName === `/fairlead/shop/${service}`)!;
  (streams[`${service}/${service}/${task}`] ??= []).push({ timestamp, message });
};
const read = async (seen: Shop, query: LogQuery = { since: 0 }, services: string[] = []) => {
  const sight = new Sight("shop");
  const lines = await new LogReader(seen.clients, sight).read(logSources(seen.inAws, services), query);
  return { lines, unseen: sight.unseen };
};
const texts = (lines: LogLine[]) => lines.map(({ service, task, message }) => `${service} ${task} ${message}`);

test("lines of several services and tasks are in the order of time", async () => {
  const seen = withLogs("api", "web");
  write(seen, "api", "t1", 3, "third");
  write(seen, "web", "t3", 2, "second");
  write(seen, "api", "t2", 1, "first\n");
  write(seen, "api", "t1", 4, "fourth");
  const { lines } = await read(seen);
  expect(texts(lines)).toEqual(["api t2 first", "web t3 second", "api t1 third", "api t1 fourth"]);
});

test("from and until when, and what contains a text or matches an expression", async () => {
  const seen = withLogs("api");
  for (const [index, text] of ['a "b" \\', "A", "ab", "b"].entries()) write(seen, "api", "t1", index + 1, text);
  expect(texts((await read(seen, { since: 2, until: 3 })).lines)).toEqual(["api t1 A", "api t1 ab"]);
  expect(texts((await read(seen, { since: 0, grep: '"b" \\' })).lines)).toEqual(['api t1 a "b" \\']);
  expect(texts((await read(seen, { since: 0, grep: /^a/i })).lines)).toHaveLength(3);
});

test("pages are read to the end", async () => {
  const seen = shop([{ name: "api" }], { maximumPageSize: 2 });
  seen.account.state.logGroups.push({ logGroupName: "/fairlead/shop/api", streams: {} });
  for (let index = 0; index < 5; index++) write(seen, "api", "t1", index, String(index));
  expect((await read(seen)).lines).toHaveLength(5);
});

test("followed, each line comes once, and one that is late comes as well", async () => {
  const seen = withLogs("api");
  write(seen, "api", "t1", 100_000, "before");
  const waits: number[] = [];
  const told: string[][] = [];
  const steps = [
    () => write(seen, "api", "t1", 101_000, "new"),
    () => write(seen, "api", "t2", 99_000, "late"),
    () => undefined,
    () => write(seen, "api", "t1", 102_000, "last"),
  ];
  const reader = new LogReader(seen.clients, new Sight("shop"));
  const pause = async (milliseconds: number) => {
    waits.push(milliseconds);
    if (waits.length > 20) throw new Error("A line never comes");
    steps.shift()?.();
  };
  for await (const lines of reader.follow(logSources(seen.inAws, ["api"]), { since: 50_000 }, pause)) {
    told.push(texts(lines));
    if (told.length === 4) break;
  }
  expect(told).toEqual([["api t1 before"], ["api t1 new"], ["api t2 late"], ["api t1 last"]]);
  expect(waits.every((milliseconds) => milliseconds >= 2000)).toBe(true);
});

/** What is told of two services while they are followed, each step between two looks; then nothing more comes for two minutes. */
async function followed(steps: ((seen: Shop) => void)[]): Promise<string[]> {
  const seen = withLogs("api", "web");
  write(seen, "api", "t1", 1_000_000, "before");
  const told: string[] = [];
  let waited = 0;
  const pause = (milliseconds: number) => {
    if ((waited += milliseconds) > 120_000) throw new Error("enough");
    steps.shift()?.(seen);
    return Promise.resolve();
  };
  const reader = new LogReader(seen.clients, new Sight("shop"), () => 1_000_000 + waited);
  const follow = async () => {
    for await (const lines of reader.follow(logSources(seen.inAws, []), { since: 500_000 }, pause)) told.push(...texts(lines));
  };
  await expect(follow()).rejects.toThrow("enough");
  return told;
}

test("followed, a line comes however late CloudWatch gets it: of a task that is behind, and of a service beside one that is busy", async () => {
  const told = await followed([
    (seen) => write(seen, "web", "t9", 960_000, "of a quiet service"),
    (seen) => write(seen, "api", "t1", 1_004_000, "new"),
    (seen) => write(seen, "api", "t2", 900_000, "of a task that is behind"),
    (seen) => write(seen, "web", "t9", 955_000, "later still"),
  ]);
  expect(told).toEqual([
    "api t1 before",
    "web t9 of a quiet service",
    "api t1 new",
    "web t9 later still",
    "api t2 of a task that is behind",
  ]);
});

test("followed, a task whose clock is ahead hides nothing", async () => {
  const told = await followed([
    (seen) => write(seen, "api", "t2", 4_600_000, "from the future"),
    (seen) => write(seen, "api", "t1", 1_004_000, "now"),
  ]);
  expect(told).toEqual(["api t1 before", "api t2 from the future", "api t1 now"]);
});

test("a service that has written nothing yet has no log group, and that is no mistake", async () => {
  const seen = shop([{ name: "api" }]);
  await expect(read(seen)).resolves.toEqual({ lines: [], unseen: [] });
});

test("what may not be read is said", async () => {
  const seen = withLogs("api");
  seen.account.deny(["logs:FilterLogEvents"]);
  expect((await read(seen)).unseen).toMatchObject([{ what: "logs of api", action: "logs:FilterLogEvents", kind: "denied" }]);
});

test("logins in URLs don't reach the output", async () => {
  const seen = withLogs("api");
  write(seen, "api", "t1", 1, "connecting to postgres://api:hunter2@db:5432/shop");
  expect((await read(seen)).lines[0]!.message).toBe("connecting to postgres://…@db:5432/shop");
});

test("a service that there is not, and a container that there is not, are refused", () => {
  const { inAws } = withLogs("api");
  expect(() => logSources(inAws, ["wep"])).toThrow('There is no service or job "wep" in shop. Services: api. Jobs: none.');
  expect(() => logSources(inAws, ["api"], "sidecar")).toThrow('There is no container "sidecar" with logs in CloudWatch. There are api.');
});

test("lines in JSON are read as loggers write them; others are none", () => {
  expect(jsonLine('{"level":30,"time":1,"msg":"listening","port":80,"request":{"path":"/a b"},"tags":["x"]}')).toEqual({
    level: "INFO",
    message: "listening",
    fields: [
      ["port", "80"],
      ["request.path", "/a b"],
      ["tags", '["x"]'],
    ],
  });
  expect(jsonLine('{"severity":"warning","message":"slow"}')).toEqual({ level: "WARNING", message: "slow", fields: [] });
  for (const text of ["plain", "[1]", "{not json}", '"text"', ""]) expect(jsonLine(text)).toBeUndefined();
});

test("times are how long ago, or dates", () => {
  const now = Date.UTC(2026, 5, 1);
  const seconds = (text: string) => (now - since("--since", text, now)) / 1000;
  expect([seconds("30s"), seconds("10m"), seconds("2h30m"), seconds("1d"), seconds("1.5h")]).toEqual([30, 600, 9000, 86_400, 5400]);
  expect(since("--since", "2026-06-01T12:00:00Z")).toBe(Date.UTC(2026, 5, 1, 12));
  // All that is printed is UTC, wherever the machine is.
  expect(since("--since", "2026-06-01T12:00:00")).toBe(Date.UTC(2026, 5, 1, 12));
  expect(since("--since", "2026-06-01 12:00")).toBe(Date.UTC(2026, 5, 1, 12));
  expect(since("--since", "2026-06-01T12:00:00.5+02:00")).toBe(Date.UTC(2026, 5, 1, 10, 0, 0, 500));
  expect(since("--since", "2026-06-01")).toBe(Date.UTC(2026, 5, 1));
  for (const text of ["2026-02-31", "2026-02-29T10:00:00Z", "2026-13-01", "2026-06-01T25:00", "2026-06-01T12", "2026-06-01x"])
    expect(() => since("--since", text)).toThrow(`--since ${text}: expected`);
  for (const text of ["", "10", "soon", "10m later", "2026-13-01"])
    expect(() => since("--since", text)).toThrow(`--since ${text}: expected`);
});
