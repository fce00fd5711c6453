import { platforms } from "@fairlead/model";
import { Network, NetworkLoadBalancer, ServiceDiscovery } from "@fairlead/networking";
import type { PlanOptions } from "@fairlead/plan";
import { ExternalImage } from "@fairlead/registry";

import {
  Cluster,
  discovery,
  Ec2Capacity,
  EcsService,
  loadBalancing,
  openPort,
  serviceConnect,
  tcpLoadBalancing,
  type DeploymentArgs,
  type HealthCheckArgs,
} from "../src";
import { inputsOf, ofType, planOf, reasons, service, taskDefinition } from "./harness";

const ecsService = "aws:ecs/service:Service";
const targetGroup = "aws:lb/targetGroup:TargetGroup";

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
    waitForSteadyState: false,
  });
  expect(inputs).not.toHaveProperty("alarms");
  expect(inputs).not.toHaveProperty("orderedPlacementStrategies");
});

describe("security groups that exist", () => {
  const groupsOf = (plan: Parameters<typeof inputsOf>[0]) =>
    inputsOf(plan, ecsService).map(({ networkConfiguration }) => (networkConfiguration as { securityGroups: unknown[] }).securityGroups);

  test("stand behind the service's own", async () => {
    const { plan } = await planOf((env) => service(env, { securityGroups: ["sg-0a1b2c3d"] }));
    expect(groupsOf(plan)).toEqual([
      [{ $output: expect.stringMatching(/SecurityGroup::api#id|SecurityGroupEgressRule::api-out#/) }, "sg-0a1b2c3d"],
    ]);
  });

  test("are as many as ECS takes", async () => {
    const groups = (count: number) => Array.from({ length: count }, (_, index) => `sg-0000000${index}`);
    const { refused } = await planOf((env) => service(env, { securityGroups: groups(5) }));
    expect(reasons(refused)).toEqual([expect.stringMatching(/^securityGroups: 5: .* expected at most 4/)]);
    expect((await planOf((env) => service(env, { securityGroups: groups(4) }))).refused).toBeUndefined();
  });
});

describe("public addresses", () => {
  const closed = () => new Network("closed", { region: "us-east-1", natGateways: "none", flowLogs: false });

  test("are in public subnets", async () => {
    const { plan } = await planOf((env) => service(env, { network: closed(), assignPublicIp: true }));
    const networks = inputsOf(plan, ecsService).map(({ networkConfiguration }) => networkConfiguration);
    expect(networks).toMatchObject([{ assignPublicIp: true }]);
    const subnets = JSON.stringify(networks).match(/Subnet::[^#]*/g);
    expect(subnets).toEqual(["Subnet::closed-public-1", "Subnet::closed-public-2"]);
  });

  test("are asked for where nothing else leads to images, and where tasks can have them", async () => {
    const none = await planOf((env) => service(env, { network: closed() }));
    expect(reasons(none.refused)).toEqual([expect.stringMatching(/^network: .* could not pull their images: set assignPublicIp/)]);
    const onInstances = await planOf((env) => {
      const args = { network: env.network, clusterName: "own", cpuArchitecture: "ARM64", instanceType: "m7g.large" } as const;
      const cluster = new Cluster("own", { capacity: [new Ec2Capacity("graviton", args)] });
      return service(env, { cluster, assignPublicIp: true, capacityProviderStrategy: [{ capacityProvider: "graviton" }] });
    });
    expect(reasons(onInstances.refused)).toEqual([expect.stringMatching(/^assignPublicIp: true, and its capacity is instances/)]);
  });
});

describe("being found", () => {
  const found = (feature: (namespace: ServiceDiscovery) => Parameters<typeof service>[1]) =>
    planOf((env) => service(env, feature(new ServiceDiscovery("dev", { network: env.network, namespaceName: "dev.internal" }))));

  test("by DNS is an A record for each task", async () => {
    const { plan } = await found((namespace) => ({ features: [discovery(namespace)] }));
    expect(inputsOf(plan, "aws:servicediscovery/service:Service")[0]!.dnsConfig).toMatchObject({ dnsRecords: [{ type: "A", ttl: 10 }] });
  });

  test("by DNS is for healthy tasks alone, and no registration is replaced for that", async () => {
    const { plan } = await found((namespace) => ({ features: [discovery(namespace)] }));
    const [registration] = ofType(plan, "aws:servicediscovery/service:Service");
    expect(registration!.inputs.healthCheckCustomConfig).toEqual({ failureThreshold: 1 });
    expect(registration!.options.ignoreChanges).toEqual(["healthCheckCustomConfig"]);
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

describe("the load balancer's health check", () => {
  const checked = (healthCheck: HealthCheckArgs) =>
    planOf((env) => service(env, { features: [loadBalancing({ ...env, routes: [{ path: "/*", priority: 9 }], healthCheck })] }));

  test("has thresholds, and gives tasks time to start", async () => {
    const { plan } = await checked({ healthyThresholdCount: 3, unhealthyThresholdCount: 5, gracePeriodSeconds: 300 });
    expect(inputsOf(plan, targetGroup)[0]).toMatchObject({ healthCheck: { healthyThreshold: 3, unhealthyThreshold: 5 } });
    expect(inputsOf(plan, ecsService)[0]).toMatchObject({ healthCheckGracePeriodSeconds: 300 });
  });

  test("has those that are chosen for whoever names none", async () => {
    const { plan } = await checked({});
    expect(inputsOf(plan, targetGroup)[0]).toMatchObject({ healthCheck: { healthyThreshold: 2, unhealthyThreshold: 2 } });
    expect(inputsOf(plan, ecsService)[0]).toMatchObject({ healthCheckGracePeriodSeconds: 60 });
  });

  test("is refused where AWS would", async () => {
    const { refused } = await checked({ healthyThresholdCount: 1, unhealthyThresholdCount: 11, gracePeriodSeconds: -1 });
    expect(reasons(refused)).toEqual([
      "healthCheck.healthyThresholdCount: 1: expected 2 to 10 checks",
      "healthCheck.unhealthyThresholdCount: 11: expected 2 to 10 checks",
      expect.stringMatching(/^healthCheck.gracePeriodSeconds: -1: expected 0 to/),
    ]);
  });
});

test("a TCP service has a listener of its own, and can't shift traffic", async () => {
  const tcp = (deployment: DeploymentArgs, deregistrationDelaySeconds?: number) =>
    planOf((env) => {
      const networkLoadBalancer = new NetworkLoadBalancer("tcp", { network: env.network });
      const args = { network: env.network, networkLoadBalancer, port: 1883, deregistrationDelaySeconds };
      return service(env, { deployment, features: [tcpLoadBalancing(args)] });
    });
  const { plan } = await tcp({});
  expect(inputsOf(plan, "aws:lb/listener:Listener").map(({ port, protocol }) => [port, protocol])).toContainEqual([1883, "TCP"]);
  expect(inputsOf(plan, targetGroup)[0]).toMatchObject({
    ...{ protocol: "TCP", targetType: "ip", deregistrationDelay: 30 },
    healthCheck: { protocol: "TCP", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 2 },
  });
  expect(reasons((await tcp({}, 3601)).refused)).toEqual([expect.stringMatching(/deregistrationDelaySeconds: 3601: expected 0 to 3600/)]);
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

/** Names among the aliases; the provider's own are of types. */
const namesBefore = ({ aliases = [] }: PlanOptions) => (aliases as { name?: string }[]).flatMap(({ name }) => name || []);

describe("the names of a load balancer's rules", () => {
  const namesOf = async (paths: string[], deployment: DeploymentArgs = {}) => {
    const { plan } = await planOf((env) => {
      const routes = paths.map((path, index) => ({ path, priority: 2 * index + 2 }));
      return service(env, { deployment, features: [loadBalancing({ ...env, routes })] });
    });
    return Object.fromEntries(
      ofType(plan, "aws:lb/listenerRule:ListenerRule").map(({ name, inputs, options }) => {
        const path = (inputs.conditions as { pathPattern?: { values: string[] } }[]).flatMap(
          ({ pathPattern }) => pathPattern?.values ?? [],
        )[0];
        return [path, [name, ...namesBefore(options).filter((former) => former !== "api.http")]];
      }),
    );
  };

  test("come from the route alone, and their aliases keep the rules of those who deployed before", async () => {
    const names = await namesOf(["/shop", "/shop/*", "/*"]);
    expect(names).toEqual({
      "/shop/*": ["dev-shop-d78e39", "api-shop"],
      "/*": ["dev-766e01", "api"],
      "/shop": ["dev-shop-26315c", "api-shop-26315c"],
    });
    expect(await namesOf(["/*", "/shop/*", "/shop"])).toEqual(names);
    expect(await namesOf(["/shop"])).toEqual({ "/shop": ["dev-shop-26315c", "api-shop"] });
  });

  test("are the service's where ECS shifts its traffic", async () => {
    expect(await namesOf(["/shop/*"], { strategy: "CANARY" })).toEqual({
      "/shop/*": ["api.http.test", "api-shop-test"],
    });
  });
});

test("a TCP port's listener is called after the port, and its alias keeps that of those who deployed before", async () => {
  const { plan } = await planOf((env) => {
    const networkLoadBalancer = new NetworkLoadBalancer("tcp", { network: env.network });
    return service(env, { features: [tcpLoadBalancing({ network: env.network, networkLoadBalancer, port: 1883 })] });
  });
  const listeners = ofType(plan, "aws:lb/listener:Listener").filter(({ inputs }) => inputs.port === 1883);
  expect(listeners.map(({ name, options }) => [name, ...namesBefore(options)])).toEqual([["tcp-1883", "api-tcp"]]);
});

test("the longest name that a manifest takes still gives names that AWS takes", async () => {
  const name = "customer-recommendations-and-promotions1";
  const { plan } = await planOf((env) => {
    const task = taskDefinition(
      env,
      { containers: { [name]: { image: new ExternalImage("example.test/api:1", platforms), containerPort: 80 } } },
      name,
    );
    const routing = loadBalancing({ ...env, routes: [{ path: "/*", priority: 2 }] });
    return new EcsService(name, {
      ...env,
      taskDefinition: task,
      containerName: name,
      containerPort: 80,
      features: [routing],
      deployment: { strategy: "CANARY" },
    });
  });
  // Pulumi adds a hyphen and seven characters of its own.
  const longest = (type: string) => Math.max(...ofType(plan, type).map((resource) => resource.name.length)) + 8;
  expect(longest(targetGroup)).toBeLessThanOrEqual(32);
  expect(longest("aws:iam/role:Role")).toBeLessThanOrEqual(64);
  expect(new Set(ofType(plan, targetGroup).map((resource) => resource.name)).size).toBe(2);
});
