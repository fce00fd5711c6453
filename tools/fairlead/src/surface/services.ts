import type { Area } from "./row";

const service = "aws:ecs/service:Service";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const cluster = "aws:ecs/cluster:Cluster";
const policy = "aws:appautoscaling/policy:Policy";

export const services: Area[] = [
  {
    title: "Cluster and capacity",
    rows: [
      {
        what: "Container Insights (enhanced)",
        components: ["Cluster"],
        example: { type: cluster, has: '"enhanced"' },
        test: "a cluster records what is typed in ECS Exec",
      },
      {
        what: "ECS Exec, logged",
        components: ["Cluster", "TaskDefinition"],
        keys: ["enableExecuteCommand"],
        example: { type: service, has: '"enableExecuteCommand":true' },
        test: "is a permission of the task that asks for it",
      },
      {
        what: "Fargate and Fargate Spot mixes (base, weight)",
        components: ["Cluster", "EcsService"],
        keys: ["capacityProviderStrategy"],
        example: { type: service, has: '"FARGATE_SPOT"' },
        test: "on Fargate is a mix with a base",
      },
      {
        what: "EC2 capacity: Auto Scaling group, managed scaling, draining, termination protection, image by architecture, IMDSv2",
        components: ["Ec2Capacity"],
        example: { type: "aws:ecs/capacityProvider:CapacityProvider", has: '"managedDraining":"ENABLED"' },
        test: "on EC2 scales, drains and protects by itself",
      },
      {
        what: "managed instances",
        components: ["ManagedInstances"],
        test: "managed instances take the task definitions of Fargate",
      },
      {
        what: "network modes awsvpc, bridge, host",
        components: ["TaskDefinition"],
        keys: ["networkMode"],
        example: { type: task, has: '"networkMode":"bridge"' },
        test: "on EC2 in bridge mode the load balancer reaches",
      },
      {
        what: "placement strategies and constraints",
        components: ["EcsService"],
        keys: ["placement.strategies", "placement.constraints"],
        example: { type: service, has: '"memberOf"' },
        test: "placement on Fargate is refused",
      },
      {
        what: "CPU architectures, image and task from one value",
        components: ["ContainerImage", "TaskDefinition"],
        keys: ["runtimePlatform.cpuArchitecture"],
        example: { type: task, has: '"ARM64"' },
        test: "the image's platforms and runtimePlatform come from one value",
      },
    ],
  },
  {
    title: "Kinds of services",
    rows: [
      {
        what: "web service",
        components: ["EcsService", "loadBalancing"],
        keys: ["kind"],
        example: { type: service, has: '"loadBalancers"' },
        test: "gets every default, and image platforms",
      },
      {
        what: "backend service",
        components: ["EcsService"],
        keys: ["kind", "calls"],
        example: { type: service, has: '"checkout"' },
        test: "a port is opened for one caller",
      },
      {
        what: "worker, scaled on backlog per task",
        components: ["scaling"],
        keys: ["kind", "scaling.messagesPerTask"],
        example: { type: policy, has: '"ApproximateNumberOfMessagesVisible"' },
        test: "by backlog divides the messages",
      },
      {
        what: "scheduled job (EventBridge Scheduler)",
        components: ["ScheduledJob"],
        keys: ["schedule", "timezone", "retries"],
        example: { type: "aws:scheduler/schedule:Schedule" },
        test: "is started by a role that may run exactly its task",
      },
      {
        what: "one-off job that gates a rollout on exit code 0",
        components: ["Job"],
        keys: ["before", "timeoutMinutes"],
        example: { type: "pulumi-nodejs:dynamic:Resource" },
        test: "a migration ends well before the service",
      },
    ],
  },
  {
    title: "Scaling",
    rows: [
      {
        what: "CPU (70) and memory (80), min 2, max 10, cooldowns",
        components: ["scaling"],
        keys: [
          "scaling.cpuPercent",
          "scaling.memoryPercent",
          "scaling.minCapacity",
          "scaling.maxCapacity",
          "scaling.scaleInCooldownSeconds",
          "scaling.scaleOutCooldownSeconds",
        ],
        example: { type: policy, has: "ECSServiceAverageMemoryUtilization" },
        test: "holds CPU at 70 and memory at 80",
      },
      {
        what: "ALB requests per target",
        components: ["scaling"],
        keys: ["scaling.requestsPerTarget"],
        example: { type: policy, has: "ALBRequestCountPerTarget" },
        test: "by requests names the target group",
      },
      {
        what: "schedules",
        components: ["scaling"],
        keys: ["scaling.schedules"],
        example: { type: "aws:appautoscaling/scheduledAction:ScheduledAction" },
        test: "by the clock changes the limits",
      },
      {
        what: "`desiredCount` left to the scaler",
        components: ["scaling"],
        keys: ["desiredCount"],
        example: { type: service, has: '"ignoreChanges":["desiredCount"]' },
        test: "holds CPU at 70 and memory at 80",
      },
    ],
  },
];
