import type { ContainerDefinition, ContainerInstance } from "@aws-sdk/client-ecs";

import type { ScriptedAccountOptions } from "../scriptedAccount";
import { buildNetwork, everything, network } from "./network";
import { ServiceScene } from "./serviceScene";

/** How a healthy service is otherwise. */
export interface HealthyOptions extends ScriptedAccountOptions {
  /** Its name. */
  name?: string;
  /** Tasks. 2 by default. */
  desiredCount?: number;
}

/** A web service on Fargate behind an application load balancer, deployed yesterday. */
export function fargateWeb({ name = "api", desiredCount = 2, ...options }: HealthyOptions = {}): ServiceScene {
  const scene = begin(name, options);
  addTaskDefinition(scene, { portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp", name }] });
  addLoadBalancer(scene);
  addService(scene, desiredCount);
  return scene;
}

/** A worker on Fargate, which nobody calls, deployed yesterday. */
export function worker({ name = "writer", desiredCount = 1, ...options }: HealthyOptions = {}): ServiceScene {
  const scene = begin(name, options);
  addTaskDefinition(scene, {});
  addService(scene, desiredCount);
  return scene;
}

/** A web service on two EC2 instances of the cluster's own, in awsvpc mode, deployed yesterday. */
export function ec2Web({ name = "api", desiredCount = 2, ...options }: HealthyOptions = {}): ServiceScene {
  const scene = begin(name, options);
  scene.capacityProviderName = "dev-ec2";
  addTaskDefinition(scene, { portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp", name }] });
  addLoadBalancer(scene);
  scene.state.containerInstances.push(instance(scene, 1), instance(scene, 2));
  addService(scene, desiredCount);
  for (const [index, task] of scene.state.tasks.entries()) {
    task.containerInstanceArn = scene.state.containerInstances[index % 2]!.containerInstanceArn;
  }
  return scene;
}

/** A job that EventBridge Scheduler starts each hour, whose last run ended well half an hour ago: no ECS service. */
export function scheduledJob({ name = "report", ...options }: HealthyOptions = {}): ServiceScene {
  const scene = begin(name, options);
  addTaskDefinition(scene, {});
  const schedulerRoleArn = `arn:aws:iam::${scene.account.accountId}:role/${name}-scheduler`;
  scene.state.roles.push(`${name}-scheduler`);
  scene.state.schedules.push({
    ...{ Name: `dev-${name}`, Arn: scene.account.arn("scheduler", `schedule/default/dev-${name}`), State: "ENABLED" },
    ...{ ScheduleExpression: "rate(1 hour)", ScheduleExpressionTimezone: "UTC", FlexibleTimeWindow: { Mode: "OFF" } },
    Target: {
      ...{ Arn: scene.clusterArn, RoleArn: schedulerRoleArn },
      EcsParameters: {
        ...{ TaskDefinitionArn: scene.taskDefinition.taskDefinitionArn, TaskCount: 1 },
        CapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
        NetworkConfiguration: { awsvpcConfiguration: { Subnets: [...network.subnetIds], SecurityGroups: [scene.taskSecurityGroupId] } },
      },
    },
  });
  scene.stop({
    ...{ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited", stoppedSecondsAgo: 1800 },
    ...{ ranSeconds: 60, containers: [{ exitCode: 0, log: ["report written"] }] },
  });
  return scene;
}

/** A job that runs once for each image, and ended well half an hour ago: no ECS service, no schedule. */
export function job(options: HealthyOptions = {}): ServiceScene {
  const scene = scheduledJob({ name: "migration", ...options });
  scene.state.schedules = [];
  return scene;
}

function begin(name: string, options: ScriptedAccountOptions): ServiceScene {
  const scene = new ServiceScene(name, options);
  const { account, state, clusterArn, clusterName } = scene;
  buildNetwork(account);
  state.clusters.push({
    ...{ clusterArn, clusterName, status: "ACTIVE", capacityProviders: ["FARGATE", "FARGATE_SPOT", "dev-ec2"] },
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 0 }],
  });
  state.securityGroups.push({
    ...{
      GroupId: scene.taskSecurityGroupId,
      GroupName: name,
      VpcId: network.vpcId,
      IpPermissions: [],
      IpPermissionsEgress: [everything()],
    },
  });
  state.repositories.push({ repositoryName: scene.repositoryName, images: [] });
  state.logGroups.push({ logGroupName: scene.logGroupName, streams: {} });
  state.roles.push(`${name}-execution`, `${name}-task`);
  state.quotas.push(
    quota("fargate", "L-3032A538", "Fargate On-Demand vCPU resource count", 6),
    quota("fargate", "L-36FBB829", "Fargate Spot vCPU resource count", 6),
    quota("vpc", "L-DF5E4CA3", "Network interfaces per Region", 5000),
  );
  return scene;
}

const quota = (ServiceCode: string, QuotaCode: string, QuotaName: string, Value: number) => ({ ServiceCode, QuotaCode, QuotaName, Value });

function addTaskDefinition(scene: ServiceScene, container: Partial<ContainerDefinition>): void {
  const { account, serviceName, clusterName } = scene;
  const family = `${clusterName}-${serviceName}`;
  scene.taskDefinition = {
    ...{ family, revision: 0, status: "ACTIVE", networkMode: "awsvpc", cpu: "256", memory: "512" },
    requiresCompatibilities: [scene.capacityProviderName.startsWith("FARGATE") ? "FARGATE" : "EC2"],
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    executionRoleArn: scene.executionRoleArn,
    taskRoleArn: `arn:aws:iam::${account.accountId}:role/${serviceName}-task`,
    volumes: [],
    containerDefinitions: [
      {
        ...{ name: serviceName, cpu: 0, essential: true, environment: [], mountPoints: [], volumesFrom: [], systemControls: [] },
        ...{ user: "1000:1000", readonlyRootFilesystem: true, stopTimeout: 30, linuxParameters: { initProcessEnabled: true } },
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": scene.logGroupName, "awslogs-region": account.region, "awslogs-stream-prefix": serviceName },
        },
        ...container,
      },
    ],
  };
  scene.registerTaskDefinition();
}

function addLoadBalancer(scene: ServiceScene): void {
  const { account, state, serviceName, clusterName } = scene;
  const LoadBalancerArn = account.arn("elasticloadbalancing", `loadbalancer/app/${clusterName}/50dc6c495c0c9188`);
  const ListenerArn = account.arn("elasticloadbalancing", `listener/app/${clusterName}/50dc6c495c0c9188/f2f7dc8efc522ab2`);
  const TargetGroupArn = account.arn("elasticloadbalancing", `targetgroup/${serviceName}/73e2d6bc24d8a067`);
  state.loadBalancers.push({
    ...{ LoadBalancerArn, LoadBalancerName: clusterName, Type: "application", Scheme: "internet-facing", State: { Code: "active" } },
    ...{ VpcId: network.vpcId, SecurityGroups: [network.loadBalancerSecurityGroupId], DNSName: `${clusterName}.elb.amazonaws.com` },
    AvailabilityZones: ["a", "b"].map((zone) => ({ ZoneName: `${account.region}${zone}`, SubnetId: `subnet-0public${zone}` })),
  });
  state.listeners.push({ ListenerArn, LoadBalancerArn, Port: 443, Protocol: "HTTPS" });
  state.rules[ListenerArn] = [
    {
      ...{ RuleArn: `${ListenerArn.replace(":listener/", ":listener-rule/")}/9683b2d02a6cabee`, Priority: "100", IsDefault: false },
      Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["/api/*"] } }],
      Actions: [{ Type: "forward", TargetGroupArn }],
    },
  ];
  scene.targetGroup = {
    ...{ TargetGroupArn, TargetGroupName: serviceName, Protocol: "HTTP", Port: 80, VpcId: network.vpcId, TargetType: "ip" },
    ...{ HealthCheckEnabled: true, HealthCheckProtocol: "HTTP", HealthCheckPort: "traffic-port", HealthCheckPath: "/health" },
    ...{ HealthCheckIntervalSeconds: 15, HealthCheckTimeoutSeconds: 5, HealthyThresholdCount: 2, UnhealthyThresholdCount: 2 },
    ...{ Matcher: { HttpCode: "200-299" }, LoadBalancerArns: [LoadBalancerArn] },
  };
  state.targetGroups.push(scene.targetGroup);
  state.securityGroups
    .find(({ GroupId }) => GroupId === scene.taskSecurityGroupId)!
    .IpPermissions!.push({
      ...{ IpProtocol: "tcp", FromPort: 3000, ToPort: 3000 },
      UserIdGroupPairs: [{ GroupId: network.loadBalancerSecurityGroupId, UserId: account.accountId }],
    });
}

function addService(scene: ServiceScene, desiredCount: number): void {
  const { account, clusterArn, clusterName, serviceName, targetGroup, capacityProviderName } = scene;
  scene.service = {
    ...{ serviceName, clusterArn, serviceArn: account.arn("ecs", `service/${clusterName}/${serviceName}`), status: "ACTIVE" },
    ...{ desiredCount, runningCount: 0, pendingCount: 0, schedulingStrategy: "REPLICA", createdAt: account.clock.ago(30 * 86_400) },
    capacityProviderStrategy: [{ capacityProvider: capacityProviderName, weight: 1, base: 0 }],
    ...(capacityProviderName.startsWith("FARGATE") && { platformVersion: "LATEST", platformFamily: "Linux" }),
    networkConfiguration: {
      awsvpcConfiguration: { subnets: [...network.subnetIds], securityGroups: [scene.taskSecurityGroupId], assignPublicIp: "DISABLED" },
    },
    loadBalancers: targetGroup ? [{ targetGroupArn: targetGroup.TargetGroupArn, containerName: serviceName, containerPort: 3000 }] : [],
    ...(targetGroup && { healthCheckGracePeriodSeconds: 60 }),
    deploymentController: { type: "ECS" },
    deploymentConfiguration: {
      ...{ strategy: "ROLLING", bakeTimeInMinutes: 0, maximumPercent: 200, minimumHealthyPercent: 100 },
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    ...{ events: [], deployments: [], serviceRegistries: [], enableExecuteCommand: false, propagateTags: "SERVICE" },
  };
  scene.state.services.push(scene.service);
  scene.deploy(86_400);
  scene.run(desiredCount);
  scene.succeed(86_100);
}

function instance({ account, clusterArn, clusterName }: ServiceScene, number: number): ContainerInstance & { clusterArn: string } {
  const resources = (cpu: number, memory: number) => [
    { name: "CPU", type: "INTEGER", integerValue: cpu },
    { name: "MEMORY", type: "INTEGER", integerValue: memory },
    { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2375", "2376", "51678", "51679"] },
  ];
  return {
    ...{ clusterArn, containerInstanceArn: account.arn("ecs", `container-instance/${clusterName}/c0ffee${number}`) },
    ...{ ec2InstanceId: `i-0${number}`, status: "ACTIVE", agentConnected: true, runningTasksCount: 1, pendingTasksCount: 0 },
    ...{ registeredResources: resources(2048, 3884), remainingResources: resources(1792, 3372), capacityProviderName: "dev-ec2" },
    attributes: [
      { name: "ecs.availability-zone", value: `${account.region}${"ab"[number - 1]}` },
      { name: "ecs.instance-type", value: "t3.medium" },
      { name: "ecs.cpu-architecture", value: "x86_64" },
    ],
  };
}
