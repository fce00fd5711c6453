import { runOfImage } from "../src/run/containerRun";
import { endCalls, Engine } from "../src/run/engine";
import { watch } from "../src/run/watch";
import { FakeEngine } from "../testing/run/fakeEngine";

const fake = new FakeEngine();
afterEach(endCalls);
afterAll(() => fake.remove());

const healthCheck = {
  command: ["CMD-SHELL", "check || exit 1"],
  intervalSeconds: 5,
  timeoutSeconds: 600,
  retries: 2,
  startPeriodSeconds: 5,
};

/** With a tenth of ECS's patience. */
async function watched(scenario: object) {
  fake.does(scenario);
  const engine = await Engine.find();
  return watch(engine, "container", runOfImage({}, healthCheck), { seconds: 1, factor: 0.1, say: () => undefined });
}

const state = {
  ExitCode: 3,
  OOMKilled: false,
  StartedAt: "2026-11-28T13:36:00.000000000Z",
  FinishedAt: "2026-11-28T13:36:00.250000000Z",
};

const checks = () => fake.calls.filter(({ words }) => words[0] === "exec" && words[2] !== "cat");

test("a health check is run by a shell, in the container, until it succeeds", async () => {
  expect(await watched({ check: { status: 0 } })).toMatchObject({ kind: "healthy" });
  expect(checks().map(({ words }) => words)).toEqual([["exec", "container", "/bin/sh", "-c", "check || exit 1"]]);
});

test("it is given up after the start period and all retries", async () => {
  const { kind, seconds, check } = await watched({ check: { status: 1, output: "no" } });
  expect([kind, check]).toEqual(["unhealthy", { words: "no", exitCode: 1, timedOut: false, cannotRun: false }]);
  expect(seconds).toBeGreaterThanOrEqual(1.5);
});

test("one that can't be run is not tried again", async () => {
  const output =
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown';
  expect(await watched({ check: { status: 126, output } })).toMatchObject({ kind: "unhealthy", check: { cannotRun: true } });
  expect(checks()).toHaveLength(1);
});

test("a container that ends while it is checked has ended, with the last lines of both streams in order", async () => {
  const { kind, seconds, exitCode, lines } = await watched({ state, check: { status: 1 }, logs: ["a", "!b", "c"] });
  expect({ kind, seconds, exitCode, lines }).toEqual({ kind: "ended", seconds: 0.25, exitCode: 3, lines: ["a", "b", "c"] });
});

test("a container that has ended before anybody was told has ended", async () => {
  expect(await watched({ state, waitsForEver: true, check: { status: 1 } })).toMatchObject({ kind: "ended", exitCode: 3 });
});
