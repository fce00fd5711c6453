import { nextRun, type Schedule } from "../src/schedule/nextRun";

const nightBefore = "2026-01-01T00:00:00Z";

/** The next times of a schedule, to the minute, in UTC. */
function runs(schedule: Schedule, from: string, count: number): string[] {
  const times: Date[] = [];
  for (let time: Date | undefined = new Date(from); times.length < count; times.push(time))
    if (!(time = nextRun(schedule, time, new Date(from)))) break;
  return times.map((time) => time.toISOString().slice(0, 16));
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html and Scheduler's own example of the last Friday */
test.each([
  ["at 10:00 each day", "0 10 * * ? *", ["01-01T10:00", "01-02T10:00", "01-03T10:00"]],
  ["at 12:15 each day", "15 12 * * ? *", ["01-01T12:15", "01-02T12:15", "01-03T12:15"]],
  ["at 18:00 from Monday to Friday", "0 18 ? * MON-FRI *", ["01-01T18:00", "01-02T18:00", "01-05T18:00"]],
  ["at 8:00 on the first of the month", "0 8 1 * ? *", ["01-01T08:00", "02-01T08:00", "03-01T08:00"]],
  ["every 15 minutes", "0/15 * * * ? *", ["01-01T00:15", "01-01T00:30", "01-01T00:45"]],
  ["every 10 minutes from Monday to Friday", "0/10 * ? * MON-FRI *", ["01-01T00:10", "01-01T00:20", "01-01T00:30"]],
  ["every 5 minutes of office hours", "0/5 8-17 ? * MON-FRI *", ["01-01T08:00", "01-01T08:05", "01-01T08:10"]],
  [
    "every 30 minutes of the night",
    "0/30 20-2 ? * MON-FRI *",
    ["01-01T00:30", "01-01T01:00", "01-01T01:30", "01-01T02:00", "01-01T02:30", "01-01T20:00"],
  ],
  ["at 10:15 on the last Friday", "15 10 ? * 6L 2022-2027", ["01-30T10:15", "02-27T10:15", "03-27T10:15"]],
  ["from the second minute on, each tenth", "1/10 * * * ? *", ["01-01T00:01", "01-01T00:11", "01-01T00:21"]],
  ["on the weekday closest to the third", "0 0 3W * ? *", ["01-02T00:00", "02-03T00:00", "03-03T00:00"]],
  ["on the second Tuesday", "0 0 ? * 3#2 *", ["01-13T00:00", "02-10T00:00", "03-10T00:00"]],
  ["on the last day of the month", "0 1 L * ? *", ["01-31T01:00", "02-28T01:00", "03-31T01:00"]],
  ["on the last weekday of the month", "0 1 LW * ? *", ["01-30T01:00", "02-27T01:00", "03-31T01:00"]],
  ["on the last day of the week", "0 0 ? * L *", ["01-03T00:00", "01-10T00:00", "01-17T00:00"]],
  ["where the week begins with Sunday", "0 0 ? * 1 *", ["01-04T00:00", "01-11T00:00", "01-18T00:00"]],
  ["over the end of the week", "0 0 ? * fri-MON *", ["01-02T00:00", "01-03T00:00", "01-04T00:00", "01-05T00:00", "01-09T00:00"]],
  ["in some months", "0 0 1 JAN,MAR-APR ? *", ["03-01T00:00", "04-01T00:00"]],
])("AWS's cron expressions: %s", (_, fields, expected) =>
  expect(runs({ expression: `cron(${fields})` }, nightBefore, expected.length)).toEqual(expected.map((time) => `2026-${time}`)),
);

test("what is over, or never comes, has no next time", () => {
  for (const expression of ["cron(15 10 ? * 6L 2022-2023)", "cron(0 0 31 2 ? *)", "at(2025-06-01T12:00:00)"])
    expect(runs({ expression }, nightBefore, 1)).toEqual([]);
  expect(runs({ expression: "rate(1 minute)", isDisabled: true }, nightBefore, 1)).toEqual([]);
});

test("a rate is counted from when it was made, or from its start, and begins at once", () => {
  expect(runs({ expression: "rate(5 minutes)" }, nightBefore, 2)).toEqual(["2026-01-01T00:05", "2026-01-01T00:10"]);
  const began = new Date(nightBefore);
  expect(nextRun({ expression: "rate(12 hours)" }, new Date(began.getTime() - 1), began)).toEqual(began);
  const bounded = { expression: "rate(1 day)", startDate: "2025-12-01T06:30:00Z", endDate: "2026-01-02T12:00:00Z" };
  expect(runs(bounded, nightBefore, 3)).toEqual(["2026-01-01T06:30", "2026-01-02T06:30"]);
  expect(runs({ expression: "cron(0 9 * * ? *)", startDate: "2026-02-01T09:00:00Z" }, nightBefore, 1)).toEqual(["2026-02-01T09:00"]);
});

test("a time zone counts, and clocks that change leave a run out or make it once", () => {
  const timezone = "Europe/Berlin";
  expect(runs({ expression: "at(2026-06-01T12:00:00)", timezone }, nightBefore, 2)).toEqual(["2026-06-01T10:00"]);
  const half = { expression: "cron(30 2 * * ? *)", timezone };
  expect(runs(half, "2026-03-28T12:00:00Z", 2)).toEqual(["2026-03-30T00:30", "2026-03-31T00:30"]);
  expect(runs(half, "2026-10-24T12:00:00Z", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
  expect(runs({ expression: "cron(0 1-3 * * ? *)", timezone }, "2026-10-24T20:00:00Z", 4)).toEqual([
    "2026-10-24T23:00",
    "2026-10-25T00:00",
    "2026-10-25T02:00",
    "2026-10-26T00:00",
  ]);
});

test.each([
  ["cron(0 10 * * MON *)", /expected \? in exactly one of day-of-month and day-of-week/],
  ["cron(0 10 ? * ? *)", /expected \? in exactly one/],
  ["cron(61 1 * * ? *)", /61 is none of the values of minutes, 0 to 59/],
  ["cron(0 0 ? * 0 *)", /0 is none of the values of day-of-week, 1 to 7/],
  ["cron(0 0 L-3 * ? *)", /L-3 is none of the values of day-of-month/],
  ["cron(0 0 ? * MON#6 *)", /MON#6 is none of the values of day-of-week/],
  ["cron(0 0 * * ?)", /is no schedule: expected cron\(minute/],
  ["at(2026-02-31T12:00:00)", /there is no such day/],
])("%s is refused in a sentence", (expression, said) => expect(() => nextRun({ expression }, new Date(), new Date())).toThrow(said));

test("a time zone that there is not is refused", () =>
  expect(() => nextRun({ expression: "rate(1 day)", timezone: "Mars/Base" }, new Date(), new Date())).toThrow(
    /expected a time zone of IANA's/,
  ));
