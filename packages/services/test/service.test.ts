import { NetworkLoadBalancer, ServiceDiscovery } from "@fairlead/networking";

import {
  Cluster,
  discovery,
  Ec2Capacity,
  loadBalancing,
  ManagedInstances,
  openPort,
  scaling,
  serviceConnect,
  tcpLoadBalancing,
  type DeploymentArgs,
} from "../src";
import { inputsOf, ofType, planOf, reasons, service, taskDefinition } from "./harness";

const ecsService = "aws:ecs/service:Service";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const rule = "aws:lb/listenerRule:ListenerRule";
const routes = [{ path: "/api/*", priority: 100 }];

/** A service behind the load balancer, deployed in some way. */
const deployed = (deployment: DeploymentArgs, paths = ["/api/*"]) =>
  planOf((env) =>
    service(env, {
      deployment,
      features: [loadBalancing({ ...env, routes: paths.map((path, index) => ({ path, priority: 100 + 10 * index })) })],
      alarms: { topicArn: "arn:aws:sns:us-east-1:123456789012:alarms" },
    }),
  );

test("a service was called FargateService once: its alias keeps what is below it", async () => {
  const { plan } = await planOf((env) => service(env));
  expect(ofType(plan, "fairlead:services:EcsService")[0]!.options.aliases).toEqual([
    expect.objectContaining({ type: "fairlead:services:FargateService" }),
  ]);
});

test("tasks are in private subnets, roll back when they don't come up, and are spread again after an outage", async () => {
  const [inputs] = inputsOf((await planOf((env) => service(env))).plan, ecsService);
  expect(inputs).toMatchObject({
    networkConfiguration: { assignPublicIp: false },
    deploymentCircuitBreaker: { enable: true, rollback: true },
    availabilityZoneRebalancing: "ENABLED",
    waitForSteadyState: true,
  });
  expect(inputs).not.toHaveProperty("deploymentConfiguration");
  expect(inputs).not.toHaveProperty("alarms");
  expect(inputs).not.toHaveProperty("orderedPlacementStrategies");
});

describe("deployments", () => {
  test("ROLLING has one target group, and rules that the program owns", async () => {
    const { plan } = await deployed({});
    expect(ofType(plan, targetGroup)).toHaveLength(1);
    expect(ofType(plan, rule).map(({ options }) => options.ignoreChanges)).toEqual([undefined]);
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
      expect(ofType(plan, rule).map(({ name }) => name)).toEqual(["api-api", "api-api-test"]);
      const [{ advancedConfiguration }] = inputs!.loadBalancers as [{ advancedConfiguration: Record<string, { $output: string }> }];
      expect(advancedConfiguration.alternateTargetGroupArn!.$output).toContain("::api-green#arn");
      expect(advancedConfiguration.productionListenerRule!.$output).toContain("::api-api#arn");
      expect(advancedConfiguration.testListenerRule!.$output).toContain("::api-api-test#arn");
      expect(advancedConfiguration.roleArn!.$output).toContain("::api-traffic#arn");
      expect(inputs!.alarms).toMatchObject({ enable: true, rollback: true });
      expect((inputs!.alarms as { alarmNames: unknown[] }).alarmNames).toHaveLength(3);
    },
  );

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

describe("scaling", () => {
  const policies = async (args: Parameters<typeof scaling>[0]) => {
    const { plan, refused } = await planOf((env) => service(env, { features: [loadBalancing({ ...env, routes }), scaling(args)] }));
    return { plan, refused, names: ofType(plan, "aws:appautoscaling/policy:Policy").map(({ name }) => name) };
  };

  test("holds CPU at 70 and memory at 80, between 2 and 10 tasks, and the number of tasks is the scaler's", async () => {
    const { plan, names } = await policies({});
    expect(names).toEqual(["api-cpu", "api-memory"]);
    expect(inputsOf(plan, "aws:appautoscaling/target:Target")[0]).toMatchObject({
      minCapacity: 2,
      maxCapacity: 10,
      resourceId: "service/dev/api",
    });
    const targets = inputsOf(plan, "aws:appautoscaling/policy:Policy").map(({ targetTrackingScalingPolicyConfiguration: c }) => c);
    expect(targets).toMatchObject([
      { targetValue: 70, scaleOutCooldown: 60, scaleInCooldown: 300 },
      { targetValue: 80, scaleOutCooldown: 60, scaleInCooldown: 300 },
    ]);
    expect(ofType(plan, ecsService)[0]!.options.ignoreChanges).toEqual(["desiredCount"]);
  });

  test("without it the program decides the number of tasks", async () => {
    const { plan } = await planOf((env) => service(env));
    expect(ofType(plan, ecsService)[0]!.options).toEqual({});
    expect(ofType(plan, "aws:appautoscaling/target:Target")).toEqual([]);
  });

  test("by requests names the target group of the load balancer", async () => {
    const { plan, names } = await policies({ cpuPercent: false, memoryPercent: false, requestsPerTarget: 500 });
    expect(names).toEqual(["api-requests"]);
    const [inputs] = inputsOf(plan, "aws:appautoscaling/policy:Policy");
    expect(JSON.stringify(inputs)).toMatch(/LoadBalancer::dev#arnSuffix\}\/\$\{.*TargetGroup::api#arnSuffix\}/);
  });

  test("by backlog divides the messages that wait by the tasks that run", async () => {
    const { plan } = await policies({ cpuPercent: false, memoryPercent: false, queueBacklog: { queueName: "jobs", messagesPerTask: 10 } });
    const [inputs] = inputsOf(plan, "aws:appautoscaling/policy:Policy");
    const { customizedMetricSpecification: metric, targetValue } = inputs!.targetTrackingScalingPolicyConfiguration as {
      customizedMetricSpecification: { metrics: { expression?: string; returnData: boolean }[] };
      targetValue: number;
    };
    expect(targetValue).toBe(10);
    expect(metric.metrics.filter(({ returnData }) => returnData).map(({ expression }) => expression)).toEqual(["waiting / FILL(tasks, 1)"]);
  });

  test("by the clock changes the limits", async () => {
    const { plan } = await policies({ schedules: [{ name: "night", schedule: "cron(0 20 * * ? *)", minCapacity: 1, maxCapacity: 2 }] });
    expect(inputsOf(plan, "aws:appautoscaling/scheduledAction:ScheduledAction")).toEqual([
      expect.objectContaining({ name: "api-night", timezone: "UTC", scalableTargetAction: { minCapacity: 1, maxCapacity: 2 } }),
    ]);
  });

  test("refuses a least above the most", async () => {
    expect(reasons((await policies({ minCapacity: 5, maxCapacity: 3 })).refused)).toEqual([
      expect.stringMatching(/minCapacity: 5: expected 0 to 3/),
    ]);
  });
});

describe("being found", () => {
  const found = (feature: (namespace: ServiceDiscovery) => Parameters<typeof service>[1]) =>
    planOf((env) => service(env, feature(new ServiceDiscovery("dev", { network: env.network, namespaceName: "dev.internal" }))));

  test("by DNS is an A record for each task", async () => {
    const { plan } = await found((namespace) => ({ features: [discovery(namespace)] }));
    expect(inputsOf(plan, "aws:servicediscovery/service:Service")[0]!.dnsConfig).toMatchObject({ dnsRecords: [{ type: "A", ttl: 10 }] });
  });

  test("by Service Connect is a name and a port; a service without a port only calls", async () => {
    const connect = async (containerPort?: number) => {
      const { plan } = await planOf((env) => {
        const namespace = new ServiceDiscovery("dev", { network: env.network, namespaceName: "dev.internal" });
        return service(env, { containerPort, features: [serviceConnect({ namespace, logGroup: env.logGroup, region: "us-east-1" })] });
      });
      return inputsOf(plan, ecsService)[0]!.serviceConnectConfiguration as { enabled: boolean; services?: unknown };
    };
    expect(await connect(3000)).toMatchObject({
      enabled: true,
      services: [{ portName: "api", clientAlias: [{ dnsName: "api", port: 3000 }] }],
    });
    expect(await connect()).not.toHaveProperty("services");
  });
});

test("a TCP service has a listener of its own, and can't shift traffic", async () => {
  const tcp = (deployment: DeploymentArgs) =>
    planOf((env) => {
      const networkLoadBalancer = new NetworkLoadBalancer("tcp", { network: env.network });
      return service(env, { deployment, features: [tcpLoadBalancing({ network: env.network, networkLoadBalancer, port: 1883 })] });
    });
  const { plan } = await tcp({});
  expect(inputsOf(plan, "aws:lb/listener:Listener").map(({ port, protocol }) => [port, protocol])).toContainEqual([1883, "TCP"]);
  expect(inputsOf(plan, targetGroup)[0]).toMatchObject({ protocol: "TCP", targetType: "ip" });
  expect(reasons((await tcp({ strategy: "CANARY" })).refused)).toEqual([expect.stringMatching(/deployment.strategy/)]);
});

test("a port is opened for one caller, and before the first task starts where the task needs it", async () => {
  const { plan } = await planOf((env) => {
    const database = { name: "db", securityGroupId: "sg-db", port: 5433 };
    const api = service(env, { reaches: [database] });
    openPort({ label: "web", securityGroupId: "sg-web" }, { name: "api", securityGroupId: api.securityGroupId, port: 3000 }, api);
  });
  const rules = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ name }) => /-from-/.test(name));
  expect(rules.map(({ name, inputs }) => [name, inputs.fromPort, inputs.cidrIpv4]).sort()).toEqual([
    ["api-from-web", 3000, undefined],
    ["db-from-api", 5433, undefined],
  ]);
  expect(ofType(plan, ecsService)[0]!.dependencies).toContain(rules.find(({ name }) => name === "db-from-api")!.urn);
});

test("six target groups are one too many", async () => {
  const { refused } = await planOf((env) =>
    service(env, {
      features: Array.from({ length: 6 }, () => () => ({
        service: { loadBalancers: [{ targetGroupArn: "x", containerName: "api", containerPort: 1 }] },
      })),
    }),
  );
  expect(reasons(refused)).toEqual([expect.stringMatching(/6 target groups: ECS allows 5/)]);
});

describe("capacity", () => {
  const onInstances = (change: { instanceType?: string; cpuArchitecture?: "ARM64" | "X86_64" } = {}) =>
    planOf((env) => {
      const { network } = env;
      const instances = new Ec2Capacity("graviton", {
        network,
        clusterName: "big",
        cpuArchitecture: "ARM64",
        instanceType: "m7g.large",
        ...change,
      });
      const cluster = new Cluster("big", { capacity: [instances], defaultCapacityProviderStrategy: [{ capacityProvider: "graviton" }] });
      const task = taskDefinition(env, { compatibility: cluster.compatibilityOf(), networkMode: "bridge", cpu: 128, memoryMiB: 128 });
      return service(env, { cluster, taskDefinition: task, features: [loadBalancing({ ...env, routes })] });
    });

  test("on Fargate is a mix with a base", async () => {
    const { plan } = await planOf((env) => {
      const cluster = new Cluster("mixed", {
        defaultCapacityProviderStrategy: [
          { capacityProvider: "FARGATE", base: 2 },
          { capacityProvider: "FARGATE_SPOT", weight: 3 },
        ],
      });
      return service(env, { cluster });
    });
    expect(inputsOf(plan, ecsService)[0]!.capacityProviderStrategies).toEqual([
      { capacityProvider: "FARGATE", base: 2, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
    ]);
  });

  test("on EC2 scales, drains and protects by itself, with IMDSv2 and the image of its CPU", async () => {
    const { plan } = await onInstances();
    expect(inputsOf(plan, "aws:ecs/capacityProvider:CapacityProvider")[0]!.autoScalingGroupProvider).toMatchObject({
      managedDraining: "ENABLED",
      managedTerminationProtection: "ENABLED",
      managedScaling: { status: "ENABLED", targetCapacity: 100 },
    });
    expect(inputsOf(plan, "aws:ec2/launchTemplate:LaunchTemplate")[0]).toMatchObject({
      imageId: "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
    expect(ofType(plan, "aws:autoscaling/group:Group")[0]!.inputs).toMatchObject({ protectFromScaleIn: true });
  });

  test("on EC2 in bridge mode the load balancer reaches Docker's ports on the instances, which are spread", async () => {
    const { plan } = await onInstances();
    expect(inputsOf(plan, targetGroup)[0]!.targetType).toBe("instance");
    expect(inputsOf(plan, ecsService)[0]).not.toHaveProperty("networkConfiguration");
    expect(inputsOf(plan, ecsService)[0]!.orderedPlacementStrategies).toEqual([
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "spread", field: "instanceId" },
    ]);
    const admitted = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").find(({ name }) => name === "api-from-alb")!;
    expect(admitted.inputs).toMatchObject({
      fromPort: 32768,
      toPort: 65535,
      securityGroupId: { $output: expect.stringContaining("::graviton#id") },
    });
  });

  test("an instance type of the other CPU is refused: it would not boot the image", async () => {
    expect(reasons((await onInstances({ instanceType: "m7i.large" })).refused)).toEqual([
      expect.stringMatching(/m7i.large is X86_64, cpuArchitecture is ARM64/),
    ]);
    expect((await onInstances({ instanceType: "g5.xlarge", cpuArchitecture: "X86_64" })).refused).toBeUndefined();
  });

  test("managed instances take the task definitions of Fargate", async () => {
    const { plan } = await planOf((env) => {
      const { network, cluster } = env;
      new ManagedInstances("managed", { network, cluster, cpuArchitecture: "ARM64" });
      return service(env, { capacityProviderStrategy: [{ capacityProvider: "managed" }] });
    });
    expect(inputsOf(plan, "aws:ecs/capacityProvider:CapacityProvider")[0]!.managedInstancesProvider).toMatchObject({
      instanceLaunchTemplate: { instanceRequirements: { cpuManufacturers: ["amazon-web-services"] } },
    });
    expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.requiresCompatibilities).toEqual(["FARGATE"]);
  });

  test.each([
    ["unknown", [{ capacityProvider: "gravitron" }], /the cluster has FARGATE, FARGATE_SPOT/],
    [
      "two bases",
      [
        { capacityProvider: "FARGATE", base: 1 },
        { capacityProvider: "FARGATE_SPOT", base: 1 },
      ],
      /ECS allows one/,
    ],
  ])("a strategy with %s is refused", async (_, capacityProviderStrategy, reason) => {
    expect(reasons((await planOf((env) => service(env, { capacityProviderStrategy }))).refused)).toEqual([expect.stringMatching(reason)]);
  });

  test("placement on Fargate is refused: there are no instances to choose", async () => {
    const { refused } = await planOf((env) => service(env, { placement: { constraints: [{ type: "distinctInstance" }] } }));
    expect(reasons(refused)).toEqual([expect.stringMatching(/^placement/)]);
  });
});

test("a cluster records what is typed in ECS Exec, and watches its containers", async () => {
  const [inputs] = inputsOf((await planOf(() => undefined)).plan, "aws:ecs/cluster:Cluster");
  expect(inputs!.settings).toEqual([{ name: "containerInsights", value: "enhanced" }]);
  expect(inputs!.configuration).toMatchObject({ executeCommandConfiguration: { logging: "OVERRIDE" } });
});
