import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { holdBack, urnsThatMayGo, type AllowedDanger } from "../src/allowances";
import { lastDay, mostDaysAhead, readAllowedChanges } from "../src/allowedChanges";
import type { Danger } from "../src/danger";

const database = "urn:pulumi:prod::shop::aws:rds/cluster:Cluster::accounts";
const queue = "urn:pulumi:prod::shop::aws:sqs/queue:Queue::orders";
const stack = "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod";
const danger = (severity: Danger["severity"], ...urns: string[]): Danger => ({ severity, title: "", forcedBy: [], text: "", urns });
const entry = (urn: string, others: Partial<AllowedDanger> = {}): AllowedDanger => ({
  ...{ stack: "prod", kind: "dataLoss", urn, reason: "moved to people", until: "2026-12-31" },
  ...others,
});
const hold = (dangers: Danger[], entries: AllowedDanger[], today = "2026-12-01") => holdBack("prod", dangers, { entries, today });

describe("a change that is graded stop", () => {
  const loses = danger("dataLoss", database);
  test("is held, unless it is allowed for what it happens to", () => {
    expect(hold([loses], []).held).toEqual([loses]);
    expect(hold([loses], [entry(queue)]).held).toEqual([loses]);
    expect(hold([loses], [entry(database)])).toMatchObject({ held: [], allowed: [{ urn: database }] });
    expect(hold([loses], [entry(database, { stack: "dev" })]).held).toEqual([loses]);
  });

  test("is held where it happens to nothing that a line could name", () => {
    expect(hold([danger("dataLoss")], [entry(database)]).held).toHaveLength(1);
  });

  test("is held where one of several things is not allowed", () => {
    const both = danger("dataLoss", database, queue);
    expect(hold([both], [entry(database)]).held).toEqual([both]);
    expect(hold([both], [entry(database), entry(queue)]).held).toEqual([]);
  });

  test("is held where something else is allowed of the same", () => {
    const deletes: Danger = { ...loses, kind: "delete" };
    expect(hold([deletes], [entry(database, { kind: "replace" })])).toMatchObject({
      held: [deletes],
      allowed: [],
      unused: [{ kind: "replace" }],
    });
    expect(hold([deletes], [entry(database, { kind: "delete" })]).held).toEqual([]);
    const opens = danger("opened", database);
    expect(hold([deletes, opens], [entry(database, { kind: "delete" })]).held).toEqual([opens]);
  });

  test("is held in another region where the line for the stack is about something else", () => {
    const moves: Danger = { ...danger("elsewhere", stack), kind: "region" };
    expect(hold([moves], [entry(stack, { kind: "account" }), entry(stack, { kind: "opened" })]).held).toEqual([moves]);
    expect(hold([moves], [entry(stack, { kind: "region" })]).held).toEqual([]);
  });

  test("is allowed on the last day, and no longer", () => {
    expect(hold([loses], [entry(database)], "2026-12-31").held).toEqual([]);
    expect(hold([loses], [entry(database)], "2027-01-01")).toMatchObject({ held: [loses], expired: [{ urn: database }], allowed: [] });
  });
});

test("what is to be looked at is not held", () => {
  expect(hold([danger("interruption", database), danger("unknown", queue)], []).held).toEqual([]);
});

test("an entry that allows nothing of the change is told, once it is of this stack", () => {
  expect(hold([], [entry(database), entry(queue, { stack: "dev" }), entry(queue, { stack: "*" })]).unused).toEqual([entry(database)]);
});

test("what may go is what is allowed to be deleted or replaced: a line about anything else takes no protection off", () => {
  const entries = [
    entry(database, { kind: "delete" }),
    entry(queue, { kind: "opened" }),
    entry(stack, { kind: "replace", until: "2026-11-30" }),
  ];
  expect(urnsThatMayGo("prod", { entries, today: "2026-12-01" })).toEqual(new Set([database]));
});

describe("the file", () => {
  const today = "2026-12-01";
  const folder = mkdtempSync(join(tmpdir(), "fairlead-allowed-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config: {}\n");
    writeFileSync(join(folder, "allowed-changes.yaml"), text);
    return readAllowedChanges(folder, today);
  };
  const lines = (until: string, dangers = `{ dataLoss: ["${database}"] }`, of = "prod") =>
    `allowed:\n  - stack: "${of}"\n    reason: moved to people\n    until: "${until}"\n    dangers: ${dangers}\n`;

  test("has a reason and a day for all that was decided together", () => {
    expect(read(lines("2026-12-31", `{ dataLoss: ["${database}"], delete: ["${queue}"] }`))).toEqual([
      entry(database),
      entry(queue, { kind: "delete" }),
    ]);
    rmSync(join(folder, "allowed-changes.yaml"));
    expect(readAllowedChanges(folder)).toEqual([]);
  });

  test.each([
    ["no day", lines("soon"), /FL2418 .*until is "soon"/],
    ["a day that is too far", lines("2027-01-01"), /FL2418 .*until is 2027-01-01[^]*expected: 2026-12-31 or before: 30 days ahead/],
    ["no reason", lines("2026-12-31").replace(/ *reason.*\n/, ""), /FL2418 .*reason/],
    ["no such stack", lines("2026-12-31", undefined, "prd"), /FL2418 .*prd/],
    ["the URN of another stack", lines("2026-12-31", undefined, "*"), /FL2418 .*dataLoss has "urn:pulumi:prod[^]*URN of a resource of \*/],
    [
      "no danger that there is",
      lines("2026-12-31", `{ remove: ["${database}"] }`),
      /FL2418 .*remove is no danger[^]*one of delete, replace, region/,
    ],
    ["a danger that stops nothing", lines("2026-12-31", `{ interruption: ["${database}"] }`), /FL2418 .*interruption is no danger/],
    ["no URN", lines("2026-12-31", "{ delete: [] }"), /FL2418 .*delete has no list of URNs/],
  ])("with %s is refused", (_, text, expected) => {
    expect(() => read(text)).toThrow(expected);
  });
});

test("a last day is told in days, over the end of a year", () => {
  expect(lastDay("2026-12-15", 20)).toBe("2027-01-04");
  expect(lastDay("2026-12-01")).toBe("2026-12-31");
  expect(mostDaysAhead).toBe(30);
});
