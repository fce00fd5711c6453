import type { PlanResource } from "@fairlead/plan";

import { evaluate, rules } from "../src";
import { dataCases } from "./dataCases";
import { one } from "./resources";
import { runtimeCases } from "./runtimeCases";

const cases = { ...runtimeCases, ...dataCases };
const broken = (resources: PlanResource[]) => evaluate({ stack: "prod", resources }).findings.map(({ control }) => control);

test("every rule has a plan that breaks it here", () => {
  expect(rules.map(({ control }) => control).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))("%s", (control, [breaks, holds]) => {
  test("finds the plan that breaks it, and says what to do", () => {
    const finding = evaluate({ stack: "prod", resources: breaks() }).findings.find((candidate) => candidate.control === control);
    expect(finding).toBeDefined();
    expect(finding!.fix).toMatch(/\.$/);
    expect(finding!.problem.length).toBeGreaterThan(5);
  });

  test("leaves alone the plan that holds it", () => {
    expect(broken(holds())).not.toContain(control);
  });
});

test("what is known only after apply, or secret, breaks no rule", () => {
  const unknown = { $output: "urn:pulumi:prod::shop::x::y#z" };
  expect(broken(one("aws:rds/cluster:Cluster", { storageEncrypted: unknown, deletionProtection: "[secret]" }))).not.toEqual(
    expect.arrayContaining(["RDS.27", "RDS.7"]),
  );
});
