import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { readProject } from "@fairlead/plan";
import {
  compareResults,
  isRefused,
  renderComment,
  renderTerminal,
  type ChangeReport,
  type PlanResult,
  type StackReport,
} from "@fairlead/report";
import { readDecisions } from "@fairlead/review";

import { plansOf, reportOfLastCommit } from "../../testing/changes";
import { FixtureRepository } from "../../testing/fixtureRepository";
import { runCommand } from "../../testing/runCommand";

const base = new FixtureRepository();
let before: Map<string, PlanResult>;
let repository: FixtureRepository;
beforeAll(async () => (before = await plansOf(base, ["dev"])));
beforeEach(() => (repository = new FixtureRepository(base)));
afterEach(() => repository.remove());
afterAll(() => base.remove());

/** In an environment whose database AWS does not protect. */
const otherDatabase = () =>
  repository.edit("stacks/dev.ts", (text) =>
    text.replace("postgres({ minCapacity: 0,", 'postgres({ databaseName: "people", minCapacity: 0,'),
  );

/** What the last commit does to dev. */
async function judged(): Promise<{ report: ChangeReport; dev: StackReport; comment: string; terminal: string }> {
  repository.commit("Change");
  const report = await reportOfLastCommit(repository, before, base);
  const [dev] = report.stacks;
  if (!dev || "failure" in dev) throw new Error(dev?.failure);
  return { report, dev, comment: renderComment(report), terminal: renderTerminal(report) };
}

const dayAway = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** The command that is printed, as a shell runs it. */
async function runPrinted(text: string, changed: Record<string, string> = {}) {
  const [command] = /npx fairlead allow [^]*?'$(?![^]* \\$)/m.exec(text)!;
  const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command.trim().slice("npx fairlead allow ".length)}`], { encoding: "utf8" });
  const args = words.split("\0").slice(0, -1);
  for (const [option, value] of Object.entries(changed)) args[args.indexOf(option) + 1] = value;
  return runCommand(repository.folder, "allow", ...args);
}

test("what is graded stop is held until the command that is printed has allowed it", async () => {
  otherDatabase();
  const held = await judged();
  expect(isRefused(held.report)).toBe(true);
  expect(held.terminal).toMatch(/FL2419 held: 1 danger stops this change/);
  expect(held.comment).toContain("### 🛑 Stop – data would be lost: dev");
  for (const text of [held.comment, held.terminal]) {
    repository.write("stacks/allowed-changes.yaml", "# Decided here.\n");
    const { status, stdout } = await runPrinted(text, { "--reason": "ticket 4711" });
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^stacks\/allowed-changes.yaml: allowed in dev until .*:\n {2}replace urn:.*\$aws:rds/),
    ]);
    const allowed = await judged();
    expect(isRefused(allowed.report)).toBe(false);
    expect(allowed.dev.grade).toBe("stop");
    expect(allowed.comment).toContain("ticket 4711");
    expect(allowed.comment).toContain("### 🛑 Stop, and allowed – data would be lost: dev");
    expect(allowed.comment).not.toContain("FL2419");
  }
});

test("what was allowed until yesterday is held", async () => {
  otherDatabase();
  await runPrinted((await judged()).comment);
  repository.edit("stacks/allowed-changes.yaml", (text) => text.replace(/until: .*/, `until: "${dayAway(-1)}"`));
  const late = await judged();
  expect(isRefused(late.report)).toBe(true);
  expect(late.terminal).toMatch(/no longer allowed, its last day is over/);
});

test("a line about something else of the same resource allows nothing", async () => {
  otherDatabase();
  await runPrinted((await judged()).comment);
  repository.edit("stacks/allowed-changes.yaml", (text) => text.replace("replace:", "opened:"));
  const { report, terminal } = await judged();
  expect(isRefused(report)).toBe(true);
  expect(terminal).toMatch(/allows nothing of this change.*: opened accounts/);
});

test("another region is the whole stack's danger, and all that belongs to it is one decision", async () => {
  repository.edit("stacks/Pulumi.dev.yaml", (text) => text.replace(/aws:region: .*/, "aws:region: eu-west-1"));
  const held = await judged();
  expect(isRefused(held.report)).toBe(true);
  expect(held.terminal).toContain("'region=urn:pulumi:dev::fairlead::pulumi:pulumi:Stack::fairlead-dev'");
  await runPrinted(held.terminal);
  expect(readDecisions(join(repository.folder, "stacks"))).toHaveLength(1);
  expect(isRefused((await judged()).report)).toBe(false);
  repository.edit("stacks/allowed-changes.yaml", (text) => text.replace("region:", "account:"));
  expect((await judged()).dev.held).toEqual([expect.objectContaining({ kind: "region" })]);
});

test("a file that can't be read is told with the change, and allows nothing", async () => {
  otherDatabase();
  repository.write("stacks/allowed-changes.yaml", `allowed:\n  - {stack: dev, reason: x, until: ${dayAway(60)}, dangers: {}}\n`);
  const { report, dev, comment, terminal } = await judged();
  expect([isRefused(report), dev.held.length]).toEqual([true, 1]);
  expect(comment).toMatch(/^### ❌ Stacks\/allowed-changes.yaml can't be used\n\n.*Besides: stop – data would be lost: dev/m);
  for (const text of [comment, terminal]) expect(text).toMatch(/FL2418[^]*until is[^]*nothing is allowed/i);
});

test("a change that only allows something says so", async () => {
  repository.write(
    "stacks/allowed-changes.yaml",
    `allowed:\n  - {stack: dev, reason: done, until: "${dayAway(3)}", dangers: {delete: ['urn:pulumi:dev::fairlead::x::y']}}\n`,
  );
  const { terminal, comment } = await judged();
  expect(comment).toContain("### ⚠️ Allows 1 danger, and changes nothing: dev");
  expect(terminal).toMatch(/allows 1 danger, and changes nothing: dev.*a later change may do this: until .* \(done\): delete y/s);
});

test("what allows nothing of a change is told, and holds nothing", async () => {
  repository.write(
    "stacks/allowed-changes.yaml",
    `allowed:\n  - {stack: dev, reason: done, until: "${dayAway(3)}", dangers: {delete: ['urn:pulumi:dev::fairlead::x::y']}}\n`,
  );
  const { report, dev, terminal, comment } = await judged();
  expect([dev.grade, isRefused(report)]).toEqual(["nothing", false]);
  for (const text of [terminal, comment])
    expect(text.replace(/\s+/g, " ")).toContain(
      "allows nothing of this change; once what it was for is deployed, remove it from stacks/allowed-changes.yaml: until",
    );
});

test("a stack that leaves the repository is not held: nothing brings it out, and nothing is deleted", () => {
  const report = compareResults("dev", before.get("dev"), undefined, () => readProject("dev", [], base.folder));
  if ("failure" in report) throw new Error(report.failure);
  expect(report.changes.resources.some(({ operation }) => operation === "delete")).toBe(true);
  expect(report.held).toEqual([]);
});

test("what looks like a secret in a manifest is looked at, and its value is in no form of the report", async () => {
  repository.edit("apps/api/service.yaml", (text) => `${text}environment: { DB_PASSWORD: hunter2-Tr0ub4dor }\n`);
  const { dev, comment, terminal } = await judged();
  expect(dev.grade).toBe("look");
  expect(dev.dangers).toEqual([
    expect.objectContaining({ severity: "lessProtected", title: expect.stringMatching(/looks like a secret.*api.*DB_PASSWORD/) as string }),
  ]);
  for (const text of [comment, terminal, JSON.stringify(dev)]) expect(text).not.toContain("hunter2");
});
