import { loadBalancing } from "../src";
import { provider, type ReturnedTrafficProperties } from "../src/service/returnedTrafficProvider";
import { ofType, planOf, service } from "./harness";
import { ScriptedAws, type Answers } from "./scriptedAws";

// Waiting is over at once.
jest.mock("node:timers/promises", () => ({ ...jest.requireActual<object>("node:timers/promises"), setTimeout: () => Promise.resolve() }));

const type = "pulumi-nodejs:dynamic/fairlead:ReturnedTraffic";
const rule = "aws:lb/listenerRule:ListenerRule";

describe("in a plan", () => {
  const planned = (strategy: "ROLLING" | "CANARY") =>
    planOf((env) =>
      service(env, { deployment: { strategy }, features: [loadBalancing({ ...env, routes: [{ path: "/api/*", priority: 100 }] })] }),
    );

  test("it comes before the rules that would send traffic to the first group", async () => {
    const { plan } = await planned("ROLLING");
    expect(ofType(plan, rule)[0]!.dependencies).toContain(ofType(plan, type)[0]!.urn);
  });

  test("a strategy that shifts traffic has none: leaving it makes one, and that asks", async () => {
    expect(ofType((await planned("CANARY")).plan, type)).toEqual([]);
  });
});

describe("when it is made", () => {
  const [first, second] = ["arn:group/first", "arn:group/second"];
  /** A service as ECS describes it, and what it was asked to do. */
  const state = { strategy: "CANARY" as string | undefined, group: second, outcome: "SUCCESSFUL", isThere: true, others: [] as string[] };
  const updates: object[] = [];
  const deployments: { arn: string; group: string }[] = [];
  const answers: Answers = {
    DescribeServices: () => ({
      services: state.isThere
        ? [
            {
              status: "ACTIVE",
              taskDefinition: "api:1",
              deploymentConfiguration: state.strategy ? { strategy: state.strategy, bakeTimeInMinutes: 5 } : undefined,
              currentServiceRevisions: [state.group, ...state.others].map((group) => ({ arn: `revision/${group}` })),
              deployments: [],
            },
          ]
        : [],
    }),
    DescribeServiceRevisions: ({ serviceRevisionArns }) => ({
      serviceRevisions: (serviceRevisionArns as string[]).map((serviceRevisionArn) => ({
        serviceRevisionArn,
        taskDefinition: "api:1",
        resolvedConfiguration: { loadBalancers: [{ targetGroupArn: serviceRevisionArn.replace("revision/", "") }] },
      })),
    }),
    UpdateService: (input) => {
      updates.push(input);
      const group = state.group === first ? second : first;
      deployments.unshift({ arn: `deployment/${deployments.length}`, group });
      if (state.outcome === "SUCCESSFUL") state.group = group;
      return {};
    },
    ListServiceDeployments: () => ({ serviceDeployments: deployments.map(({ arn }) => ({ serviceDeploymentArn: arn })) }),
    DescribeServiceDeployments: () => ({
      serviceDeployments: deployments.map(({ arn, group }, index) => ({
        serviceDeploymentArn: arn,
        createdAt: 100 - index,
        status: state.outcome,
        targetServiceRevision: { arn: `revision/${group}` },
      })),
    }),
  };
  const aws = new ScriptedAws(answers);
  beforeAll(() => aws.lead(provider));
  afterAll(() => aws.close());
  beforeEach(() => {
    Object.assign(state, { strategy: "CANARY", group: second, outcome: "SUCCESSFUL", isThere: true, others: [] });
    updates.length = deployments.length = 0;
  });
  const properties: ReturnedTrafficProperties = { clusterArn: "c", serviceName: "api", targetGroupArn: first, resourceUrn: "urn" };

  test.each([
    ["a service that isn't there yet", { isThere: false }],
    ["a service that rolls", { strategy: "ROLLING" }],
    ["a service of before there were strategies", { strategy: undefined }],
    ["traffic that is on the first group", { group: first }],
  ])("%s needs nothing", async (_title, change) => {
    Object.assign(state, change);
    await provider.create(properties);
    expect(updates).toEqual([]);
  });

  test("traffic on the second group is brought back by a deployment of what runs", async () => {
    await provider.create(properties);
    expect(updates).toEqual([{ cluster: "c", service: "api", forceNewDeployment: true }]);
    expect(state.group).toBe(first);
  });

  test("while a deployment is under way, with a revision in each group, nobody knows: nothing is asked, and nothing made", async () => {
    state.others = [first];
    await expect(provider.create(properties)).rejects.toThrow(/^FL2207 traffic of api is not back [^:]*: a deployment of it is under way/);
    expect(updates).toEqual([]);
  });

  test("where that fails nothing is made, so that the rules stay", async () => {
    state.outcome = "ROLLBACK_SUCCESSFUL";
    await expect(provider.create(properties)).rejects.toThrow(/^FL2207 traffic of api is not back on the first target group/);
  });
});
