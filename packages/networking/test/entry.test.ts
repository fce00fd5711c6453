import { PrivateBucket } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import {
  AccessLogs,
  Certificate,
  DnsAlias,
  Edge,
  LoadBalancer,
  type LoadBalancerArgs,
  NetworkLoadBalancer,
  ServiceDiscovery,
  WebAcl,
} from "../src";
import { certificateArn, inputsOf, plan } from "./plans";

describe("the load balancer", () => {
  test("is hardened by default: headers, desync, deletion", async () => {
    const made = await plan((network) => new LoadBalancer("main", { network }));
    expect(inputsOf(made, "aws:lb/loadBalancer:LoadBalancer")[0]).toMatchObject({
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: true,
    });
    expect(inputsOf(made, "aws:wafv2/webAclAssociation:WebAclAssociation")).toEqual([]);
  });

  test("logs where it is told to, behind the firewall that it is given", async () => {
    const made = await plan((network) => {
      const [accessLogs, webAcl] = [new AccessLogs("logs"), new WebAcl("main")];
      return new LoadBalancer("main", { network, accessLogs, webAcl });
    });
    expect(inputsOf(made, "aws:lb/loadBalancer:LoadBalancer")[0]!.accessLogs).toMatchObject({ enabled: true, prefix: "alb/main" });
    expect(inputsOf(made, "aws:wafv2/webAclAssociation:WebAclAssociation")).toHaveLength(1);
  });

  test("refuses the rule that its quota has no room for", async () => {
    await plan((network) => {
      const loadBalancer = new LoadBalancer("main", { network, maxRules: 2 });
      loadBalancer.addRule();
      loadBalancer.addRule();
      expect(() => loadBalancer.addRule()).toThrow("LoadBalancer");
    });
  });
});

test.each([undefined, true, false])(
  "Pulumi refuses to delete or replace what clients reach, unless deletionProtection is false: %s",
  async (deletionProtection) => {
    const made = await plan((network) => {
      const loadBalancer = new LoadBalancer("main", { network, certificateArn, admits: "cloudFrontVpcOrigin", deletionProtection });
      const names = { domainNames: ["shop.example.com"], originDomainName: "origin.example.com" };
      new Edge("main", { loadBalancer, ...names, certificateArn, deletionProtection, forceDestroy: deletionProtection === false });
      const tcp = new NetworkLoadBalancer("tcp", { network, deletionProtection });
      tcp.listen("orders", { port: 4000, targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1" }, tcp);
    });
    const entries = /:(LoadBalancer|Listener|Distribution|Bucket)$/;
    const protectedOnes = made.resources
      .filter(({ type }) => type.startsWith("aws:") && entries.test(type))
      .map(({ options }) => options.protect);
    expect(protectedOnes).toEqual(Array(7).fill(deletionProtection === false ? undefined : true));
  },
);

describe("the name of a load balancer", () => {
  const named = async (args: Partial<LoadBalancerArgs>) => {
    const warned = jest.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());
    let url: pulumi.Output<string> | undefined;
    const made = await plan((network) => void ({ url } = new LoadBalancer("main", { network, ...args })));
    const warnings = warned.mock.calls.map(([message]) => message.slice(0, 6));
    warned.mockRestore();
    return { made, warnings, url: await new Promise((resolve) => url!.apply(resolve)) };
  };

  test("with a certificate is the one that it is for, and a warning where nobody says it", async () => {
    const domainName = "shop.example.com";
    expect(await named({ certificateArn, domainName })).toMatchObject({ url: "https://shop.example.com", warnings: [] });
    expect((await named({ certificateArn })).warnings).toEqual(["FL2305"]);
    expect((await named({})).warnings).toEqual([]);
    expect((await named({ certificateArn, admits: "cloudFrontVpcOrigin" })).warnings).toEqual([]);
  });

  test("is led to it where its zone is given", async () => {
    const { made } = await named({ certificateArn, domainName: "shop.example.com", hostedZoneId: "Z1" });
    expect(inputsOf(made, "aws:route53/record:Record")).toEqual([
      expect.objectContaining({ zoneId: "Z1", name: "shop.example.com", type: "A" }),
    ]);
  });
});

test.each([undefined, true])("access logs of both kinds may be destroyed only where somebody says so: %s", async (forceDestroy) => {
  const made = await plan((network) => {
    new AccessLogs("logs", { forceDestroy });
    const loadBalancer = new LoadBalancer("main", { network, certificateArn, admits: "cloudFrontVpcOrigin" });
    const names = { domainNames: ["shop.example.com"], originDomainName: "origin.example.com" };
    new Edge("main", { loadBalancer, ...names, certificateArn, forceDestroy });
  });
  expect(inputsOf(made, "aws:s3/bucket:Bucket").map((inputs) => inputs.forceDestroy)).toEqual([
    forceDestroy ?? false,
    forceDestroy ?? false,
  ]);
});

test("a bucket asks for its access logs once the policy of the bucket that takes them is there", async () => {
  const made = await plan(() => new PrivateBucket("reports", { accessLogsBucket: new AccessLogs("logs").bucketName }));
  const [logging] = made.resources.filter(({ type }) => type === "aws:s3/bucketLogging:BucketLogging");
  const policy = made.resources.find(({ type, name }) => type === "aws:s3/bucketPolicy:BucketPolicy" && name === "logs")!;
  expect(logging!.dependencies).toContain(policy.urn);
});

test("access logs are taken from load balancers and buckets of this account alone", async () => {
  const made = await plan(() => new AccessLogs("logs"));
  const { Statement } = JSON.parse(inputsOf(made, "aws:s3/bucketPolicy:BucketPolicy")[0]!.policy as string) as {
    Statement: { Effect: string; Condition: object }[];
  };
  const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
  expect(allowed).toHaveLength(4);
  for (const { Condition } of allowed) expect(JSON.stringify(Condition)).toContain("123456789012");
});

test("the arguments of the bucket for access logs, and of the namespace, can be changed", async () => {
  const made = await plan((network) => {
    new AccessLogs("logs", { transform: (args) => ({ ...args, tags: { team: "platform" } }) });
    new ServiceDiscovery("dev", { network, namespaceName: "dev.internal", transform: (args) => ({ ...args, description: "Ours" }) });
  });
  expect(inputsOf(made, "aws:s3/bucket:Bucket")).toEqual([expect.objectContaining({ tags: { team: "platform" } })]);
  expect(inputsOf(made, "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace")).toEqual([
    expect.objectContaining({ name: "dev.internal", description: "Ours" }),
  ]);
});

test("a certificate proves each of its names once, a wildcard with its parent", async () => {
  const made = await plan(
    () =>
      new Certificate("main", { domainName: "example.com", subjectAlternativeNames: ["*.example.com", "example.org"], hostedZoneId: "Z1" }),
  );
  const records = made.resources.filter(({ type }) => type === "aws:route53/record:Record");
  expect(records.map(({ name }) => name)).toEqual(["main-example.com", "main-example.org"]);
  expect(records[1]!.inputs.name).toEqual({ $output: expect.stringContaining("#resourceRecordName[2]") });
});

test("an alias has an IPv6 record where it is asked for", async () => {
  const target = { dnsName: "x.example.com", zoneId: "Z2" };
  const types = async (ipv6: boolean) => {
    const made = await plan(() => new DnsAlias("main", { domainName: "example.com", hostedZoneId: "Z1", target, ipv6 }));
    return inputsOf(made, "aws:route53/record:Record").map(({ type }) => type);
  };
  expect(await types(false)).toEqual(["A"]);
  expect(await types(true)).toEqual(["A", "AAAA"]);
});

test("a network load balancer opens the ports that services bring, to those that it is told", async () => {
  const made = await plan((network) => {
    const balancer = new NetworkLoadBalancer("tcp", { network, internal: true, cidrBlocks: ["10.0.0.0/8"] });
    balancer.listen("mqtt", { port: 1883, targetGroupArn: "tg" }, balancer);
    balancer.listen("mqtts", { port: 8883, targetGroupArn: "tg", certificateArn }, balancer);
  });
  expect(inputsOf(made, "aws:lb/listener:Listener").map(({ port, protocol }) => [port, protocol])).toEqual([
    [1883, "TCP"],
    [8883, "TLS"],
  ]);
  const rules = inputsOf(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  expect(rules.map(({ cidrIpv4, fromPort }) => [cidrIpv4, fromPort])).toEqual([
    ["10.0.0.0/8", 1883],
    ["10.0.0.0/8", 8883],
  ]);
});

test("a network load balancer admits every address where nobody says which, also an internal one", async () => {
  const made = await plan((network) => {
    for (const internal of [false, true]) {
      const name = internal ? "internal" : "public";
      const balancer = new NetworkLoadBalancer(name, { network, internal });
      balancer.listen(`mqtt-${name}`, { port: 1883, targetGroupArn: "tg" }, balancer);
    }
  });
  const rules = inputsOf(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
  expect(rules.map(({ cidrIpv4 }) => cidrIpv4)).toEqual(["0.0.0.0/0", "0.0.0.0/0"]);
});

test("services have names in the environment's namespace", async () => {
  await plan((network) => {
    const discovery = new ServiceDiscovery("dev", { network, namespaceName: "dev.internal" });
    expect(discovery.hostOf("api")).toBe("api.dev.internal");
  });
});
