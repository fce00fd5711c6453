import { planOfStack, readProject, type Plan } from "@fairlead/plan";

import { earlyStarts } from "../testing/earlyStarts";
import { FixtureRepository } from "../testing/fixtureRepository";

const repository = new FixtureRepository();
afterAll(() => repository.remove());

let plan: Plan;
beforeAll(async () => void (plan = await planOfStack(readProject("prod", [], repository.folder), "prod")));

test("an environment starts nothing before what it can't work without", () => {
  expect(earlyStarts(plan)).toEqual([]);
});

/** The plan as if nobody waited for what has this name. */
function heedless(name: RegExp): Plan {
  const dropped = new Set(plan.resources.filter((resource) => name.test(`${resource.type} ${resource.name}`)).map(({ urn }) => urn));
  expect(dropped.size).toBeGreaterThan(0);
  const resources = plan.resources.map((resource) => ({
    ...resource,
    dependencies: resource.dependencies.filter((urn) => !dropped.has(urn)),
  }));
  return { ...plan, resources };
}

test.each([
  ["a way out", /EgressRule api-out$/, { starts: "Service api", before: "SecurityGroupEgressRule api-out" }],
  [
    "a job's way out",
    /EgressRule accounts-migration-out$/,
    { starts: "Resource accounts-migration", before: "SecurityGroupEgressRule accounts-migration-out" },
  ],
  ["an endpoint", /VpcEndpoint prod-ecr-api$/, { starts: "Service web", before: "VpcEndpoint prod-ecr-api" }],
  [
    "a load balancer's opening",
    /IngressRule web-from-alb-8080$/,
    { starts: "Service web", before: "SecurityGroupIngressRule web-from-alb-8080" },
  ],
  [
    "a load balancer's way to it",
    /EgressRule alb-to-web-8080$/,
    { starts: "Service web", before: "SecurityGroupEgressRule alb-to-web-8080" },
  ],
  ["the opening of what it calls", /IngressRule api-from-web$/, { starts: "Service web", before: "SecurityGroupIngressRule api-from-web" }],
  ["a permission", /RolePolicy api-execution$/, { starts: "Service api", before: "RolePolicy api-execution" }],
  [
    "a listener's rule",
    /ListenerRule prod-api-/,
    { starts: "Service api", before: expect.stringMatching(/^ListenerRule prod-api-/) as string },
  ],
  ["who may publish", /TopicPolicy prod-alarms$/, { starts: "EventTarget prod-failed-deployments", before: "TopicPolicy prod-alarms" }],
  ["who may write logs", /BucketPolicy prod-access-logs$/, { starts: "LoadBalancer prod", before: "BucketPolicy prod-access-logs" }],
])("what does not wait for %s is told", (_, name, early) => {
  expect(earlyStarts(heedless(name))).toContainEqual(early);
});
