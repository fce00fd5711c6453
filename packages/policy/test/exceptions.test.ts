import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { evaluate, readExceptions } from "../src";

const queue = (name: string) => ({
  urn: `urn:pulumi:prod::shop::aws:sns/topic:Topic::${name}`,
  type: "aws:sns/topic:Topic",
  name,
  parent: null,
  custom: true,
  inputs: {},
  dependencies: [],
  propertyDependencies: {},
  options: {},
});
const plan = { stack: "prod", resources: [queue("events"), queue("audit")] };
const exception = { control: "SNS.1", stack: "prod", resource: "aws:sns/topic:Topic events", reason: "public data" };

test("an exception is for its control, its stack and its resource alone", () => {
  const findings = (change: Partial<typeof exception>) => evaluate(plan, [{ ...exception, ...change }]).findings.map(({ name }) => name);
  expect(findings({})).toEqual(["audit"]);
  expect(findings({ control: "SNS.4" })).toEqual(["events", "audit"]);
  expect(findings({ stack: "dev" })).toEqual(["events", "audit"]);
  expect(findings({ resource: "aws:sns/topic:Topic *" })).toEqual([]);
  expect(findings({ resource: "aws:sns/topic:Topic *ud*" })).toEqual(["events"]);
  expect(findings({ resource: "aws:sns/topic:Topic event." })).toEqual(["events", "audit"]);
  expect(findings({ stack: "*" })).toEqual(["audit"]);
});

test("what is excepted is told with its reason, and an exception that excepts nothing is told as well", () => {
  const { excepted, unused } = evaluate(plan, [exception, { ...exception, resource: "aws:sns/topic:Topic gone" }]);
  expect(excepted).toEqual([expect.objectContaining({ name: "events", exception: "public data" })]);
  expect(unused.map(({ resource }) => resource)).toEqual(["aws:sns/topic:Topic gone"]);
  expect(evaluate(plan, [{ ...exception, stack: "*", resource: "aws:sns/topic:Topic gone" }]).unused).toEqual([]);
});

describe("the file of exceptions", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-exceptions-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(join(folder, "e.yaml"), text);
    return readExceptions(join(folder, "e.yaml"), ["SNS.1"]);
  };

  test("may be missing or empty", () => {
    expect(readExceptions(join(folder, "none.yaml"), [])).toEqual([]);
    expect(read("")).toEqual([]);
  });

  test("needs a reason, and a control that there is", () => {
    expect(() => read("exceptions: [{ control: SNS.1, stack: prod, resource: x y }]")).toThrow(/exception 1 has no reason/);
    expect(() => read("exceptions: [{ control: SNS.99, stack: prod, resource: x y, reason: z }]")).toThrow(
      /SNS\.99, a control without a rule/,
    );
  });
});
