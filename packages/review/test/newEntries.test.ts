import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { namedBy as of, review, severitiesOf, type Inputs } from "./judged";

const loadBalancer = resource("aws:lb/loadBalancer:LoadBalancer", "shop");
const queue = resource("aws:sqs/queue:Queue", "other");

describe("another way to what asked for a sign-in", () => {
  const group = resource("aws:lb/targetGroup:TargetGroup", "admin");
  const forward = { type: "forward", targetGroupArn: output(group.type, group.name, "arn") };
  const signIn = { type: "authenticate-oidc", authenticateOidc: { issuer: "https://idp.example.com" } };
  const listener = (port: number, ...defaultActions: unknown[]) =>
    of("aws:lb/listener:Listener", "loadBalancerArn", loadBalancer, { port, protocol: "HTTP", defaultActions }, `port ${port}`);
  const refusing = listener(80, { type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain" } });
  const rule = (name: string, conditions: unknown[], ...actions: unknown[]) =>
    of("aws:lb/listenerRule:ListenerRule", "listenerArn", refusing, { priority: name === "admin" ? 5 : 6, conditions, actions }, name);
  const guarded = rule("admin", [{ hostHeader: { values: ["admin.example.com"] } }], signIn, forward);
  const before = [loadBalancer, group, refusing];
  const titles = (were: PlanResource[], ...created: PlanResource[]) =>
    review(planOf(...before, ...were), planOf(...before, ...were, ...created)).dangers.map(
      ({ severity, title }) => `${severity}: ${title}`,
    );

  test("is told on a port and by a rule of its own", () => {
    expect(titles([guarded], listener(8443, forward))).toContain("opened: lets requests reach admin without a sign-in by OpenID Connect");
    const agents = rule("agents", [{ hostHeader: { values: ["agents.example.com"] } }], forward);
    expect(titles([guarded], agents)).toContain("opened: lets requests reach admin without a sign-in by OpenID Connect");
    const header = rule("admin", [{ httpHeader: { httpHeaderName: "X-Token", values: ["abc"] } }], forward);
    expect(titles([header], listener(8443, forward))).toContain("opened: lets requests reach admin without header x-token");
  });

  test("is told where it is encrypted no more, or asks for no certificate any more", () => {
    const encrypted = (inputs: Inputs = {}) => ({
      ...listener(443, forward),
      inputs: { ...listener(443, forward).inputs, protocol: "HTTPS", ...inputs },
    });
    expect(titles([encrypted()], listener(8080, forward))).toContain("lessProtected: lets requests reach admin without encryption");
    const inside = resource("aws:lb/loadBalancer:LoadBalancer", "inside", { internal: true });
    const internal = {
      ...of(
        "aws:lb/listener:Listener",
        "loadBalancerArn",
        inside,
        { ...listener(80, forward).inputs, loadBalancerArn: output(inside.type, "inside", "arn") },
        "inside",
      ),
    };
    expect(titles([encrypted()], inside, internal).filter((title) => title.includes("without"))).toEqual([]);
    const asking = encrypted({ mutualAuthentication: { mode: "verify" } });
    const second = { ...encrypted({ port: 8443 }), urn: `${asking.urn}-8443`, name: "8443" };
    expect(titles([asking], second)).toContain("opened: lets requests reach admin without a client's certificate");
    expect(titles([encrypted()], second).filter((title) => title.includes("without"))).toEqual([]);
  });

  test("is none where it asks for the same, or where another way asked for nothing", () => {
    expect(titles([guarded], listener(8443, signIn, forward)).filter((title) => title.includes("without"))).toEqual([]);
    expect(
      titles([rule("admin", [{ pathPattern: { values: ["/a/*"] } }], forward)], listener(8443, forward)).filter((title) =>
        title.includes("without"),
      ),
    ).toEqual([]);
  });
});

describe("a distribution", () => {
  const distribution = (name: string, inputs: Inputs = {}, domainName: unknown = output(loadBalancer.type, loadBalancer.name, "dnsName")) =>
    resource("aws:cloudfront/distribution:Distribution", name, {
      enabled: true,
      origins: [{ originId: "a", domainName }],
      defaultCacheBehavior: { targetOriginId: "a" },
      ...inputs,
    });
  const association = of(
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "resourceArn",
    loadBalancer,
    { webAclArn: "arn:acl" },
    "firewall",
  );
  test("without a firewall, before what another one asks a firewall about", () => {
    const filtered = distribution("shop", { webAclId: "arn:acl" });
    expect(severitiesOf([loadBalancer, filtered], [loadBalancer, filtered, distribution("fast")])).toEqual(["opened"]);
    const [byName, past] = [
      distribution("shop", { webAclId: "arn:acl" }, "origin.example.com"),
      distribution("past", {}, "origin.example.com"),
    ];
    expect(severitiesOf([loadBalancer, byName], [loadBalancer, byName, past])).toEqual(["opened"]);
    expect(severitiesOf([loadBalancer, filtered], [loadBalancer, filtered, distribution("fast", { webAclId: "arn:acl" })])).toEqual([]);
  });

  test("hides clients' addresses from the firewall of its origin, and opens what is internal", () => {
    expect(severitiesOf([loadBalancer, association], [loadBalancer, association, distribution("fast")])).toEqual(["lessProtected"]);
    const internal = { ...loadBalancer, inputs: { internal: true } };
    expect(severitiesOf([internal], [internal, distribution("fast")])).toEqual(["lessProtected"]);
    expect(severitiesOf([loadBalancer], [loadBalancer, distribution("fast")])).toEqual([]);
    expect(severitiesOf([queue], [queue, loadBalancer, association, distribution("fast")])).toEqual([]);
    expect(severitiesOf([queue], [queue, distribution("fast", {}, "shop-1.us-east-1.elb.amazonaws.com")])).toEqual(["unknown"]);
  });
});

test("a rule on a listener of others", () => {
  const rule = resource("aws:lb/listenerRule:ListenerRule", "it", {
    listenerArn: "arn:aws:elasticloadbalancing:us-east-1:1:listener/app/shop/1/2",
    priority: 1,
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [{ type: "fixed-response", fixedResponse: { statusCode: "200", contentType: "text/plain" } }],
  });
  expect(severitiesOf([queue], [queue, rule])).toEqual(["unknown"]);
});
