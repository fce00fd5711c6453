import type { Plan } from "@fairlead/plan";

import { compositionFile, ofType, planOf, ProjectFolder, service } from "./harness";

const rule = "aws:lb/listenerRule:ListenerRule";
const canary = "deployment: { strategy: CANARY }";

/** The plan of an environment with these services. */
async function planned(services: Record<string, string[]>): Promise<Plan> {
  const files = Object.entries(services).map(([name, lines]) => service(name, "version: 1.0.0", "containerPort: 80", ...lines));
  const project = new ProjectFolder(Object.assign({ "stacks/dev.ts": compositionFile }, ...files));
  try {
    return await planOf(project);
  } finally {
    project.remove();
  }
}

const route = (...paths: string[]) => `routes: [${paths.map((path) => `{ path: ${path} }`).join(", ")}]`;
const prioritiesIn = (plan: Plan) => ofType(plan, rule).map(({ inputs }) => inputs.priority as number);

/** The priorities that rules of `after` want while those of `before` are still there: of rules that are new, or are moved. */
function clashes(before: Plan, after: Plan): number[] {
  const former = new Map(ofType(before, rule).map(({ urn, inputs }) => [urn, inputs.priority as number]));
  const changed = ofType(after, rule).filter(({ urn, inputs }) => former.get(urn) !== inputs.priority);
  return changed.map(({ inputs }) => inputs.priority as number).filter((priority) => [...former.values()].includes(priority));
}

describe("a route", () => {
  test("that moves to another service is the same rule, which turns to another target group", async () => {
    const before = await planned({ api: [route("/api/*", "/shop/*")], web: [route("/*")] });
    const after = await planned({ api: [route("/api/*")], web: [route("/*", "/shop/*")] });
    const shop = (plan: Plan) => ofType(plan, rule).find(({ inputs }) => JSON.stringify(inputs.conditions).includes("/shop/*"))!;
    expect(shop(after).urn).toBe(shop(before).urn);
    expect(shop(after).inputs).toEqual({
      ...shop(before).inputs,
      actions: [{ type: "forward", targetGroupArn: { $output: expect.stringContaining("TargetGroup::web#arn") as string } }],
    });
    expect([shop(before).parent, shop(after).parent]).toEqual([expect.stringMatching(/::api$/), expect.stringMatching(/::web$/)]);
    expect(clashes(before, after)).toEqual([]);
  });

  test("of a service that gets another name stays the same rule, and the new service waits for it", async () => {
    const before = await planned({ cart: [route("/cart/*")] });
    const after = await planned({ basket: [route("/cart/*")] });
    expect(ofType(after, rule).map(({ urn, inputs }) => [urn, inputs.priority])).toEqual(
      ofType(before, rule).map(({ urn, inputs }) => [urn, inputs.priority]),
    );
    expect(ofType(after, "aws:ecs/service:Service")[0]!.dependencies).toContain(ofType(after, rule)[0]!.urn);
  });

  test.each([
    ["of a service that shifts traffic, under another name", [canary], [canary]],
    ["that passes to a service that shifts traffic", [], [canary]],
    ["that passes from a service that shifts traffic", [canary], []],
  ])("%s, has rules that find room beside the old ones", async (_, then, now) => {
    const before = await planned({ cart: [route("/cart/*"), ...then], web: [route("/*")] });
    const after = await planned({ basket: [route("/cart/*"), ...now], web: [route("/*")] });
    expect(clashes(before, after)).toEqual([]);
    expect(new Set(prioritiesIn(after)).size).toBe(prioritiesIn(after).length);
  });

  test("whose service begins to shift traffic gets a rule with both target groups, beside the old one", async () => {
    const before = await planned({ cart: [route("/cart/*")] });
    const after = await planned({ cart: [route("/cart/*"), canary] });
    expect(ofType(after, rule).map(({ urn }) => urn)).not.toContain(ofType(before, rule)[0]!.urn);
    expect(clashes(before, after)).toEqual([]);
  });
});
