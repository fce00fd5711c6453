import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf } from "../src";

const type = "aws:ec2/securityGroup:SecurityGroup";
const group = (name = "tool", inputs: object = {}, others: object = {}) => resource(type, name, { description: name, ...inputs }, others);
const of = { propertyDependencies: { securityGroupId: [group().urn] }, dependencies: [group().urn] };
const rule = (name: string, inputs: object, direction = "Ingress") =>
  resource(
    `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`,
    name,
    { securityGroupId: output(type, "tool", "id"), ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ...inputs },
    of,
  );
const told = (before: PlanResource[], after: PlanResource[]) =>
  reviewOf(comparePlans(planOf(...before), planOf(...after)), undefined, undefined).dangers.map(
    ({ severity, title }) => `${severity}: ${title}`,
  );
const both = (block: string) => ({ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: [block] });

test.each<[string, PlanResource[], PlanResource[], string[]]>([
  [
    "both halves of all addresses are everybody's",
    [group()],
    [group(), rule("low", { cidrIpv4: "0.0.0.0/1" }), rule("high", { cidrIpv4: "128.0.0.0/1" })],
    ["opened: opens low, high"],
  ],
  ["so are all public addresses of IPv6", [group()], [group(), rule("v6", { cidrIpv6: "2000::/3" })], ["opened: opens v6"]],
  [
    "what routers tell of the size of packets opens nothing",
    [group()],
    [
      ...[group(), rule("v4", { cidrIpv4: "0.0.0.0/0", ipProtocol: "icmp", fromPort: 3, toPort: 4 })],
      rule("v6", { cidrIpv6: "::/0", ipProtocol: "icmpv6", fromPort: 2, toPort: 0 }),
    ],
    [],
  ],
  [
    "who asks whether it is there reaches no program",
    [group()],
    [group(), rule("ping", { cidrIpv4: "0.0.0.0/0", ipProtocol: "icmp", fromPort: 8, toPort: -1 })],
    ["lessProtected: opens ping"],
  ],
  [
    "a private network is not",
    [group()],
    [group(), rule("inside", { cidrIpv4: "10.0.0.0/8" })],
    ["lessProtected: lets in 10.0.0.0/8 on port 5432 (inside)"],
  ],
  [
    "SSH beside HTTPS opens, plain HTTP does not",
    [group(), rule("https", { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 })],
    [
      ...[group(), rule("https", { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 })],
      ...[22, 80].map((port) => rule(`port-${port}`, { cidrIpv4: "0.0.0.0/0", fromPort: port, toPort: port })),
    ],
    ["opened: opens port-22", "lessProtected: opens port-80"],
  ],
  [
    "ranges that are one",
    [group(), rule("low", { cidrIpv4: "0.0.0.0/0", toPort: 5440 }), rule("high", { cidrIpv4: "0.0.0.0/0", fromPort: 5441, toPort: 5450 })],
    [group(), rule("low", { cidrIpv4: "0.0.0.0/0", toPort: 5450 })],
    [],
  ],
  [
    "a protocol by its number",
    [group(), rule("in", { cidrIpv4: "192.0.2.0/24" })],
    [group(), rule("in", { cidrIpv4: "192.0.2.0/24", ipProtocol: "6" })],
    [],
  ],
  [
    "what was inline is a rule of its own",
    [group("tool", { ingress: [both("192.0.2.0/24")] })],
    [group(), rule("in", { cidrIpv4: "192.0.2.0/24" })],
    [],
  ],
  [
    "what was inline goes",
    [group("tool", { ingress: [both("10.0.0.0/8"), { ...both("10.0.0.0/8"), fromPort: 443, toPort: 443 }] })],
    [group("tool", { ingress: [{ ...both("10.0.0.0/8"), fromPort: 443, toPort: 443 }] })],
    ["interruption: lets through less by tool"],
  ],
  [
    "to another port by another name",
    [group(), rule("db", { cidrIpv4: "10.0.0.0/8" }, "Egress")],
    [group(), rule("api", { cidrIpv4: "10.0.0.0/8", fromPort: 443, toPort: 443 }, "Egress")],
    ["interruption: deletes egress rule db"],
  ],
  [
    "a list of blocks that is in the plan",
    [group(), resource("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", { entries: [{ cidr: "192.0.2.0/24" }] }), listed()],
    [group(), resource("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", { entries: [{ cidr: "0.0.0.0/0" }] }), listed()],
    ["opened: opens listed", "unknown: may replace ec2 ManagedPrefixList offices"],
  ],
  [
    "the group's new name",
    [group("tool", { ingress: [both("192.0.2.0/24")] })],
    [group("kit", { description: "tool", ingress: [both("192.0.2.0/24")] }, { options: { aliases: [group().urn] } })],
    [],
  ],
])("%s", (_, before, after, expected) => expect(told(before, after)).toEqual(expected));

test("a rule whose group has another parent lets through what it did", () => {
  const named = (name: string) =>
    resource(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "https",
      { securityGroupId: output(type, name, "id"), ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
      { propertyDependencies: { securityGroupId: [group(name).urn] } },
    );
  const moved = group("kit", { description: "tool" }, { options: { aliases: [group().urn] } });
  expect(told([group(), named("tool")], [moved, named("kit")])).toEqual([]);
});

function listed() {
  return rule("listed", { prefixListId: output("aws:ec2/managedPrefixList:ManagedPrefixList", "offices", "id") });
}

test("a security group for everybody is given to what had none", () => {
  const database = (...groups: string[]) =>
    resource("aws:rds/instance:Instance", "audit", { vpcSecurityGroupIds: groups.map((name) => output(type, name, "id")) });
  const homes = group("homes", { ingress: [both("0.0.0.0/0")] });
  const given = told([group(), database("tool")], [group(), homes, database("tool", "homes")]);
  expect(given).toContain("opened: gives an open security group to audit");
  expect(
    told([homes, database("homes")], [homes, group("more", { ingress: [both("0.0.0.0/0")] }), database("homes", "more")]),
  ).not.toContainEqual(expect.stringContaining("gives an open"));
});
