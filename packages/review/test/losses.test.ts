import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf, type Side } from "../src";

const review = (before: PlanResource[], after: PlanResource[], sides: [Side?, Side?] = []) =>
  reviewOf(comparePlans(planOf(...before), planOf(...after)), ...(sides as [undefined, undefined]));

test("a target group that its service leaves answers nobody", () => {
  const group = resource("aws:lb/targetGroup:TargetGroup", "api");
  const arn = output(group.type, "api", "arn");
  const loadBalancer = [
    resource("aws:lb/loadBalancer:LoadBalancer", "shop", { internal: false }),
    resource(
      "aws:lb/listener:Listener",
      "shop",
      {
        port: 80,
        protocol: "HTTP",
        loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "shop", "arn"),
        defaultActions: [{ type: "forward", targetGroupArn: arn }],
      },
      { propertyDependencies: { loadBalancerArn: [urnOf("aws:lb/loadBalancer:LoadBalancer", "shop")] } },
    ),
  ];
  const service = (loadBalancers: object[]) => resource("aws:ecs/service:Service", "api", { desiredCount: 2, loadBalancers });
  const before = [group, ...loadBalancer, service([{ targetGroupArn: arn, containerName: "api", containerPort: 80 }])];
  expect(review(before, [group, ...loadBalancer, service([])]).grade).toBe("stop");
  expect(review(before, before).grade).toBe("nothing");
});

test("default tags that are added are no danger and no nothing; others may be asked for", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports");
  const side = (tags?: object): Side => ({
    configured: { name: "shop", config: tags ? { "aws:defaultTags": JSON.stringify({ tags }) } : {} },
    judged: { evaluation: { findings: [], excepted: [], unused: [] }, mandatory: false },
  });
  expect(review([bucket], [bucket], [side(), side({ team: "shop" })])).toMatchObject({ grade: "routine", dangers: [] });
  expect(review([bucket], [bucket], [side({ team: "shop" }), side({ team: "front" })]).grade).toBe("look");
  expect(review([bucket], [bucket], [side({ team: "shop" }), side()]).grade).toBe("look");
});

test("default tags that can't be read are looked at, and break nothing", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "reports");
  const side = (defaultTags: string): Side => ({
    configured: { name: "shop", config: { "aws:defaultTags": defaultTags } },
    judged: { evaluation: { findings: [], excepted: [], unused: [] }, mandatory: false },
  });
  const readable = JSON.stringify({ tags: { team: "shop" } });
  for (const text of ["team=shop", "[]", '{"tags":"team"}', "{"]) {
    expect(review([bucket], [bucket], [side(text), side(readable)]).grade).toBe("look");
    expect(review([bucket], [bucket], [side(readable), side(text)]).grade).toBe("look");
  }
  expect(review([bucket], [bucket], [side('{"tags":null}'), side(readable)]).grade).toBe("routine");
});

describe("a database that is kept under another name of the program", () => {
  const type = "aws:rds/instance:Instance";
  const database = (name: string, options: PlanResource["options"] = { retainOnDelete: true }) => resource(type, name, {}, { options });
  const host = (name: string) =>
    resource("aws:ecs/service:Service", "api", { serviceConnectConfiguration: { host: output(type, name, "address") } });
  const titles = (before: PlanResource[], after: PlanResource[]) =>
    review(before, after)
      .dangers.filter(({ severity }) => severity === "unreachable")
      .map(({ title }) => title);
  test("is left by what used it", () => {
    expect(titles([database("legacy"), host("legacy")], [database("orders"), host("orders")])).toEqual(["leaves database instance legacy"]);
  });
  test("and not where nothing turns to a new one", () => {
    expect(titles([database("legacy"), database("orders"), host("legacy")], [database("orders"), host("orders")])).toEqual([]);
    expect(titles([database("legacy")], [database("orders")])).toEqual([]);
  });
});
