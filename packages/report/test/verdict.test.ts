import { gravestFirst, isRefused, outcomeOf, renderTerminal, type ChangeReport, type StackReport } from "../src";
import { allowCommand } from "../src/allowCommand";
import { verdictOf } from "../src/verdict";

type Danger = StackReport["dangers"][number];
const danger = (grade: Danger["grade"], severity: Danger["severity"], title: string, urn = `urn:pulumi:x::y::${title}`): Danger => ({
  ...{ severity, kind: severity, grade, title, forcedBy: [], text: "", urns: [urn] },
});
const lost = danger("stop", "dataLoss", "deletes table carts");
const opened = danger("stop", "opened", "opens port 22");
const seen = danger("look", "interruption", "restarts it");

/** As much of a stack's report as a verdict is made of. */
const stack = (name: string, dangers: Danger[], others: Partial<StackReport> = {}): StackReport =>
  ({
    stack: name,
    grade: dangers[0]?.grade ?? "nothing",
    dangers,
    held: dangers.filter(({ grade }) => grade === "stop"),
    ...{ allowed: [], unused: [], expired: [], services: [], notices: [], mandatory: false },
    ...others,
  }) as unknown as StackReport;
const report = (...stacks: ChangeReport["stacks"]): ChangeReport => ({ project: "shop", from: "a", to: "b", stacks });
const failed = { stack: "broken", side: "after", failure: "no" } as const;

test("stacks are told by gravity: what can't be planned, what is held, what is allowed, what is to be looked at", () => {
  const stacks = [
    stack("nothing", []),
    stack("look", [seen]),
    stack("allowed", [lost], { held: [] }),
    stack("held", [lost]),
    stack("door", [opened]),
    failed,
  ];
  expect(gravestFirst(stacks).map((each) => each.stack)).toEqual(["broken", "held", "allowed", "door", "look", "nothing"]);
});

test("the verdict says the gravest of all, what it is, and how much more there is", () => {
  expect(verdictOf(report(stack("dev", [seen]), stack("prod", [lost, opened])))).toMatchObject({
    headline: "stop – data would be lost: prod",
    rest: expect.stringMatching(/^Deletes table carts, and 1 more of that grade\. /) as string,
  });
  expect(verdictOf(report(stack("dev", [lost], { held: [] }))).headline).toBe("stop, and allowed – data would be lost: dev");
});

test("a stack that can't be planned does not hide what another one does", () => {
  expect(verdictOf(report(failed, stack("prod", [lost])))).toMatchObject({
    headline: "can't be planned: broken",
    rest: expect.stringContaining("Besides: stop – data would be lost: prod.") as string,
  });
});

test("the grade of the whole is the gravest, and what is allowed is not refused", () => {
  const [held, allowed] = [report(stack("dev", [seen]), stack("prod", [lost])), report(stack("prod", [lost], { held: [] }))];
  expect([outcomeOf(held), outcomeOf(allowed)]).toEqual([
    { grade: "stop", refused: true },
    { grade: "stop", refused: false },
  ]);
  expect(isRefused(report(stack("dev", [seen])))).toBe(false);
});

test("a terminal begins with the verdict of the whole", () => {
  expect(renderTerminal(report(failed)).split("\n")[1]).toBe(
    "❌ can't be planned: broken. `pulumi up` would fail the same way, and change nothing.",
  );
});

test("what allows all that is held is one command, as a shell takes it, without what AWS refuses", () => {
  const named = danger("stop", "dataLoss", "x", "urn:pulumi:dev::shop::a$b::it's");
  const stacks = [stack("dev", [named, { ...lost, isRefused: true }]), stack("prod", [opened])];
  expect(allowCommand(stacks, "2026-12-20")).toBe(
    "npx fairlead allow --reason 'why it may' --until 2027-01-03 \\\n  'dataLoss=urn:pulumi:dev::shop::a$b::it'\\''s' \\\n  'opened=urn:pulumi:x::y::opens port 22'",
  );
  expect(allowCommand([stack("dev", [{ ...lost, isRefused: true }])], "2026-12-20")).toBeUndefined();
});
