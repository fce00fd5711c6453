import { EncryptionKey } from "@fairlead/foundation";
import type { Plan } from "@fairlead/plan";

import { Edge, LoadBalancer, WebAcl, type WebAclArgs } from "../src";
import { certificateArn, inputsOf, plan } from "./plans";

describe("CloudFront in front", () => {
  const edge = (admits: "cloudFront" | "cloudFrontVpcOrigin", webAcl?: () => WebAcl) =>
    plan((network) => {
      const loadBalancer = new LoadBalancer("main", { network, certificateArn, admits, webAcl: webAcl?.() });
      return new Edge("main", { loadBalancer, domainNames: ["shop.example.com"], originDomainName: "origin.example.com", certificateArn });
    });
  const ingress = (made: Plan) => inputsOf(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");

  test("a VPC origin needs no public address", async () => {
    const made = await edge("cloudFrontVpcOrigin");
    expect(inputsOf(made, "aws:lb/loadBalancer:LoadBalancer")[0]).toMatchObject({ internal: true });
    expect(inputsOf(made, "aws:cloudfront/vpcOrigin:VpcOrigin")[0]).toMatchObject({
      vpcOriginEndpointConfig: { originProtocolPolicy: "https-only", originSslProtocols: { items: ["TLSv1.2"] } },
    });
    expect(ingress(made).map(({ cidrIpv4, fromPort }) => [cidrIpv4, fromPort])).toEqual([[undefined, 443]]);
  });

  test("a public origin admits CloudFront's addresses with the right header only, and the header's value is in no plan", async () => {
    const made = await edge("cloudFront", () => new WebAcl("origin", { requiredHeader: { name: "x-key", value: "planted-header-value" } }));
    expect(ingress(made).map(({ cidrIpv4, prefixListId }) => [cidrIpv4, prefixListId])).toEqual([
      [undefined, "pl-looked-up-com.amazonaws.global.cloudfront.origin-facing"],
    ]);
    expect(inputsOf(made, "aws:wafv2/webAcl:WebAcl")[0]!.defaultAction).toEqual({ block: {} });
    expect(inputsOf(made, "aws:cloudfront/vpcOrigin:VpcOrigin")).toEqual([]);
    expect(JSON.stringify(inputsOf(made, "aws:cloudfront/distribution:Distribution")[0])).toContain('{"name":"x-key","value":"[secret]"}');
    expect(JSON.stringify(made)).not.toContain("planted-header-value");
  });

  test("a public origin without a header is refused: everybody's distributions have the same addresses", async () => {
    await plan((network) => {
      const webAcl = new WebAcl("origin");
      expect(() => new LoadBalancer("main", { network, certificateArn, admits: "cloudFront", webAcl })).toThrow("LoadBalancer main");
    });
  });
});

describe("a firewall", () => {
  const rulesOf = async (args: WebAclArgs) => {
    const [acl] = inputsOf(await plan(() => new WebAcl("main", args)), "aws:wafv2/webAcl:WebAcl");
    return acl!.rules as { name: string; statement: Record<string, Record<string, unknown>> }[];
  };

  test("counts bodies over 8 KB and lets them pass: uploads have them", async () => {
    const overrides = (await rulesOf({})).map(({ statement }) => statement.managedRuleGroupStatement?.ruleActionOverrides);
    expect(overrides).toEqual([undefined, [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }], undefined, undefined]);
  });

  test("behind CloudFront limits nobody's requests: all addresses are CloudFront's", async () => {
    const requiredHeader = { name: "x-key", value: "planted-header-value" };
    expect((await rulesOf({ requiredHeader })).map(({ name }) => name)).not.toContain("rate-limit");
    expect((await rulesOf({ requestsPerFiveMinutes: false })).map(({ name }) => name)).not.toContain("rate-limit");
    for (const admits of ["cloudFront", "cloudFrontVpcOrigin"] as const) {
      await plan((network) => {
        const webAcl = new WebAcl("origin", { requiredHeader, requestsPerFiveMinutes: 5000 });
        expect(() => new LoadBalancer("main", { network, certificateArn, admits, webAcl })).toThrow("LoadBalancer main");
      });
    }
  });

  test("keeps the header that only CloudFront sends out of its log and of its samples: a blocked request carries it too", async () => {
    const made = await plan(() => new WebAcl("origin", { requiredHeader: { name: "X-Key", value: "planted-header-value" } }));
    const [logging] = inputsOf(made, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    expect(logging!.redactedFields).toContainEqual({ singleHeader: { name: "x-key" } });
    expect(inputsOf(made, "aws:wafv2/webAcl:WebAcl")[0]!.dataProtectionConfig).toEqual({
      dataProtections: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: ["x-key"] } }],
    });
    const [open] = inputsOf(await plan(() => new WebAcl("main")), "aws:wafv2/webAcl:WebAcl");
    expect(open).not.toHaveProperty("dataProtectionConfig");
  });

  test("of CloudFront has its log in us-east-1, and refuses a key of another region", async () => {
    const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/1`;
    const acl = (kmsKeyArn: string) => plan(() => new WebAcl("edge", { scope: "CLOUDFRONT", logs: { kmsKeyArn } }));
    await plan(() => {
      const logs = { kmsKeyArn: key("eu-central-1") };
      expect(() => new WebAcl("edge", { scope: "CLOUDFRONT", logs })).toThrow(/FL2304 WebAcl edge .* is a key of eu-central-1\./);
    });
    expect(inputsOf(await acl(key("us-east-1")), "aws:cloudwatch/logGroup:LogGroup")[0]).toMatchObject({
      region: "us-east-1",
      kmsKeyId: key("us-east-1"),
    });
    const made = await plan(() => {
      const { arn } = new EncryptionKey("edge", { description: "Logs of the edge", region: "eu-central-1", keyRegion: "us-east-1" });
      return new WebAcl("edge", { scope: "CLOUDFRONT", logs: { kmsKeyArn: arn } });
    });
    expect([...inputsOf(made, "aws:kms/key:Key"), ...inputsOf(made, "aws:kms/alias:Alias")].map(({ region }) => region)).toEqual([
      "us-east-1",
      "us-east-1",
    ]);
    expect(inputsOf(made, "aws:kms/key:Key")[0]!.policy).toContain("logs.us-east-1.amazonaws.com");
  });
});

test("CloudFront keeps answers apart by their query, and only as long as the service says", async () => {
  const made = await plan((network) => {
    const loadBalancer = new LoadBalancer("main", { network, certificateArn, admits: "cloudFrontVpcOrigin" });
    return new Edge("main", { loadBalancer, domainNames: ["shop.example.com"], originDomainName: "origin.example.com", certificateArn });
  });
  // UseOriginCacheControlHeaders-QueryStrings, AllViewer
  expect(inputsOf(made, "aws:cloudfront/distribution:Distribution")[0]!.defaultCacheBehavior).toMatchObject({
    cachePolicyId: "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
    originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  });
});

test("a firewall has AWS's rules and a rate limit, and logs what it blocks without credentials", async () => {
  const made = await plan(() => new WebAcl("main", { requestsPerFiveMinutes: 100 }));
  const rules = inputsOf(made, "aws:wafv2/webAcl:WebAcl")[0]!.rules as { name: string; priority: number }[];
  expect(rules.map(({ name }) => name)).toEqual([
    "rate-limit",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesAmazonIpReputationList",
  ]);
  expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  const [logging] = inputsOf(made, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
  expect(logging!.redactedFields).toEqual([{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }]);
});
