import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
beforeEach(() => (repository = new FixtureRepository()));
afterEach(() => repository.remove());

const urn = (stack: string, name: string) => `urn:pulumi:${stack}::fairlead::fairlead:data:Table$aws:dynamodb/table:Table::${name}`;
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const until = day(7);
const allow = (...args: string[]) => runCommand(repository.folder, "allow", "--reason", "ticket 4711: moved", "--until", until, ...args);
const file = () => readFileSync(join(repository.folder, "stacks/allowed-changes.yaml"), "utf8");

/** As a `diff` leaves it. */
function held(...things: { stack: string; kind: string; urn: string }[]): void {
  mkdirSync(join(repository.folder, ".fairlead"), { recursive: true });
  writeFileSync(join(repository.folder, ".fairlead/held.json"), JSON.stringify(things));
}

const decision = (stack: string, dangers: string, reason = '"ticket 4711: moved"') =>
  `  - stack: ${stack}\n    reason: ${reason}\n    until: "${until}"\n    dangers:\n${dangers}`;

test("all that the last diff held is one decision for each stack", async () => {
  held(
    { stack: "dev", kind: "delete", urn: urn("dev", "carts") },
    { stack: "dev", kind: "delete", urn: urn("dev", "orders") },
    { stack: "dev", kind: "unreachable", urn: urn("dev", "orders") },
    { stack: "prod", kind: "delete", urn: urn("prod", "carts") },
  );
  expect(await allow()).toMatchObject({ status: 0, stderr: "" });
  const [carts, orders] = [urn("dev", "carts"), urn("dev", "orders")];
  const dev = decision("dev", `      delete:\n        - ${carts}\n        - ${orders}\n      unreachable:\n        - ${orders}\n`);
  const prod = decision("prod", `      delete:\n        - ${urn("prod", "carts")}\n`);
  expect(file()).toBe(`allowed:\n${dev}${prod}`);
});

test("of what the last diff held it may be one stack, or a URN", async () => {
  held(
    { stack: "dev", kind: "delete", urn: urn("dev", "carts") },
    { stack: "prod", kind: "delete", urn: urn("prod", "carts") },
    { stack: "prod", kind: "replace", urn: urn("prod", "orders") },
  );
  await allow("--stack", "dev");
  expect(file()).toBe(`allowed:\n${decision("dev", `      delete:\n        - ${urn("dev", "carts")}\n`)}`);
  await allow(urn("prod", "orders"));
  expect(file()).toMatch(/dev[^]*replace:\n {8}- urn:pulumi:prod.*orders\n$/);
});

test("what was decided of the same before is written anew, and all else of the file stays", async () => {
  await allow(`delete=${urn("dev", "carts")}`, `delete=${urn("dev", "orders")}`);
  repository.edit("stacks/allowed-changes.yaml", (text) => `# Ask the platform team.\n${text.replace("ticket 4711: moved", "ticket 1")}`);
  await allow(`delete=${urn("dev", "orders")}`);
  const first = decision("dev", `      delete:\n        - ${urn("dev", "carts")}\n`, '"ticket 1"');
  expect(file()).toBe(
    `# Ask the platform team.\nallowed:\n${first}${decision("dev", `      delete:\n        - ${urn("dev", "orders")}\n`)}`,
  );
});

type Refusal = [title: string, args: string[], message: RegExp, last?: Parameters<typeof held>];
const refusals: Refusal[] = [
  ["no diff before", [], /No diff was made here/],
  ["a diff that held nothing", [], /The last diff held nothing\. Run/, []],
  [
    "nothing of the stack",
    ["--stack", "prod"],
    /The last diff held nothing of prod/,
    [{ stack: "dev", kind: "delete", urn: urn("dev", "a") }],
  ],
  [
    "a URN that a shell has eaten from",
    ["urn:pulumi:dev::fairlead::fairlead:data:Table:aws::carts"],
    /held nothing of urn:.*single quotes/,
  ],
  ["no URN", ["carts"], /"carts" is no danger: expected <kind>=<urn>.*Kinds: delete, replace, region/],
  ["another stack than it names", ["--stack", "prod", `delete=${urn("dev", "carts")}`], /is of dev, and --stack names prod/],
  ["no such stack", [`delete=${urn("qa", "carts")}`], /There is no stack "qa"/],
  ["a day that is no day", ["--until", "soon"], /--until is "soon": expected a day, such as /],
  ["a day that is too far", ["--until", day(31)], /expected .* or before, 30 days ahead/],
  ["a day that is over", ["--until", day(-1)], /which is over/],
  ["no reason", ["--reason", " "], /--reason is empty/],
];

test.each(refusals)("with %s nothing is written", async (...[, args, message, last]: Refusal) => {
  if (last) held(...last);
  expect(await allow(...args)).toMatchObject({ status: 1, stderr: expect.stringMatching(message) as string });
  expect(existsSync(join(repository.folder, "stacks/allowed-changes.yaml"))).toBe(false);
});
