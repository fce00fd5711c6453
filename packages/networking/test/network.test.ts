import { embeddedPlan } from "@fairlead/plan";

import { LoadBalancer, Network, type CreatedVpcArgs, type NetworkArgs } from "../src";
import { enoughSubnets } from "../src/adoptedSubnets";
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

test("neither NAT nor endpoints is refused: no task could pull its image", () => {
  return expect(
    plan(() => expect(() => new Network("main", { region: "us-east-1", natGateways: "none" })).toThrow(/could not pull/)),
  ).resolves.toBeDefined();
});

test("an adopted VPC creates nothing", async () => {
  const types = await typesOf({ vpcId: "vpc-0a1b2c3d4e5f60718" });
  expect(types).toEqual(["pulumi:pulumi:Stack", "fairlead:networking:Network"]);
});

test("the subnets of an adopted VPC come in an order that stays; too few are refused with how to name them", () => {
  expect(enoughSubnets(["subnet-b", "subnet-a"], "public", "vpc-1")).toEqual(["subnet-a", "subnet-b"]);
  expect(() => enoughSubnets(["subnet-a"], "private", "vpc-1")).toThrow(
    /^FL2301 vpc-1 has 1 private subnets, at least 2 .* Name them as privateSubnetIds, or add them to the VPC.$/,
  );
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
    expect(https).toMatchObject({ port: 443, protocol: "HTTPS", sslPolicy: expect.stringContaining("TLS13") });
  });
});
