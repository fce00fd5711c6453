import type { Task } from "@fairlead/local";

import { localContainer } from "../testing/local";
import type { ComposeEngine } from "../src/local/composeEngine";
import { EarlyCauses } from "../src/local/earlyCauses";
import type { PartState } from "../src/local/taskStates";

const web = { name: "web", kind: "service", registrations: [{ targetGroup: "web", port: 8080 }] } as unknown as Task;
const waiting: PartState = { name: "web", task: web, phase: "waiting", restarts: 0, containers: [localContainer("web")] };

/** What is seen of a part every second, of a program that listens at these addresses of port 8080, or of another. */
async function phasesOf(addresses: readonly string[], { part = waiting, port = 8080, seconds = 14 } = {}) {
  const hex = (address: string) =>
    address
      .split(".")
      .reverse()
      .map((each) => Number(each).toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase();
  const rows = addresses.map(
    (address, index) =>
      `  ${index}: ${hex(address)}:${port.toString(16).toUpperCase().padStart(4, "0")} 00000000:0000 0A 00000000:00000000`,
  );
  let asked = 0;
  const call = () => (
    asked++,
    Promise.resolve({ status: 0, stderr: "", stdout: ["  sl  local_address rem_address   st", ...rows, ""].join("\n") })
  );
  const early = new EarlyCauses({ engine: { call } } as unknown as ComposeEngine);
  const phases: string[] = [];
  for (let second = 0; second <= seconds; second++) phases.push((await early.seen([part], second * 1000))[0]!.phase);
  return { phases, failedAfter: phases.indexOf("failed"), asked, described: early.described(part) };
}

test("who listens on localhost alone has failed once that was seen twice, long before the timeout", async () => {
  const { failedAfter, described } = await phasesOf(["127.0.0.1"]);
  expect(failedAfter).toBe(10);
  expect(described).toMatch(/^web \(it listens on 127\.0\.0\.1:8080 alone, where nobody else reaches it\)$/);
});

test("another port is told, and may be the first of two", async () => {
  const { failedAfter, described } = await phasesOf(["0.0.0.0"], { port: 3000 });
  expect(failedAfter).toBe(-1);
  expect(described).toMatch(/^web \(nothing listens on its containerPort 8080; it listens on 0\.0\.0\.0:3000\)$/);
});

test("nobody is asked who has just begun, is up, or is sent nothing", async () => {
  expect(await phasesOf(["127.0.0.1"], { seconds: 7 })).toMatchObject({ failedAfter: -1, asked: 0, described: "web" });
  const startedAt = "2026-01-01T00:00:00Z";
  const up: PartState = { ...waiting, phase: "up", containers: [localContainer("web", { startedAt })] };
  expect((await phasesOf(["127.0.0.1"], { part: up })).asked).toBe(0);
  expect((await phasesOf(["127.0.0.1"], { part: { ...waiting, task: { ...web, registrations: [] } } })).asked).toBe(0);
  expect((await phasesOf(["127.0.0.1", "0.0.0.0"])).failedAfter).toBe(-1);
});

test("who has just begun is up once it listens, whatever the load balancer remembers", async () => {
  const begun: PartState = { ...waiting, phase: "up", containers: [localContainer("web", { startedAt: new Date().toISOString() })] };
  expect((await phasesOf(["127.0.0.1"], { part: begun })).failedAfter).toBe(10);
  const { phases, asked } = await phasesOf(["0.0.0.0"], { part: begun });
  expect([new Set(phases), asked]).toEqual([new Set(["up"]), 1]);
  expect(new Set((await phasesOf(["0.0.0.0"], { part: begun, port: 3000 })).phases)).toEqual(new Set(["waiting"]));
});

test("what the load balancer got is told of who listens, once it has had time", async () => {
  const part = { ...waiting, check: "is answered with 404" };
  expect((await phasesOf(["0.0.0.0"], { part, seconds: 7 })).described).toBe("web");
  expect((await phasesOf(["0.0.0.0"], { part })).described).toBe("web (its health check is answered with 404)");
});
