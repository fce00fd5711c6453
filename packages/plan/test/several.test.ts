import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Plan } from "../src";

/** In a process of its own: jest's copy of `process` hears no unhandled rejections. */
function run<T>(...args: string[]): T {
  const register = require.resolve("@fairlead/transpile/register");
  const command = ["--expose-gc", "--require", register, join(__dirname, "fixtures/several.ts"), ...args];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

describe("plans of several stacks in one process", () => {
  const [dev] = run<Plan[]>("dev");
  const [prod] = run<Plan[]>("prod");

  test("are what each of them is alone", () => {
    expect(JSON.stringify(dev)).toContain("eu-west-1");
    expect(JSON.stringify(prod)).toContain("us-east-2");
    expect(run("dev", "prod", "dev", "prod")).toEqual([dev, prod, dev, prod]);
  });

  test("may be made at the same time", () => {
    const byUrn = (plan: Plan) => ({ ...plan, resources: [...plan.resources].sort((a, b) => (a.urn < b.urn ? -1 : 1)) });
    expect(run<Plan[]>("dev+prod", "prod+dev").map(byUrn)).toEqual([dev, prod, prod, dev].map((plan) => byUrn(plan!)));
  });

  test("have nothing of one that failed before, while what is left of it goes on", () => {
    const failure = expect.stringContaining("no answer for aws:ecr/getRepository") as string;
    const plans = run("throwing", "dev", "failing", "prod", "throwing", "dev");
    expect(plans).toEqual(["broken on purpose", dev, failure, prod, "broken on purpose", dev]);
  });

  test("leave no listener, nothing to wait for and no resource behind", () => {
    const { before, after, alive } = run<Record<"before" | "after" | "alive", unknown>>("leaks", "dev", "prod", "dev", "prod");
    expect({ after, alive }).toEqual({ after: before, alive: 0 });
  });
});
