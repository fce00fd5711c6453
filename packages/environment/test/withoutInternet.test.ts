import type { AdoptedVpcArgs, CreatedVpcArgs } from "@fairlead/networking";
import * as pulumi from "@pulumi/pulumi";

import { compositionOf, planOf, ProjectFolder, service } from "./harness";

/** The warnings in a network without a NAT gateway, unless it is another, of a service with these lines. */
async function warnings(lines: string[], network: Partial<CreatedVpcArgs & AdoptedVpcArgs> = {}): Promise<string[]> {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const stack = compositionOf({}, { region: "eu-central-1", natGateways: "none", endpoints: true, ...network });
  const project = new ProjectFolder({ "stacks/dev.ts": stack, ...service("api", "containerPort: 80", ...lines) });
  await planOf(project);
  project.remove();
  const texts = warn.mock.calls.map(([text]) => text).filter((text) => text.startsWith("FL2307"));
  warn.mockRestore();
  return texts;
}
const beside = (image: string) => `sidecars: { proxy: { image: "${image}" } }`;
const logsTo = (options: string) => `logRouting: { options: { ${options} } }`;
const ecs = ["ecs", "ecs-agent", "ecs-telemetry"];

test.each([
  [
    "the log router",
    logsTo("Name: http, Host: logs.internal"),
    /no endpoint leads to images of public\.ecr\.aws, so that its tasks would not start\.$/,
  ],
  [
    "a collector of traces",
    "tracing: XRAY",
    /images of public\.ecr\.aws, so that its tasks would not start; nor to xray: name them in additionalEndpoints\.$/,
  ],
  ["an image that others build", "image: nginx:1.29", /images of docker\.io, so that its tasks would not start\.$/],
  ["a sidecar of Docker Hub", beside("envoyproxy/envoy:v1.36.2"), /images of docker\.io/],
  ["a sidecar of ECR in another region", beside("123456789012.dkr.ecr.us-east-1.amazonaws.com/proxy:1.2.3"), /us-east-1\.amazonaws\.com/],
  ["a stream", logsTo("Name: kinesis_firehose, delivery_stream: logs"), /nor to kinesis-firehose:/],
  [
    "a queue",
    "uses: [{ name: jobs }]",
    /^FL2307 api runs where natGateways is "none", and no endpoint leads to sqs: name them in additionalEndpoints\.$/,
  ],
])("without a way to the internet, %s is out of reach", async (_, line, told) => {
  expect(await warnings([line], { additionalEndpoints: ecs })).toEqual([expect.stringMatching(told)]);
});

test("instances without a way to the internet join no cluster without ECS's endpoints", async () => {
  expect(await warnings([], { additionalEndpoints: ["ecs"] })).toEqual([
    expect.stringMatching(/^FL2307 The instances of graviton .* no endpoint leads to ecs-agent, ecs-telemetry:/),
  ]);
});

test("nothing is told of what has an endpoint, nor where a NAT gateway leads to the internet or somebody else made the network", async () => {
  const near = beside("123456789012.dkr.ecr.eu-central-1.amazonaws.com/proxy:1.2.3");
  expect(await warnings([near, "uses: [{ name: jobs }, { name: files }]"], { additionalEndpoints: [...ecs, "sqs"] })).toEqual([]);
  const far = ["tracing: OTEL", logsTo("Name: cloudwatch_logs, log_group_name: /shop"), "uses: [{ name: jobs }]"];
  expect(await warnings(far, { natGateways: "single", endpoints: false })).toEqual([]);
  expect(await warnings(far, { vpcId: "vpc-0a1b2c3d4e5f60718" })).toEqual([]);
});

test("a service with a public address reaches everything", async () => {
  expect(await warnings(["assignPublicIp: true", "uses: [{ name: jobs }]"], { additionalEndpoints: ecs })).toEqual([]);
});
