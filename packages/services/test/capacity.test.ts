import { EncryptionKey } from "@fairlead/foundation";

import { Cluster, Ec2Capacity, Job, loadBalancing, ManagedInstances, ScheduledJob } from "../src";
import { inputsOf, ofType, planOf, reasons, service, taskDefinition } from "./harness";

const ecsService = "aws:ecs/service:Service";
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const routes = [{ path: "/api/*", priority: 100 }];

describe("capacity", () => {
  const onInstances = (
    change: { instanceType?: string; cpuArchitecture?: "ARM64" | "X86_64" } = {},
    networkMode: "bridge" | "host" = "bridge",
  ) =>
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
      const task = taskDefinition(env, { compatibility: cluster.compatibilityOf(), networkMode, cpu: 128, memoryMiB: 128 });
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

  test("can be changed: the provider refuses another strategy without a new deployment", async () => {
    const { plan } = await planOf((env) => service(env));
    expect(inputsOf(plan, ecsService)[0]!.forceNewDeployment).toBe(true);
  });

  test("on EC2 has disks under a key of ours only if EC2 Auto Scaling may use it: no instance would start", async () => {
    const under = (autoScaling?: boolean) =>
      planOf(({ network }) => {
        const { arn: kmsKeyArn } = new EncryptionKey("disks", { description: "Disks", region: "us-east-1", autoScaling });
        return new Ec2Capacity("big", { network, clusterName: "big", cpuArchitecture: "ARM64", instanceType: "m7g.large", kmsKeyArn });
      });
    expect(reasons((await under()).refused)).toEqual([expect.stringMatching(/^kmsKeyArn: .* give the EncryptionKey autoScaling: true$/)]);
    const { plan } = await under(true);
    const [template] = inputsOf(plan, "aws:ec2/launchTemplate:LaunchTemplate");
    expect(JSON.stringify(template!.blockDeviceMappings)).toContain("aws:kms/key:Key::disks#arn");
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
    const admitted = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").find(
      ({ name }) => name === "api-from-alb-32768",
    )!;
    expect(admitted.inputs).toMatchObject({
      fromPort: 32768,
      toPort: 65535,
      securityGroupId: { $output: expect.stringContaining("::graviton#id") },
    });
  });

  test("on EC2 in host mode the load balancer reaches the program's own port", async () => {
    const { plan } = await onInstances({}, "host");
    const rules = ["Ingress", "Egress"].flatMap((way) => ofType(plan, `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`));
    const admitted = rules.filter(({ name }) => name === "api-from-alb-3000" || name === "alb-to-api-3000");
    expect(admitted.map(({ inputs: { fromPort, toPort } }) => [fromPort, toPort])).toEqual([
      [3000, 3000],
      [3000, 3000],
    ]);
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

  test("ECS may pass the role of managed instances on, wherever it is: AWS's own policy names role/ecsInstanceRole* alone", async () => {
    const { plan } = await planOf((env) => {
      const { network, cluster } = env;
      new ManagedInstances("managed", { network, cluster, cpuArchitecture: "ARM64" });
      return service(env, { capacityProviderStrategy: [{ capacityProvider: "managed" }] });
    });
    const policy = ofType(plan, "aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "managed-infrastructure");
    expect(JSON.parse(String(policy?.inputs.policy))).toMatchObject({
      Statement: [{ Action: "iam:PassRole", Resource: expect.stringMatching(/ecsInstanceRole-managed#arn/) }],
    });
    const provider = ofType(plan, "aws:ecs/capacityProvider:CapacityProvider")[0]!;
    expect(provider.dependencies).toContain(policy!.urn);
  });

  test("made after the cluster is there before what runs on it, and so is the cluster's choice of capacity", async () => {
    const { plan } = await planOf((env) => {
      const { network, cluster } = env;
      new ManagedInstances("managed", { network, cluster, cpuArchitecture: "ARM64" });
      const onManaged = { capacityProviderStrategy: [{ capacityProvider: "managed" }] };
      service(env, onManaged);
      new Job("migrate", { ...env, ...onManaged, taskDefinition: taskDefinition(env, {}, "migrate"), region: "us-east-1" });
      new ScheduledJob("report", {
        ...env,
        ...onManaged,
        taskDefinition: taskDefinition(env, {}, "report"),
        schedule: "rate(1 day)",
      });
    });
    const provider = ofType(plan, "aws:ecs/capacityProvider:CapacityProvider")[0]!.urn;
    const choice = ofType(plan, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders")[0]!.urn;
    const runs = [ecsService, "pulumi-nodejs:dynamic:Resource", "aws:scheduler/schedule:Schedule"].map((type) => ofType(plan, type)[0]!);
    for (const { dependencies } of runs) expect(dependencies).toEqual(expect.arrayContaining([provider, choice]));
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

  test("tasks are moved back into balance only where ECS can: with room for one more, and zones first", async () => {
    const rebalancing = async (change: Parameters<typeof service>[1]) =>
      inputsOf((await planOf((env) => service(env, change))).plan, ecsService)[0]!.availabilityZoneRebalancing;
    expect(await rebalancing({})).toBe("ENABLED");
    expect(await rebalancing({ deployment: { minimumHealthyPercent: 0, maximumPercent: 100 } })).toBe("DISABLED");
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
