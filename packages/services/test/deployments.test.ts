import { loadBalancing, type DeploymentArgs } from "../src";
import { inputsOf, ofType, planOf, reasons, service } from "./harness";

const ecsService = "aws:ecs/service:Service";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const rule = "aws:lb/listenerRule:ListenerRule";

/** A service behind the load balancer, deployed in some way. */
const deployed = (deployment: DeploymentArgs, paths = ["/api/*"]) =>
  planOf((env) =>
    service(env, {
      deployment,
      features: [loadBalancing({ ...env, routes: paths.map((path, index) => ({ path, priority: 100 + 10 * index })) })],
      alarms: { topicArn: "arn:aws:sns:us-east-1:123456789012:alarms" },
    }),
  );

describe("deployments", () => {
  test("ROLLING has one target group, and rules that the program owns", async () => {
    const { plan } = await deployed({});
    expect(ofType(plan, targetGroup)).toHaveLength(1);
    expect(ofType(plan, rule).map(({ options }) => options.ignoreChanges)).toEqual([undefined]);
  });

  test("ROLLING is sent as well: what a service had before stays in AWS where nothing is said", async () => {
    const { plan } = await deployed({});
    expect(inputsOf(plan, ecsService)[0]!.deploymentConfiguration).toEqual({ strategy: "ROLLING", bakeTimeInMinutes: "0" });
  });

  test.each([
    ["BLUE_GREEN", {}, { strategy: "BLUE_GREEN", bakeTimeInMinutes: "5" }],
    [
      "CANARY",
      {},
      { strategy: "CANARY", bakeTimeInMinutes: "5", canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "5" } },
    ],
    [
      "LINEAR",
      { stepBakeTimeMinutes: 2 },
      { strategy: "LINEAR", bakeTimeInMinutes: "5", linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: "2" } },
    ],
  ] as const)(
    "%s comes whole from its name: two target groups, both rules, role, alarms that roll back",
    async (strategy, change, expected) => {
      const { plan } = await deployed({ strategy, ...change });
      const [inputs] = inputsOf(plan, ecsService);
      expect(inputs!.deploymentConfiguration).toEqual(expected);
      expect(ofType(plan, targetGroup).map(({ name }) => name)).toEqual(["api", "api-green"]);
      expect(ofType(plan, rule).map(({ name }) => name)).toEqual(["api.http", "api.http.test"]);
      const [{ advancedConfiguration }] = inputs!.loadBalancers as [{ advancedConfiguration: Record<string, { $output: string }> }];
      expect(advancedConfiguration.alternateTargetGroupArn!.$output).toContain("::api-green#arn");
      expect(advancedConfiguration.productionListenerRule!.$output).toContain("::api.http#arn");
      expect(advancedConfiguration.testListenerRule!.$output).toContain("::api.http.test#arn");
      expect(advancedConfiguration.roleArn!.$output).toContain("::api-traffic#arn");
      expect(inputs!.alarms).toMatchObject({ enable: true, rollback: true });
      expect((inputs!.alarms as { alarmNames: unknown[] }).alarmNames).toHaveLength(3);
    },
  );

  test("what ECS needs to shift traffic is there before the service", async () => {
    const { plan } = await deployed({ strategy: "BLUE_GREEN" });
    const needs = ofType(plan, ecsService)[0]!.dependencies.map((urn) => urn.split("::").at(-1));
    expect(needs).toEqual(expect.arrayContaining(["api.http", "api.http.test", "api-traffic", "api-5xx"]));
  });

  test("a service without a load balancer has alarms, and none that rolls back", async () => {
    const { plan } = await planOf((env) => service(env, { alarms: { topicArn: "t" } }));
    expect(ofType(plan, "aws:cloudwatch/metricAlarm:MetricAlarm").length).toBeGreaterThan(0);
    expect(inputsOf(plan, ecsService)[0]).not.toHaveProperty("alarms");
  });

  test("ECS moves the rules' weights, so an `up` after a shift finds nothing to move back", async () => {
    const { plan } = await deployed({ strategy: "CANARY" });
    expect(ofType(plan, rule).map(({ options }) => options.ignoreChanges)).toEqual([["actions"], ["actions"]]);
  });

  test("requests with the test header come first, and see the new revision first", async () => {
    const { plan } = await deployed({ strategy: "BLUE_GREEN", testHeader: { name: "x-preview", value: "me" } });
    const [production, test] = inputsOf(plan, rule);
    expect(test!.conditions).toEqual([
      { httpHeader: { httpHeaderName: "x-preview", values: ["me"] } },
      { pathPattern: { values: ["/api/*"] } },
    ]);
    expect(Number(test!.priority)).toBeLessThan(Number(production!.priority));
  });

  test("all paths of a service that shifts are in the one rule that ECS moves, as many as a rule takes", async () => {
    const { plan } = await deployed({ strategy: "CANARY" }, ["/a/*", "/b/*"]);
    expect(inputsOf(plan, rule)[0]!.conditions).toEqual([{ pathPattern: { values: ["/a/*", "/b/*"] } }]);
    expect(reasons((await deployed({ strategy: "CANARY" }, ["/a", "/b", "/c", "/d", "/e"])).refused)).toEqual([
      expect.stringMatching(/5 paths: .* takes 4/),
    ]);
  });

  test("hooks are called with a role that may call exactly them", async () => {
    const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:check";
    const { plan } = await deployed({ strategy: "BLUE_GREEN", lifecycleHooks: [{ functionArn, stages: ["POST_TEST_TRAFFIC_SHIFT"] }] });
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-hooks");
    expect(JSON.parse(policy!.inputs.policy as string).Statement).toEqual([
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [functionArn] },
    ]);
    expect(reasons((await deployed({ lifecycleHooks: [{ functionArn, stages: ["PRE_SCALE_UP"] }] })).refused)).toEqual([
      expect.stringMatching(/BLUE_GREEN, CANARY and LINEAR only/),
    ]);
  });

  test.each([{ canaryPercent: 100 }, { stepPercent: 2 }, { bakeTimeMinutes: 1441 }])("%j is refused with the range", async (deployment) => {
    expect(reasons((await deployed(deployment)).refused)).toEqual([expect.stringMatching(/expected [\d.]+ to [\d.]+/)]);
  });
});

describe("clients that stay with their task", () => {
  const sticky = (stickinessSeconds: number | undefined, deployment: DeploymentArgs = {}) =>
    planOf((env) =>
      service(env, { deployment, features: [loadBalancing({ ...env, routes: [{ path: "/api/*", priority: 100 }], stickinessSeconds })] }),
    );

  test("do so by a cookie, for as long as was said, and not where nobody asks for it", async () => {
    expect(inputsOf((await sticky(3600)).plan, targetGroup)[0]).toMatchObject({
      stickiness: { enabled: true, type: "lb_cookie", cookieDuration: 3600 },
    });
    expect(inputsOf((await sticky(undefined)).plan, targetGroup)[0]).not.toHaveProperty("stickiness");
    expect(reasons((await sticky(604_801)).refused)).toEqual([expect.stringContaining("expected 1 to 604800 seconds")]);
  });

  test("are not where deployments shift traffic", async () => {
    expect(reasons((await sticky(3600, { strategy: "CANARY" })).refused)).toEqual([expect.stringContaining("take the strategy ROLLING")]);
  });
});

test("a route answers to the addresses that it names, and not where deployments shift traffic", async () => {
  const from = (deployment: DeploymentArgs) =>
    planOf((env) => {
      const routes = [{ path: "/admin/*", priority: 100, sourceIps: ["192.0.2.0/24"] }];
      return service(env, { deployment, features: [loadBalancing({ ...env, routes })] });
    });
  const conditions = inputsOf((await from({})).plan, rule).flatMap(({ conditions }) => conditions as object[]);
  expect(conditions).toEqual([
    ...[{ pathPattern: { values: expect.arrayContaining(["/admin/*"]) } }, { sourceIp: { values: ["192.0.2.0/24"] } }],
  ]);
  expect(reasons((await from({ strategy: "CANARY" })).refused)).toEqual([expect.stringContaining("sourceIps have no room")]);
});
