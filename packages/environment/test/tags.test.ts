import type { ServiceSpec } from "@fairlead/manifest";
import type * as pulumi from "@pulumi/pulumi";

import { tagging } from "../src/tags";

/** The tags that a resource of a type has below a service. */
function tagsOf(type: string, spec: Pick<ServiceSpec, "owner" | "tags">, own: Record<string, unknown> = {}): unknown {
  const args = { type, name: "x", props: own, opts: {} } as pulumi.ResourceTransformationArgs;
  const results = tagging(spec as ServiceSpec).map((transformation) => transformation(args));
  return (results[0]?.props ?? own).tags;
}

const shop = { owner: "shop", tags: { tier: "gold" } };

test.each([
  "aws:ecs/service:Service",
  "aws:appautoscaling/target:Target",
  "aws:lb/listener:Listener",
  "aws:efs/accessPoint:AccessPoint",
  "aws:iam/instanceProfile:InstanceProfile",
])("%s of a service has its tags and its owner", (type) => {
  expect(tagsOf(type, shop)).toEqual({ owner: "shop", tier: "gold" });
});

test("tags of the resource's own stay", () => {
  expect(tagsOf("aws:ecs/service:Service", shop, { tags: { Name: "api", tier: "none" } })).toEqual({
    Name: "api",
    owner: "shop",
    tier: "gold",
  });
});

test("the tag by which people are let in is no manifest's to set", () => {
  const spec = { tags: { "fairlead:cluster": "dev" } };
  const own = { tags: { "fairlead:cluster": "prod" } };
  expect(tagsOf("aws:appautoscaling/target:Target", spec, own)).toEqual({ "fairlead:cluster": "prod" });
});

test("what takes no tags, or something else of that name, is left alone", () => {
  expect(tagsOf("aws:iam/rolePolicy:RolePolicy", shop)).toBeUndefined();
  // The tags of an image are its versions, those of an Auto Scaling group a list.
  expect(tagsOf("docker-build:index:Image", shop, { tags: ["1.0.0"] })).toEqual(["1.0.0"]);
  expect(tagsOf("aws:autoscaling/group:Group", shop)).toBeUndefined();
});

test("a service without owner and tags tags nothing", () => {
  expect(tagging({ tags: {} } as ServiceSpec)).toEqual([]);
});
