import { embeddedPlan } from "@fairlead/plan";

import { LoadBalancer, Network, type CreatedVpcArgs, type NetworkArgs } from "../src";
import { forMountTargets, inDifferentZones, inEnoughZones, onePerZone } from "../src/adoptedSubnets";
import { interfaceServices } from "../src/privateEndpoints";

const plan = (program: () => unknown) => embeddedPlan({ project: "shop", stack: "dev", config: {}, program });

async function typesOf(args: NetworkArgs): Promise<string[]> {
  const { resources } = await plan(() => void new Network("main", args));
  return resources.map(({ type }) => type);
}
const count = (types: string[], type: string) => types.filter((other) => other === type).length;

test.each([
  ["single", 2, 1],
  ["onePerZone", 3, 3],
] as const)("natGateways %s in %i zones is %i gateways", async (natGateways, availabilityZones, gateways) => {
  const types = await typesOf({ region: "us-east-1", natGateways, availabilityZones });
  expect(count(types, "aws:ec2/natGateway:NatGateway")).toBe(gateways);
});

test("gateway endpoints for S3 and DynamoDB are free, and always there; interface endpoints are asked for", async () => {
  const services = async (args: Partial<CreatedVpcArgs>) => {
    const { resources } = await plan(() => void new Network("main", { region: "us-east-1", ...args }));
    const endpoints = resources.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
    return endpoints.map(({ inputs }) => String(inputs.serviceName).replace("com.amazonaws.us-east-1.", "")).sort();
  };
  expect(await services({})).toEqual(["dynamodb", "s3"]);
  expect(await services({ natGateways: "none", endpoints: true, additionalEndpoints: ["sqs"] })).toEqual(
    ["dynamodb", "s3", ...interfaceServices, "sqs"].sort(),
  );
  expect(interfaceServices).toEqual(expect.arrayContaining(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "sts"]));
});

test("without NAT no subnet has a way to the internet but the public ones", async () => {
  const types = await typesOf({ region: "us-east-1", natGateways: "none", endpoints: true });
  expect(count(types, "aws:ec2/natGateway:NatGateway")).toBe(0);
  expect(count(types, "aws:ec2/route:Route")).toBe(2);
});

test("there are public, private and isolated subnets in each zone", async () => {
  const { resources } = await plan(() => void new Network("main", { region: "us-east-1", availabilityZones: 3 }));
  const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet").map(({ name }) => name);
  expect(subnets.sort()).toEqual(["isolated", "private", "public"].flatMap((kind) => [1, 2, 3].map((zone) => `main-${kind}-${zone}`)));
});

test("another number of zones moves every subnet's range, unless each zone's share is fixed", async () => {
  const rangesOf = async (availabilityZones: 2 | 3, transform?: NetworkArgs["transform"]) => {
    const { resources } = await plan(() => void new Network("main", { region: "us-east-1", availabilityZones, transform }));
    const subnets = resources.filter(({ type, name }) => type === "aws:ec2/subnet:Subnet" && !name.endsWith("-3"));
    return subnets.map(({ inputs }) => inputs.cidrBlock);
  };
  expect(await rangesOf(3)).not.toEqual(await rangesOf(2));
  const quarters: NetworkArgs["transform"] = (args) => ({ ...args, availabilityZoneCidrMask: 18 });
  expect(await rangesOf(3, quarters)).toEqual(await rangesOf(2, quarters));
});

test("flow logs are kept unless they are switched off, and the default security group lets nobody in", async () => {
  const { resources } = await plan(() => void new Network("main", { region: "us-east-1" }));
  const flowLog = resources.find(({ type }) => type === "aws:ec2/flowLog:FlowLog")!;
  expect(flowLog.inputs).toMatchObject({ trafficType: "REJECT" });
  // AWS refuses a second one beside it.
  expect(flowLog.options).toMatchObject({ deleteBeforeReplace: true });
  const group = resources.find(({ type }) => type === "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")!;
  expect(group.inputs).toMatchObject({ ingress: [], egress: [] });
  expect(count(await typesOf({ region: "us-east-1", flowLogs: false }), "aws:ec2/flowLog:FlowLog")).toBe(0);
});

test("plain names are looked for in a domain where one is named, and nothing is there for it otherwise", async () => {
  let ready: unknown[] = [];
  const { resources } = await plan(() => {
    ({ ready } = new Network("main", { region: "us-east-1", searchDomain: "dev.internal" }));
  });
  const of = (type: string) => resources.filter((each) => each.type === type);
  const [options] = of("aws:ec2/vpcDhcpOptions:VpcDhcpOptions");
  expect(options!.inputs).toMatchObject({ domainName: "dev.internal", domainNameServers: ["AmazonProvidedDNS"] });
  const [association] = of("aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation");
  expect(association!.inputs.dhcpOptionsId).toEqual({ $output: `${options!.urn}#id` });
  // A task that starts before it would not know the domain.
  expect(ready).toHaveLength(3);
  expect((await typesOf({ region: "us-east-1" })).filter((type) => /dhcp/i.test(type))).toEqual([]);
});

test("neither NAT nor endpoints leaves the way to buckets and tables alone", async () => {
  let reachable: readonly string[] | undefined;
  await plan(() => {
    reachable = new Network("main", { region: "us-east-1", natGateways: "none", additionalEndpoints: ["sqs"] }).reachableServices;
  });
  expect(reachable).toEqual(["s3", "dynamodb"]);
});

test("an adopted VPC creates nothing", async () => {
  const types = await typesOf({ vpcId: "vpc-0a1b2c3d4e5f60718" });
  expect(types).toEqual(["pulumi:pulumi:Stack", "fairlead:networking:Network"]);
});

describe("the subnets of an adopted VPC", () => {
  const [a, b, alsoA] = [
    { id: "subnet-1", zone: "us-east-1a" },
    { id: "subnet-2", zone: "us-east-1b" },
    { id: "subnet-3", zone: "us-east-1a" },
  ];

  test("must be in as many zones as are needed, however many there are", () => {
    expect(inEnoughZones([a, b, alsoA], "private", "vpc-1", 2)).toEqual([a, b, alsoA]);
    expect(() => inEnoughZones([a, alsoA], "private", "vpc-1", 2)).toThrow(
      /^FL2301 vpc-1 has private subnets in us-east-1a: 2 zones are needed\. Name them as privateSubnetIds, or add them to the VPC\.$/,
    );
    expect(() => inEnoughZones([a, b], "isolated", "vpc-1", 3)).toThrow(/^FL2301 .* in us-east-1a, us-east-1b: 3 zones are needed/);
  });

  test("are one of each zone for what takes no two: load balancers, mount targets", () => {
    expect(onePerZone([a, alsoA, b])).toEqual([a, b]);
  });

  test("for mount targets are in every zone that tasks are in, or the zones are to be counted", () => {
    const c = { id: "subnet-4", zone: "us-east-1c" };
    expect(forMountTargets([a, alsoA, b], [a, b], "vpc-1", 2)).toEqual([a, b]);
    expect(forMountTargets([a, b, c], [a, alsoA, b], "vpc-1", 2)).toEqual([a, b]);
    expect(forMountTargets([a, b, c], [a, b, c], "vpc-1", 3)).toEqual([a, b, c]);
    expect(() => forMountTargets([a, b, c], [a, b, c], "vpc-1", 2)).toThrow(
      /^FL2306 vpc-1 has private subnets in us-east-1c, and mount targets in us-east-1a, us-east-1b: .* Set availabilityZones to 3/,
    );
    expect(() => forMountTargets([a, b], [b, c], "vpc-1", 2)).toThrow(/^FL2306 .* Name an isolated subnet in us-east-1c, /);
    // In a plan, which has looked none of them up, each subnet has a zone of its own.
    const unknown = [1, 2, 3].map((number) => ({ id: `subnet-${number}`, zone: `zone-looked-up-of-subnet-${number}` }));
    expect(forMountTargets(unknown, unknown, "vpc-1", 2)).toEqual(unknown.slice(0, 2));
  });

  test("that are named as public and share a zone are refused by their names", () => {
    expect(inDifferentZones([a, b])).toEqual([a, b]);
    expect(() => inDifferentZones([b, a, alsoA])).toThrow(/^FL2303 publicSubnetIds has subnet-1 and subnet-3, both in us-east-1a: /);
  });
});

test("a load balancer gets one subnet of each zone, also where a transform makes two of a kind", async () => {
  const specs: NetworkArgs["transform"] = (args) => ({
    ...args,
    subnetSpecs: [{ type: "Public" }, { type: "Public", name: "more" }, { type: "Private" }, { type: "Isolated" }],
  });
  const { resources } = await plan(() => {
    new LoadBalancer("main", { network: new Network("main", { region: "us-east-1", transform: specs }) });
  });
  const { subnets } = resources.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer")!.inputs as {
    subnets: { $output: string }[];
  };
  expect(subnets.map(({ $output }) => $output.split("::").at(-1))).toEqual(["main-public-1#id", "main-public-2#id"]);
});

describe("the load balancer", () => {
  const withCertificate = (certificateArn?: string) =>
    plan(() => void new LoadBalancer("main", { network: new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" }), certificateArn }));
  const listeners = ({ resources }: Awaited<ReturnType<typeof plan>>) =>
    resources.filter(({ type }) => type === "aws:lb/listener:Listener").map(({ inputs }) => inputs);

  test("answers 404 until a service adds its rules", async () => {
    const [http, ...others] = listeners(await withCertificate());
    expect(others).toEqual([]);
    expect(http).toMatchObject({ port: 80, defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "404" } }] });
  });

  test("with a certificate speaks HTTPS, and port 80 redirects", async () => {
    const [http, https] = listeners(await withCertificate("arn:aws:acm:us-east-1:123456789012:certificate/1"));
    expect(http).toMatchObject({ port: 80, defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }] });
    expect(https).toMatchObject({ port: 443, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09" });
  });

  test("speaks the TLS that is chosen, and has private addresses for those who are named", async () => {
    const { resources } = await plan(() => {
      const network = new Network("main", { region: "us-east-1" });
      const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
      const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
      new LoadBalancer("main", { network, certificateArn, sslPolicy, internal: true, cidrBlocks: ["10.0.0.0/8", "192.168.0.0/16"] });
    });
    const inputsOf = (type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
    expect(inputsOf("aws:lb/listener:Listener")).toContainEqual(
      expect.objectContaining({ sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    );
    const [entry] = inputsOf("aws:lb/loadBalancer:LoadBalancer");
    expect(entry).toMatchObject({ internal: true });
    expect(JSON.stringify(entry!.subnets)).toContain("main-private-1");
    const sources = inputsOf("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ cidrIpv4, fromPort }) => [
      fromPort,
      cidrIpv4,
    ]);
    expect(sources).toEqual(
      [443, 80].flatMap((port) => [
        [port, "10.0.0.0/8"],
        [port, "192.168.0.0/16"],
      ]),
    );
  });
});
