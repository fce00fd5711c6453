import { join } from "node:path";

import { seeded } from "@fairlead/model/testing/random";
import { planOfStack, readProject, stacksOf, type Plan, type PlanResource } from "@fairlead/plan";

import { checkProxy, type ProxyCheck } from "../testing/proxyCheck";
import { describeWithHaproxy } from "../testing/proxyProcess";
import { randomProxyPlan } from "../testing/proxyRules";

const root = join(__dirname, "../../..");

describeWithHaproxy("requests", (haproxy) => {
  test("20 sets of rules answer 40 requests each as a second reading of AWS's documents says", async () => {
    const checks: ProxyCheck[] = [];
    for (let seed = 1; seed <= 20; seed++) checks.push(await checkProxy(haproxy, randomProxyPlan(seeded(seed)), 40, seed));
    expect(checks.flatMap(({ wrong }) => wrong)).toEqual([]);
    // Every kind of answer was had often enough for that to say something.
    const had = (kind: string) => checks.reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0);
    expect(had("forward")).toBeGreaterThan(200);
    for (const kind of ["fixed", "redirect"]) expect(had(kind)).toBeGreaterThan(50);
    expect(had("guarded")).toBeGreaterThan(0);
  });

  test("each stack of this repository answers 100 requests so", async () => {
    const checks: Record<string, ProxyCheck> = {};
    for (const stack of stacksOf(root, { examples: true })) {
      // Components warn of what their stacks leave out.
      jest.spyOn(console, "warn").mockImplementation(() => undefined);
      const plan = await planOfStack(readProject(stack, [], root), stack);
      for (const [name, apart] of byLoadBalancer(plan)) checks[`${stack} ${name}`] = await checkProxy(haproxy, apart, 100);
    }
    expect(Object.entries(checks).filter(([, { wrong }]) => wrong.length > 0)).toEqual([]);
    expect(Object.values(checks).some(({ asked }) => asked === 100)).toBe(true);
    expect(Object.keys(checks)).toContain("everything everything-internal");
  });
});

/** A request has a port and no load balancer: each is asked in a plan without the others. */
function byLoadBalancer({ resources }: Pick<Plan, "resources">): [name: string, Pick<Plan, "resources">][] {
  const isPartOf = ({ urn, inputs }: PlanResource, whole: PlanResource) =>
    [inputs.loadBalancerArn, inputs.listenerArn].some((arn) =>
      (arn as { $output?: string } | undefined)?.$output?.startsWith(`${whole.urn}#`),
    ) || urn === whole.urn;
  const all = resources.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
  return all.map((own) => {
    const others = all.filter((other) => other !== own);
    const listeners = resources.filter((resource) => others.some((other) => isPartOf(resource, other)));
    const left = resources.filter((resource) => !listeners.some((listener) => isPartOf(resource, listener)));
    return [own.name, { resources: left }];
  });
}
