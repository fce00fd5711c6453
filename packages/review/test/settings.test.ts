import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf } from "../src";

const told = (before: PlanResource[], after: PlanResource[]) =>
  reviewOf(comparePlans(planOf(...before), planOf(...after)), undefined, undefined).dangers.map(
    ({ severity, title }) => `${severity}: ${title}`,
  );
const types = {
  association: "aws:wafv2/webAclAssociation:WebAclAssociation",
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  subnet: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  group: "aws:ec2/securityGroup:SecurityGroup",
};
const of = (type: string, name: string, input: string, attribute = "arn") => ({
  input: { [input]: output(type, name, attribute) },
  others: { propertyDependencies: { [input]: [urnOf(type, name)] } },
});

describe("a firewall's association", () => {
  const loadBalancer = resource(types.loadBalancer, "shop", { internal: false });
  const { input, others } = of(types.loadBalancer, "shop", "resourceArn");
  const associated = (name: string, webAclArn: string, options: PlanResource["options"] = {}) =>
    resource(types.association, name, { ...input, webAclArn }, { ...others, options });
  test.each<[string, PlanResource[], PlanResource[], string[]]>([
    [
      "of another firewall",
      [associated("shop", "a")],
      [associated("shop", "b")],
      ["opened: leaves no web ACL association: shop", "lessProtected: replaces web ACL association shop"],
    ],
    [
      "of another firewall, the old one first",
      [associated("shop", "a", { deleteBeforeReplace: true })],
      [associated("shop", "b", { deleteBeforeReplace: true })],
      ["lessProtected: replaces web ACL association shop"],
    ],
    [
      "by another name",
      [associated("shop", "a")],
      [associated("store", "a")],
      ["opened: deletes web ACL association shop", "opened: leaves no web ACL association: shop, store"],
    ],
    [
      "by another name, with an alias",
      [associated("shop", "a")],
      [associated("store", "a", { aliases: [urnOf(types.association, "shop")] })],
      [],
    ],
    [
      "beside another",
      [associated("shop", "a")],
      [associated("shop", "a"), associated("more", "b")],
      ["lessProtected: has more than one web ACL association of the same: shop, more"],
    ],
  ])("%s", (_, before, after, expected) => expect(told([loadBalancer, ...before], [loadBalancer, ...after])).toEqual(expected));
});

test("a bucket that is named by another attribute of it keeps its settings", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "fixtures");
  const block = (attribute: string) => {
    const { input, others } = of(bucket.type, "fixtures", "bucket", attribute);
    return resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "fixtures", { ...input, blockPublicAcls: true }, others);
  };
  expect(told([bucket, block("id")], [bucket, block("bucket")]).filter((text) => text.includes("leaves no"))).toEqual([]);
});

test("a subnet has one network ACL", () => {
  const subnet = (name: string) => resource(types.subnet, name, { subnetId: "subnet-1", networkAclId: name });
  expect(told([subnet("old")], [subnet("old"), subnet("new")])).toEqual([
    "lessProtected: has more than one ec2 NetworkAclAssociation of the same: old, new",
    "unknown: creates ec2 NetworkAclAssociation new",
  ]);
});

test("rules within a security group and beside it undo each other", () => {
  const { input, others } = of(types.group, "tool", "securityGroupId", "id");
  const rule = resource(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "db",
    { ...input, cidrIpv4: "10.0.0.0/8", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
    others,
  );
  const inline = { ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/8"] }] };
  const group = (inputs: Record<string, unknown> = {}) => resource(types.group, "tool", { description: "tool", ...inputs });
  const title = "interruption: says ingress of security group tool twice: there, and by ingress rule db";
  expect(told([group(), rule], [group(inline), rule])).toEqual([title]);
  expect(told([group(inline), rule], [group({ ...inline, description: "tool", tags: { a: "b" } }), rule])).toEqual([]);
});

describe("what was inside", () => {
  const group = resource("aws:lb/targetGroup:TargetGroup", "admin", { port: 80 });
  const door = (name: string, internal: boolean) => [
    resource(types.loadBalancer, name, { internal }),
    resource(
      "aws:lb/listener:Listener",
      name,
      {
        port: 80,
        protocol: "HTTP",
        loadBalancerArn: output(types.loadBalancer, name, "arn"),
        defaultActions: [{ type: "forward", targetGroupArn: output(group.type, "admin", "arn") }],
      },
      { propertyDependencies: { loadBalancerArn: [urnOf(types.loadBalancer, name)] } },
    ),
  ];
  const opened = "opened: lets the internet reach admin";
  test.each<[string, PlanResource[], PlanResource[], boolean]>([
    [
      "gets a load balancer of the internet",
      [group, ...door("inside", true)],
      [group, ...door("inside", true), ...door("partners", false)],
      true,
    ],
    ["gets one more of the network", [group, ...door("inside", true)], [group, ...door("inside", true), ...door("more", true)], false],
    ["was on the internet already", [group, ...door("shop", false)], [group, ...door("shop", false), ...door("partners", false)], false],
    [
      "is new with its load balancer",
      [resource("aws:s3/bucket:Bucket", "a")],
      [resource("aws:s3/bucket:Bucket", "a"), group, ...door("shop", false)],
      false,
    ],
  ])("%s", (_, before, after, expected) => expect(told(before, after).includes(opened)).toBe(expected));

  test("and had no door at all is looked at", () => {
    expect(told([group, ...door("shop", false).slice(0, 1)], [group, ...door("shop", false)])).toContain(
      "lessProtected: lets the internet reach admin",
    );
  });
});

test("a record of weight 0 goes unnoticed beside one that answers", () => {
  const record = (name: string, weight: number) =>
    resource("aws:route53/record:Record", name, {
      zoneId: "Z1",
      name: "shop.example.com",
      type: "CNAME",
      setIdentifier: name,
      weightedRoutingPolicies: [{ weight }],
      records: [name],
    });
  expect(told([record("new", 100), record("old", 0)], [record("new", 100)])).toEqual([]);
  expect(told([record("new", 100), record("old", 1)], [record("new", 100)])).toEqual(["unreachable: deletes DNS record old"]);
  expect(told([record("new", 0), record("old", 0)], [record("new", 0)])).toEqual(["unreachable: deletes DNS record old"]);
});

test("what the provider only forgets stays", () => {
  const group = (inputs: object) => [
    resource("aws:cloudwatch/logGroup:LogGroup", "audit", { name: "/audit", ...inputs }),
    resource("aws:s3/bucket:Bucket", "a"),
  ];
  expect(told(group({ skipDestroy: true }), group({}).slice(1))).toEqual([]);
  expect(told(group({}), group({}).slice(1))).toEqual(["dataLoss: deletes log group audit"]);
});
