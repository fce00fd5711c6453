import { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { Ecs } from "@fairlead/rollout";

import { healthyTargets } from "../src/service/healthyTargets";

let refused = false;
jest.mock("@aws-sdk/client-elastic-load-balancing-v2", () => ({
  DescribeTargetHealthCommand: class {
    constructor(readonly input: { TargetGroupArn: string }) {}
  },
  ElasticLoadBalancingV2Client: class {
    send({ input }: { input: { TargetGroupArn: string } }) {
      if (refused) return Promise.reject(new Error("AccessDenied"));
      const states = input.TargetGroupArn === "blue" ? ["healthy", "healthy", "draining"] : ["healthy", "initial"];
      return Promise.resolve({ TargetHealthDescriptions: states.map((State) => ({ TargetHealth: { State } })) });
    }
  },
}));

/** Revisions by their ARN, and the target group that each has its tasks in. */
const groups: Record<string, string | undefined> = { r1: "blue", r2: "blue", r3: "green", r4: undefined };
const ecs = {
  send: ({ input }: { input: { serviceRevisionArns: string[] } }) =>
    Promise.resolve({
      serviceRevisions: input.serviceRevisionArns.map((serviceRevisionArn) => ({
        serviceRevisionArn,
        loadBalancers: groups[serviceRevisionArn] ? [{ targetGroupArn: groups[serviceRevisionArn] }] : [],
      })),
    }),
} as unknown as Ecs;

test.each([
  ["ROLLING: the old revision's tasks are in the same group", "r2", ["r1"], { count: 2, isShared: true }],
  ["the old revision's tasks are gone", "r2", [], { count: 2, isShared: false }],
  ["shifting: each has a group of its own", "r3", ["r1"], { count: 1, isShared: false }],
  ["nothing calls it", "r4", ["r1"], undefined],
])("%s", async (_, revision, others, expected) => {
  expect(await healthyTargets(ecs, new AwsAccess())(revision, others)).toEqual(expected);
});

test("who may not ask isn't told, and nothing ends", async () => {
  refused = true;
  expect(await healthyTargets(ecs, new AwsAccess())("r2", [])).toBeUndefined();
});

test("who is behind no load balancer makes no client for one, and whoever is one alone", async () => {
  const clientConfig = jest.fn(() => Promise.resolve({}));
  const ask = healthyTargets(ecs, { clientConfig });
  await ask("r4", []);
  expect(clientConfig).not.toHaveBeenCalled();
  await ask("r2", []);
  await ask("r3", []);
  expect(clientConfig.mock.calls).toEqual([["elbv2"]]);
});
