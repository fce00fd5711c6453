import { inspectImage } from "../src/inspectImage";
import { elf, file, layoutOf } from "../testing/testImage";

const second = 1e9;
const Test = ["CMD", "/app", "--check"];

/** The health check that an inspection reads from an image with this HEALTHCHECK. */
async function readFrom(Healthcheck: object | undefined, change: { Shell?: string[]; run?: object } = {}) {
  const config = { Cmd: ["/app"], Healthcheck, Shell: change.Shell };
  const image = await layoutOf([[file("app", elf()), file("bin/sh", elf()), file("bin/bash", elf())]], config);
  const report = await inspectImage(image, { platforms: ["linux/amd64"], run: change.run, cache: false });
  return report.platforms[0]!.healthCheck;
}

test("an image's HEALTHCHECK is read with Docker's defaults, and ends before the next one begins", async () => {
  expect(await readFrom({ Test })).toEqual({
    command: Test,
    ...{ intervalSeconds: 31, timeoutSeconds: 30, retries: 3, startPeriodSeconds: 0 },
  });
});

test("times are ECS's, rounded to the patient side", async () => {
  const times = { Interval: 2 * second, Timeout: 1.5 * second, StartPeriod: 0.5 * second, Retries: 2 };
  expect(await readFrom({ Test, ...times })).toMatchObject({ intervalSeconds: 5, timeoutSeconds: 2, retries: 2, startPeriodSeconds: 1 });
});

test("a command of a shell keeps its shell", async () => {
  const shell = { Test: ["CMD-SHELL", "/app --check || exit 1"] };
  expect((await readFrom(shell))!.command).toEqual(shell.Test);
  expect((await readFrom(shell, { Shell: ["/bin/bash", "-c"] }))!.command).toEqual(["CMD", "/bin/bash", "-c", "/app --check || exit 1"]);
});

test.each<[string, object | undefined, object]>([
  ["none", undefined, {}],
  ["NONE", { Test: ["NONE"] }, {}],
  ["nothing to run", { Test: ["CMD"] }, {}],
  ["a start that takes longer than ECS waits", { Test, StartPeriod: 301 * second }, {}],
  ["more retries than ECS has", { Test, Retries: 11 }, {}],
  ["a check that takes longer than ECS waits", { Test, Timeout: 61 * second }, {}],
  ["checks further apart than ECS makes them", { Test, Interval: 301 * second }, {}],
  ["values that are no numbers", { Test, Retries: "many" }, {}],
  ["another command of the task's", { Test }, { command: ["/app", "work"] }],
  ["another entry point of the task's", { Test }, { entryPoint: ["/app"] }],
  ["a health check of the task's", { Test }, { healthCheck: ["CMD", "/app"] }],
  ["a task that wants none", { Test }, { healthCheck: ["NONE"] }],
])("there is none to carry over with %s", async (_, healthcheck, run) => {
  expect(await readFrom(healthcheck, { run })).toBeUndefined();
});
