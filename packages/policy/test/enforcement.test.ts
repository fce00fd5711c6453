import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";
import { readProject } from "@fairlead/plan";

import { enforcementOf, enforcementOfStack } from "../src/enforcement";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-enforcement-")));
  writeFileSync(join(root, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.js\n");
});
afterEach(() => rmSync(root, { recursive: true }));

function configure(value?: string): void {
  writeFileSync(join(root, "Pulumi.prod.yaml"), value === undefined ? "config: {}\n" : `config:\n  shop:policyEnforcement: ${value}\n`);
}

test.each([
  { value: undefined, expected: "advisory" },
  { value: "advisory", expected: "advisory" },
  { value: "mandatory", expected: "mandatory" },
])("$value makes findings $expected, in a plan and under the engine", ({ value, expected }) => {
  configure(value);
  expect(enforcementOf(readProject("prod", [], root), "prod")).toBe(expected);
  expect(enforcementOfStack("prod", root)).toBe(expected);
});

test.each(["Mandatory", "mandatroy", "true", "''"])("%s is refused, with its file and what is allowed", (value) => {
  configure(value);
  const problem = `Pulumi.prod.yaml:2:27  FL2407  shop:policyEnforcement is "${value.replace(/'/g, "")}"\n`;
  for (const read of [() => enforcementOf(readProject("prod", [], root), "prod"), () => enforcementOfStack("prod", root)]) {
    expect(read).toThrow(UserError);
    expect(read).toThrow(problem);
    expect(read).toThrow("  expected: one of advisory, mandatory\n");
  }
});

test("under an engine that tells no stack, or one without configuration here, findings are mandatory", () => {
  configure("advisory");
  expect(enforcementOfStack(undefined, root)).toBe("mandatory");
  expect(enforcementOfStack("elsewhere", root)).toBe("mandatory");
});
