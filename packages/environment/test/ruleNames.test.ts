import type { Plan, PlanResource } from "@fairlead/plan";

import { compositionFile, ofType, planOf, ProjectFolder, service } from "./harness";

const rule = "aws:lb/listenerRule:ListenerRule";
const canary = "deployment: { strategy: CANARY }";

/** The plan of an environment with these services, each with its routes and perhaps a strategy. */
async function planned(services: Record<string, [paths: string[], ...lines: string[]]>): Promise<Plan> {
  const files = Object.entries(services).map(([name, [paths, ...lines]]) =>
    service(name, "version: 1.0.0", "containerPort: 80", `routes: [${paths.map((path) => `{ path: ${path} }`).join(", ")}]`, ...lines),
  );
  const project = new ProjectFolder(Object.assign({ "stacks/dev.ts": compositionFile }, ...files));
  try {
    return await planOf(project);
  } finally {
    project.remove();
  }
}

/** The former names among the aliases; the provider's own are of types. */
const aliasesOf = ({ options: { aliases = [] } }: PlanResource) => (aliases as { name?: string }[]).flatMap(({ name }) => name || []);
const pathsOf = ({ inputs }: PlanResource) =>
  (inputs.conditions as { pathPattern?: { values: string[] } }[]).flatMap(({ pathPattern }) => pathPattern?.values ?? []).join(" ");
const isTest = ({ inputs }: PlanResource) => JSON.stringify(inputs.conditions).includes("httpHeader");
/** Each rule by what it answers to, with its name and its former names. */
const namesIn = (plan: Plan) =>
  Object.fromEntries(ofType(plan, rule).map((each) => [`${pathsOf(each)}${isTest(each) ? " test" : ""}`, [each.name, ...aliasesOf(each)]]));

describe("the name of a listener rule", () => {
  test.each([
    ["of every path", [["/admin/*"], canary], [["/*"]]],
    ["of every path, which shifts as well", [["/admin/*"], canary], [["/*"], canary]],
    ["of the path of a rule that is not shifted", [["/admin/*"]], [["/*"]]],
  ] as [string, [string[], ...string[]], [string[], ...string[]]][])(
    "is no former name of a rule of another service: web-admin %s beside web",
    async (_, web, webAdmin) => {
      for (const services of [
        { web, "web-admin": webAdmin },
        { "web-admin": webAdmin, web },
      ]) {
        const rules = ofType(await planned(services), rule);
        const taken = rules.flatMap((each) => [each.name, ...aliasesOf(each)]);
        expect(new Set(taken).size).toBe(taken.length);
      }
    },
  );

  test("of a service that shifts traffic, with a service that is called after its test rule, is its own", async () => {
    const names = ofType(await planned({ web: [["/*"], canary], "web-test": [["/test/*"], canary] }), rule).map(({ name }) => name);
    expect(names.sort()).toEqual(["web-test.http", "web-test.http.test", "web.http", "web.http.test"]);
  });

  test("stays, or is an alias, for rules that were made before 0.3.0 or on the way to it", async () => {
    const names = namesIn(await planned({ api: [["/api/*", "/api", "/*"]], cart: [["/cart/*", "/basket/*"], canary] }));
    expect(names["/api/*"]).toEqual(["main-api-720be2", "api-api", "api.http"]);
    expect(names["/api"]).toEqual(["main-api-702acf", "api-api-702acf"]);
    expect(names["/*"]).toEqual(["main-766e01", "api"]);
    expect(names["/cart/* /basket/*"]).toContain("cart-cart");
    expect(names["/cart/* /basket/* test"]).toContain("cart-cart-test");
  });

  test("of a service whose routes come in another order stays, and the former name is found whichever came first", async () => {
    const [one, other] = [await planned({ cart: [["/a/*", "/b/*"], canary] }), await planned({ cart: [["/b/*", "/a/*"], canary] })];
    for (const names of [one, other].map((plan) => ofType(plan, rule).map((each) => [each.name, ...aliasesOf(each).sort()])))
      expect(names).toEqual([
        ["cart.http", "cart-a", "cart-b"],
        ["cart.http.test", "cart-a-test", "cart-b-test"],
      ]);
  });

  test("of a service that shifts traffic no more is an alias of its first route's, so that there is no moment without a rule", async () => {
    const names = namesIn(await planned({ cart: [["/cart/*", "/basket/*"]] }));
    expect(names["/cart/*"]).toContain("cart.http");
    expect(names["/basket/*"]).not.toContain("cart.http");
  });
});
