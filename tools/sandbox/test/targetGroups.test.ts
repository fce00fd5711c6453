import { createServer, type RequestListener, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { once } from "node:events";

import type { AwsRequest } from "../src/aws/requests";
import type { ContainerNetwork } from "../src/ecs/running/containerNetwork";
import { LoadBalancer } from "../src/ecs/running/loadBalancer";
import { TargetGroups, type Target } from "../src/ecs/running/targetGroups";

const arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/1";
const settings = (matcher: string) =>
  `<HealthCheckPath>/health</HealthCheckPath><HealthCheckPort>traffic-port</HealthCheckPort><HealthCheckIntervalSeconds>5</HealthCheckIntervalSeconds>` +
  `<HealthCheckTimeoutSeconds>2</HealthCheckTimeoutSeconds><HealthyThresholdCount>2</HealthyThresholdCount>` +
  `<UnhealthyThresholdCount>2</UnhealthyThresholdCount><HttpCode>${matcher}</HttpCode>`;
const delay = "<member><Key>deregistration_delay.timeout_seconds</Key><Value>10</Value></member>";

const servers: Server[] = [];
let matcher: string;
let groups: TargetGroups;
const network = {
  connect: async (host: string, port: number) => {
    const socket = connect({ host, port });
    await once(socket, "connect");
    return socket;
  },
} as unknown as ContainerNetwork;

beforeEach(() => {
  matcher = "200";
  const query = (_: string, { Action }: Record<string, string>) =>
    Promise.resolve(Action === "DescribeTargetGroups" ? settings(matcher) : delay);
  groups = new TargetGroups({ query, json: () => Promise.resolve({}) }, network, { factor: 0.01, startFactor: 0.01, answerSeconds: 1 });
});
afterEach(async () => {
  for (const target of groups.of(arn)) await groups.deregister(arn, target);
  for (const server of servers.splice(0)) server.close();
});

async function serving(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
const settled = async (target: Target) => {
  while (target.state === "initial") await new Promise((resolve) => setTimeout(resolve, 20));
  return target;
};
const registered = async (answer: RequestListener) => groups.register(arn, "127.0.0.1", await serving(answer));
const status =
  (code: number): RequestListener =>
  (asked, answer) =>
    answer.writeHead(asked.url === "/health" ? code : 200).end();

test("a target that answers its group's path as it is to is healthy", async () => {
  expect(await settled(await registered(status(200)))).toMatchObject({ state: "healthy", reason: undefined });
});

test.each([
  ["200", 404, "unhealthy"],
  ["200-299", 204, "healthy"],
  ["200,302", 302, "healthy"],
  ["200-299", 302, "unhealthy"],
])("matcher %s makes of status %i: %s", async (given, code, expected) => {
  matcher = given;
  const target = await settled(await registered(status(code)));
  expect(target.state).toBe(expected);
  if (expected === "healthy") return;
  expect(target).toMatchObject({ reason: "Target.ResponseCodeMismatch", description: `Health checks failed with these codes: [${code}]` });
});

test("a port where nobody listens, and an answer that doesn't come, are told apart", async () => {
  const refused = await groups.register(arn, "127.0.0.1", 9);
  const silent = await registered(() => undefined);
  expect(await settled(refused)).toMatchObject({ reason: "Target.FailedHealthChecks", description: "Health checks failed" });
  expect(await settled(silent)).toMatchObject({ reason: "Target.Timeout", description: "Request timed out" });
});

test("DescribeTargetHealth tells of each, and of one that is leaving", async () => {
  const target = await settled(await registered(status(200)));
  const body = Buffer.from(new URLSearchParams({ Action: "DescribeTargetHealth", TargetGroupArn: arn }).toString());
  const asked = () => groups.answer({ service: "elasticloadbalancing", operation: "DescribeTargetHealth", body } as unknown as AwsRequest);
  expect(asked()).toContain(`<Target><Id>127.0.0.1</Id><Port>${target.port}</Port>`);
  expect(asked()).toContain("<TargetHealth><State>healthy</State></TargetHealth>");
  const leaving = groups.deregister(arn, target);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(asked()).toContain("<State>draining</State><Reason>Target.DeregistrationInProgress</Reason>");
  await leaving;
  expect(groups.of(arn)).toEqual([]);
});

test("requests go to healthy targets in turn, and to none that is leaving", async () => {
  const asked: string[] = [];
  const target = (name: string) => registered((request, answer) => (request.url === "/" && asked.push(name), answer.end()));
  const [one, other] = [await settled(await target("one")), await settled(await target("other"))];
  await settled(await registered(status(500)));
  const { url } = await LoadBalancer.listen(groups, network, () => Promise.resolve(arn));
  for (let request = 0; request < 4; request++) expect((await fetch(`${url}/`)).status).toBe(200);
  expect(asked.sort()).toEqual(["one", "one", "other", "other"]);
  const leaving = groups.deregister(arn, one!);
  for (let request = 0; request < 2; request++) await fetch(`${url}/`);
  expect(asked.slice(4)).toEqual(["other", "other"]);
  await leaving;
  await groups.deregister(arn, other!);
});
