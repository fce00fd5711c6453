import type { PlanResource } from "@fairlead/plan";

import { evaluate, rules } from "../src";
import { dataCases } from "./dataCases";
import { container, one } from "./resources";
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

test("a log router may be root: ECS takes no other", () => {
  expect(broken(container({ user: "0", firelensConfiguration: { type: "fluentbit" } }))).not.toContain("ECS.20");
});

/** Rules that are broken by what is not there, whatever the inputs are. */
const ofAbsence = [
  "EC2.2",
  "EC2.6",
  "EC2.55",
  "EC2.56",
  "EC2.57",
  "ECR.3",
  "EFS.2",
  "FL.SNS.1",
  "FL.SQS.1",
  "RDS.15",
  "S3.9",
  "S3.13",
  "S3.17",
  "WAF.11",
];

describe.each([{ $output: "urn:pulumi:prod::shop::x::y#z" }, "[secret]"])("where every input is %j", (unknown) => {
  const withUnknown = (resource: PlanResource) => ({ ...resource, inputs: new Proxy({}, { get: () => unknown }) });

  test.each(Object.entries(cases))("%s is not broken", (control, [breaks, holds]) => {
    expect(broken(holds().map(withUnknown))).not.toContain(control);
    if (ofAbsence.includes(control)) expect(broken(breaks().map(withUnknown))).toContain(control);
    else expect(broken(breaks().map(withUnknown))).not.toContain(control);
  });
});

describe("where a part of a text is known only after apply", () => {
  const unknown = "${urn:pulumi:prod::shop::x::y#z}";

  test.each(["user", "privileged", "readonlyRootFilesystem", "environment", "logConfiguration"])(
    "a container's %s breaks no rule",
    (key) => {
      expect(broken(container({ [key]: unknown }))).toEqual([]);
    },
  );

  test.each(["Effect", "Action", "Resource"])("a statement's %s breaks no rule", (key) => {
    const statement = { Effect: "Allow", Action: "*", Resource: "*", [key]: unknown };
    const found = broken(one("aws:iam/rolePolicy:RolePolicy", { policy: JSON.stringify({ Statement: [statement] }) }));
    expect(found).toEqual(key === "Resource" ? ["IAM.21"] : []);
  });

  test("what is known beside it is judged", () => {
    expect(broken(container({ user: unknown, privileged: true }))).toEqual(["ECS.4"]);
  });
});
