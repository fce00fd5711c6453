import type { ServiceInAws } from "@fairlead/operations";

import { adoptionOf } from "../src";
import { servicesByListener } from "../src/entry/servicesThatMove";
import type { FoundListener } from "../src/found/listeners";
import { fittingListener } from "../src/proposals/loadBalancerProposals";
import { arnOf, planOf, resource, stackOf, tagged } from "./scriptedAws";

const none = { urns: new Set<string>(), own: new Set<string>() };
const listener = (protocol: "http" | "https", port: number, redirects = false): FoundListener => ({
  arn: `${protocol}-${port}`,
  protocol,
  port,
  redirects,
});
const [plain, redirect, secure, other] = [
  listener("http", 80),
  listener("http", 80, true),
  listener("https", 443),
  listener("https", 8443),
];

test.each([
  ["the plan's own protocol and port", [plain, other, secure], { protocol: "https", port: 443 }, secure],
  ["the plan's protocol at another port", [plain, other], { protocol: "https", port: 443 }, other],
  ["HTTP where the plan speaks it", [secure, plain], { protocol: "http", port: 80 }, plain],
  ["no one that only redirects", [redirect, secure], { protocol: "http", port: 80 }, secure],
  ["what there is", [redirect], { protocol: "https", port: 443 }, redirect],
  ["none where there is none", [], { protocol: "https", port: 443 }, undefined],
] as const)("the listener is %s", (_, all, wanted, expected) => {
  expect(fittingListener(all, wanted)).toBe(expected);
  expect(fittingListener([...all].reverse(), wanted)).toBe(expected);
});

const shop = arnOf("elasticloadbalancing", "loadbalancer/app/shop/0123456789abcdef");
const component = resource("fairlead:networking:LoadBalancer", "dev");
const planned = (protocol: string, port: number) =>
  planOf(
    component,
    resource("aws:lb/listener:Listener", "dev-http", {
      parent: component.urn,
      inputs: { protocol: "HTTP", port: 80, defaultActions: [{ type: "redirect" }] },
    }),
    resource("aws:lb/listener:Listener", "dev", {
      parent: component.urn,
      inputs: { protocol, port, defaultActions: [{ type: "fixed-response" }] },
    }),
  );
const answer = (ListenerArn: string, Protocol: string, Port: number, type = "forward") => ({
  ListenerArn,
  Protocol,
  Port,
  DefaultActions: [{ Type: type }],
});
const proposed = async (plan: ReturnType<typeof planned>, ...pages: object[][]) => {
  const DescribeListenersCommand = ({ Marker = "0" }: { Marker?: string }) => ({
    Listeners: pages[Number(Marker)],
    ...(Number(Marker) + 1 < pages.length && { NextMarker: String(Number(Marker) + 1) }),
  });
  const things = { GetResourcesCommand: { ResourceTagMappingList: [tagged(shop)] } };
  const { references } = await adoptionOf(await stackOf(plan, { ...things, DescribeListenersCommand }), {}, none);
  return references[0]!;
};

test("all listeners are looked at, the one is said that was chosen, and what becomes of the others", async () => {
  const { reference, notes } = await proposed(
    planned("HTTPS", 443),
    [answer("arn:80", "HTTP", 80, "redirect")],
    [answer("arn:8443", "HTTPS", 8443), answer("arn:443", "HTTPS", 443)],
  );
  expect(reference.code).toContain('listenerArn: "arn:443"');
  expect(reference.code).not.toContain("protocol:");
  expect(notes).toEqual([
    "It has 3 listeners. This is the one of https at port 443; that of http at port 80 redirects (arn:80); that of https at port 8443 is left as it is (arn:8443).",
  ]);
});

test("a listener that speaks otherwise than the plan would is told, and the code says what it speaks", async () => {
  const { reference, notes } = await proposed(planned("HTTPS", 443), [answer("arn:80", "HTTP", 80)]);
  expect(reference.code).toContain('protocol: "http"');
  expect(notes).toEqual([
    expect.stringMatching(/^The plan would speak https, and this listener speaks http: what clients send is not encrypted\./),
  ]);
  const other = await proposed(planned("HTTP", 80), [answer("arn:80", "HTTP", 80, "redirect"), answer("arn:443", "HTTPS", 443)]);
  expect(other.notes.join(" ")).toMatch(/speak http, and this listener speaks https: what clients send is encrypted, and certificateArn/);
});

describe("services behind several listeners that exist", () => {
  const serviceOf = (name: string) => resource("fairlead:stacks:Service", name, { inputs: { spec: {} } });
  const ruleOf = (name: string, listenerArn: unknown) =>
    resource("aws:lb/listenerRule:ListenerRule", name, { parent: serviceOf(name).urn, inputs: { listenerArn } });
  const plan = planOf(
    serviceOf("web"),
    ruleOf("web", "arn:public"),
    serviceOf("api"),
    ruleOf("api", "arn:internal"),
    serviceOf("own"),
    ruleOf("own", { $output: "x#arn" }),
  );

  test("each has its own, and one that the stack makes is none", () => {
    expect([...servicesByListener(plan)].map(([arn, names]) => [arn, ...names])).toEqual([
      ["arn:public", "web"],
      ["arn:internal", "api"],
    ]);
  });

  test("each is held to the rules of its own", async () => {
    const DescribeRulesCommand = ({ ListenerArn }: { ListenerArn: string }) => ({
      Rules: [{ RuleArn: "r", IsDefault: true, Actions: [{ Type: "forward", TargetGroupArn: `group of ${ListenerArn}` }] }],
    });
    const services = ["web", "api"].map((name) => ({ name, routes: [{ path: "/*" }] })) as ServiceInAws[];
    const stack = await stackOf(plan, { GetResourcesCommand: {}, DescribeRulesCommand }, { services });
    const { moving } = await adoptionOf(stack, {}, none);
    expect(moving.map(({ name, targetGroupArn }) => [name, targetGroupArn])).toEqual([
      ["web", "group of arn:public"],
      ["api", "group of arn:internal"],
    ]);
  });
});
