import type { Schedule } from "@fairlead/local";

import { followSchedules, type OngoingRun } from "../src/local/schedules/scheduledRuns";
import { renderTimetable, Timetable, type ScheduledTask } from "../src/local/schedules/timetable";
import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";
import { ScriptedDocker } from "../testing/scriptedDocker";

const began = new Date("2026-06-01T00:00:00Z");
const at = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
const task = (name: string, schedule: Schedule) => ({ name, schedule }) as ScheduledTask;

/** What happens in some minutes of a clock that nobody waits for, where each run takes `lasting` minutes. */
async function happens(tasks: ScheduledTask[], minutes: number, lasting: number, sleeps: Record<number, number> = {}) {
  const happened: string[] = [];
  const signal = new AbortController();
  let now = began;
  const say = (text: string) => void happened.push(`${(now.getTime() - began.getTime()) / 60_000}: ${text}`);
  const ongoing: { until: Date; end: (code: number) => void }[] = [];
  const start = (): OngoingRun => {
    let end: (code: number) => void = () => undefined;
    const ended = new Promise<number>((resolve) => (end = resolve));
    ongoing.push({ until: new Date(now.getTime() + lasting * 60_000), end });
    return { ended, stop: () => (end(143), ended.then(() => undefined)) };
  };
  const wait = async (milliseconds: number) => {
    const minute = (now.getTime() - began.getTime()) / 60_000;
    now = new Date(now.getTime() + (sleeps[minute] ?? 0) * 60_000 + milliseconds);
    for (const { until, end } of ongoing) if (until <= now) end(0);
    await new Promise((resolve) => setImmediate(resolve));
    if (now >= at(minutes)) signal.abort();
  };
  await followSchedules(new Timetable(tasks, began), { now: () => now, wait, start, tell: say }, signal.signal);
  await new Promise((resolve) => setImmediate(resolve));
  return happened;
}

test("jobs run when they are due, and how they end is told with the next time", async () => {
  const report = task("report", { expression: "cron(2 0 * * ? *)", timezone: "UTC" });
  expect(await happens([report, task("sync", { expression: "rate(3 minutes)" })], 4, 1)).toEqual([
    "0: sync starts, by its schedule rate(3 minutes)",
    "1: sync ended with exit code 0; it runs next at 2026-06-01 00:03 UTC, in 2 min",
    "2: report starts, by its schedule cron(2 0 * * ? *)",
    "3: report ended with exit code 0; it runs next at 2026-06-02 00:02 UTC, in 23 h 59 min",
    "3: sync starts, by its schedule rate(3 minutes)",
    "4: sync ended with exit code 0; it runs next at 2026-06-01 00:06 UTC, in 2 min",
  ]);
});

test("runs overlap, as on ECS, up to three, and all end with the command", async () => {
  const happened = await happens([task("slow", { expression: "rate(1 minute)" })], 4, 60);
  expect(happened.filter((text) => text.includes("starts,"))).toHaveLength(3);
  expect(happened).toContain("3: slow is due, and is not started: 3 runs of it go on. On AWS it would be started beside them.");
  expect(happened.slice(-3)).toEqual(Array(3).fill("4: slow ended with exit code 143"));
});

test("what was due while the machine slept is done once", async () => {
  const happened = await happens([task("sync", { expression: "rate(1 minute)" })], 62, 0.5, { 1: 60 });
  expect(happened.filter((text) => text.includes("starts,")).map((text) => text.split(":")[0])).toEqual(["0", "1", "61.5"]);
});

test("a run that can't be started stops nothing else", async () => {
  const signal = new AbortController();
  const told: string[] = [];
  const start = () => ({ ended: Promise.reject(new Error("spawn docker ENOENT")), stop: () => Promise.resolve() });
  const wait = () => new Promise<void>((resolve) => setImmediate(() => (signal.abort(), resolve())));
  const host = { now: () => began, wait, start, tell: (text: string) => void told.push(text) };
  await followSchedules(new Timetable([task("sync", { expression: "rate(1 minute)" })], began), host, signal.signal);
  expect(told[1]).toMatch(/^sync could not be run: spawn docker ENOENT/);
});

test("when each runs next is said", () => {
  const tasks = [
    task("report", { expression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin", flexibleMinutes: 15 }),
    task("sync", { expression: "rate(1 hour)" }),
    task("off", { expression: "rate(1 hour)", isDisabled: true }),
    task("once", { expression: "at(2025-01-01T00:00:00)" }),
  ];
  expect(renderTimetable(new Timetable(tasks, began), began)).toEqual([
    "report runs next at 2026-06-01 03:00 Europe/Berlin, in 1 h: cron(0 3 * * ? *); not up to 15 minutes later, as on AWS",
    "sync runs next now: rate(1 hour)",
    "off does not run: its schedule is disabled, rate(1 hour)",
    "once does not run: its schedule is over, at(2025-01-01T00:00:00)",
  ]);
});

test("nobody would run them after --detach, and a schedule that AWS would not take starts nothing", async () => {
  const docker = new ScriptedDocker();
  const repository = new FixtureRepository();
  try {
    docker.answer({ " up --detach": { status: 1, stderr: "it was started" } });
    const detached = await runCommand(repository.folder, "local", "up", "--schedules", "--detach", "--stack", "dev");
    expect(detached).toMatchObject({ status: 1, stderr: expect.stringMatching(/^--schedules with --detach: .*Leave out one/) as string });
    repository.edit("apps/report-writer/service.yaml", (text) =>
      text.replace("kind: worker", "kind: scheduled-job\nschedule: cron(0 3 * * MON *)").replace(/scaling:[^]*/, ""),
    );
    const wrong = await runCommand(repository.folder, "local", "up", "--schedules", "--stack", "dev");
    expect(wrong).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^cron\(0 3 \* \* MON \*\): expected \? in exactly one/) as string,
    });
  } finally {
    docker.remove();
    repository.remove();
  }
});
