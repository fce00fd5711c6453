import { comparePlans } from "@fairlead/changes";
import { serviceType } from "@fairlead/model";
import type { Plan, PlanResource, Project } from "@fairlead/plan";

import { renderComment, renderHtml, renderTerminal, reportOf, summaryOf, type ChangeReport, type StackSummary } from "../src";

const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const arnOf = (type: string, name: string) => ({ $output: `${urnOf(type, name)}#arn` });
const [loadBalancer, listener, rule, targetGroup] = ["LoadBalancer", "Listener", "ListenerRule", "TargetGroup"].map(
  (kind) => `aws:lb/${kind[0]!.toLowerCase()}${kind.slice(1)}:${kind}`,
) as [string, string, string, string];

function resource(type: string, name: string, inputs: Record<string, unknown> = {}, parent = stackUrn): PlanResource {
  const custom = type !== serviceType;
  return { urn: urnOf(type, name), type, name, parent, custom, inputs, dependencies: [], propertyDependencies: {}, options: {} };
}

const service = (name: string, owner: string) => [
  resource(serviceType, name, { spec: { name, owner } }),
  resource(targetGroup, name, {}, urnOf(serviceType, name)),
];
const route = (path: string, to: string, priority: number) =>
  resource(rule, `dev${path}`, {
    listenerArn: arnOf(listener, "dev-http"),
    priority,
    conditions: [{ pathPattern: { values: [path] } }],
    actions: [{ type: "forward", targetGroupArn: arnOf(targetGroup, to) }],
  });

/** An environment with three services, and these routes. */
function planOf(...routes: PlanResource[]): Plan {
  const notFound = [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }];
  const listens = { loadBalancerArn: arnOf(loadBalancer, "dev"), port: 80, protocol: "HTTP", defaultActions: notFound };
  const resources = [
    { ...resource("pulumi:pulumi:Stack", "shop-dev"), urn: stackUrn, parent: null, custom: false },
    resource(loadBalancer, "dev"),
    resource(listener, "dev-http", listens),
    ...service("api", "shop"),
    ...service("web", "front"),
    ...service("admin", "shop"),
    ...routes,
  ];
  return { version: 1, project: "shop", stack: "dev", resources, outputs: {} };
}

const project: Project = {
  root: __dirname,
  name: "shop",
  main: "index.js",
  configFolder: __dirname,
  config: { "aws:region": "us-east-1" },
  secretKeys: [],
};
const reportFor = (before: Plan, after: Plan): ChangeReport => ({
  project: "shop",
  from: "before",
  to: "after",
  stacks: [reportOf(comparePlans(before, after), { after: project })],
});
const summaryFor = (report: ChangeReport, services?: string[]) => (summaryOf(report, services).stacks as [StackSummary])[0];

const web = route("/*", "web", 90);
const [api, admin] = [route("/api/*", "api", 10), route("/admin/*", "admin", 20)];
const withoutEscapes = (text: string) => text.replace(/\\/g, "");

describe("a route that goes", () => {
  const caught = reportFor(planOf(web, api), planOf(web));
  const alone = reportFor(planOf(api, admin), planOf(api));

  test("is said to lead to whom a wider route leads, in every form", async () => {
    const said = "/api/*: api (team shop) → web (team front), caught by /*";
    expect(renderTerminal(caught)).toContain(said);
    expect(withoutEscapes(renderComment(caught))).toContain(`🛑 **${said}**. No route says so`);
    expect(await renderHtml(caught)).toContain(said);
    expect(summaryFor(caught).requests).toMatchObject([
      { text: said, effect: "moved", from: { services: ["api"] }, to: { services: ["web"] } },
    ]);
    expect(JSON.stringify(caught)).toContain(`"requests":[{"loadBalancer":"dev"`);
    for (const text of [renderTerminal(caught), renderComment(caught)]) expect(text).not.toContain("default action");
  });

  test("and that nobody else answers is an address that goes away", () => {
    expect(withoutEscapes(renderComment(alone))).toContain("🛑 **/admin/*: admin → nobody (404)**. Whoever asks for it gets an error.");
    expect(renderComment(alone)).toContain("### 🛑 Stop – an address goes away: dev");
  });

  test("and one that nobody answers comes before one that a wider route catches", () => {
    const both = reportFor(planOf(api, admin, route("/admin/*/old", "web", 30)), planOf(route("/admin/*/old", "web", 30)));
    const [first] = summaryFor(both).requests;
    expect(first).toMatchObject({ effect: "unanswered" });
  });
});

test("a route that another team's service takes names both", () => {
  const taken = reportFor(planOf(web, api), planOf(web, route("/api/*", "web", 10)));
  expect(renderTerminal(taken)).toContain("/api/*: api (team shop) → web (team front)");
  expect(withoutEscapes(renderComment(taken))).toContain(
    "**/api/*: api (team shop) → web (team front)**. It was another owner's route: have them agree.",
  );
});

test("a route that the load balancer answers itself interrupts", () => {
  const inputs = { ...api.inputs, actions: [{ type: "fixed-response", fixedResponse: { statusCode: "200" } }] };
  const comment = withoutEscapes(renderComment(reportFor(planOf(api), planOf({ ...api, inputs }))));
  expect(comment).toContain("⚠️ **/api/*: api → the load balancer itself (200)**. Whoever asks for it gets one text");
});

test("a route that a service of the same team takes is looked at", () => {
  const comment = withoutEscapes(renderComment(reportFor(planOf(api, admin), planOf(api, route("/admin/*", "api", 20)))));
  expect(comment).toContain("⚠️ **/admin/*: admin → api**. Whoever asks for it is answered by another program.");
  expect(comment).toContain("### ⚠️ Look – interrupts: dev");
});

test("what is the same of several routes is said once", () => {
  const more = ["a", "b", "c"].map((name, index) => route(`/${name}/*`, "admin", 40 + index));
  expect(renderTerminal(reportFor(planOf(...more), planOf()))).toContain("/a/*, /b/*, /c/*: admin → nobody (404)");
});

test("a summary of some services has their requests alone", () => {
  const change = reportFor(planOf(api, admin, web), planOf(web));
  expect(summaryFor(change, ["admin"]).requests.map(({ requests }) => requests)).toEqual(["/admin/*"]);
});
