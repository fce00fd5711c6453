import { isFargate, runTaskArguments } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import type { CostContext, Estimator } from "./estimator";
import { sizeOf, sizeText } from "./taskSize";

interface Share {
  capacityProvider: string;
  base?: number;
  weight?: number;
}

const service: Estimator = (resource, context) => {
  const { inputs } = resource;
  const scaling = scalingOf(resource, context.plan);
  const count = scaling ? scaling.minCapacity : (inputs.desiredCount as number | undefined);
  const task = context.referred(inputs.taskDefinition);
  if (!task || typeof count !== "number") return [{ what: "tasks", unknown: "its task definition or its count is known only after apply" }];
  const shares = (inputs.capacityProviderStrategies ?? [{ capacityProvider: "FARGATE", weight: 1 }]) as Share[];
  const others = shares.filter(({ capacityProvider }) => !isFargate(capacityProvider));
  // Tasks on instances cost nothing by themselves: the instances do, and where this stack has none, another has.
  if (others.length > 0)
    return hasInstances(context.plan) ? [] : [instances(`instances of ${others[0]!.capacityProvider}`, [count, sizeOf(task)])];
  const spot = spotTasks(shares, count);
  const onDemand = count - spot;
  const { assignPublicIp } = (inputs.networkConfiguration ?? {}) as { assignPublicIp?: boolean };
  return [
    ...(assignPublicIp && count > 0
      ? [context.cost("public IPv4 addresses of its tasks", "publicIpv4", count * context.hoursPerMonth)]
      : []),
    ...(onDemand > 0 ? fargate(task, onDemand, onDemand * context.hoursPerMonth, 1, context) : []),
    ...(spot > 0 ? fargate(task, spot, spot * context.hoursPerMonth, context.fargateSpotShare, context) : []),
    ...(scaling ? moreTasks(task, scaling, context) : []),
  ];
};

interface Scaling {
  minCapacity: number;
  maxCapacity: number;
}

/** Between how many tasks a service scales; undefined where it doesn't. From then on its desired count is the scaler's. */
function scalingOf({ urn, inputs }: PlanResource, { resources }: CostContext["plan"]): Scaling | undefined {
  const target = resources.find(
    ({ type, inputs: own, dependencies }) =>
      type === "aws:appautoscaling/target:Target" &&
      own.scalableDimension === "ecs:service:DesiredCount" &&
      (dependencies.includes(urn) || (typeof inputs.name === "string" && String(own.resourceId).endsWith(`/${inputs.name}`))),
  );
  const { minCapacity, maxCapacity } = (target?.inputs ?? {}) as Partial<Scaling>;
  return typeof minCapacity === "number" && typeof maxCapacity === "number" ? { minCapacity, maxCapacity } : undefined;
}

/** What runs above the least, as the load asks for it. */
function moreTasks(task: PlanResource, { minCapacity, maxCapacity }: Scaling, context: CostContext) {
  const more = maxCapacity - minCapacity;
  if (more <= 0) return [];
  const { vcpu, gib } = sizeOf(task);
  const each = fargate(task, 1, context.hoursPerMonth, 1, context).reduce((sum, { monthly }) => sum + (monthly ?? vcpu + gib), 0);
  const what = `up to ${more} more ${more === 1 ? "task" : "tasks"}`;
  return [{ what, unknown: "they follow the load, which is known to nobody here", decidedBy: ["scaling"], quantity: more * each }];
}

function hasInstances({ resources }: CostContext["plan"]): boolean {
  return resources.some(({ type }) => type === "aws:ecs/capacityProvider:CapacityProvider");
}

/** A job costs while it runs, and only whoever knows it can say how long that is. */
const scheduledJob: Estimator = ({ inputs }, { referred }) => {
  const { ecsParameters, input } = (inputs.target ?? {}) as {
    ecsParameters?: { taskDefinitionArn?: unknown; taskCount?: number };
    input?: unknown;
  };
  const task = referred(ecsParameters?.taskDefinitionArn ?? runTaskArguments(input)?.TaskDefinition);
  return [
    {
      what: `tasks of the schedule${task ? `, of ${sizeText(sizeOf(task))}` : ""}`,
      unknown: "how long they run is known to nobody here",
      decidedBy: [inputs.scheduleExpression, inputs.state, ecsParameters?.taskCount, task && sizeOf(task)],
    },
  ];
};

/** Two transitions for each run, and one more for each further attempt. */
const stateMachine: Estimator = ({ inputs }) => [
  {
    what: "transitions of its runs",
    unknown: "how often it is tried again is known to nobody here, and the file has no price of them",
    decidedBy: [inputs.definition, inputs.type],
  },
];

/** It runs with each deployment, whatever was deployed. */
const deploymentJob: Estimator = ({ inputs }, { referred }) => {
  const task = referred(inputs.taskDefinitionArn);
  const size = task && sizeOf(task);
  return [
    {
      what: `the task of a job${size ? `, of ${sizeText(size)}` : ""}`,
      unknown: "how long it runs is known to nobody here",
      decidedBy: [size],
    },
  ];
};

/** As ECS places tasks: the base first, the rest by weight. */
function spotTasks(shares: Share[], count: number): number {
  const base = shares.reduce((sum, share) => sum + (share.base ?? 0), 0);
  const spotBase = Math.min(count, shares.find(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT")?.base ?? 0);
  const rest = Math.max(0, count - base);
  const weights = shares.reduce((sum, share) => sum + (share.weight ?? 0), 0);
  const spotWeight = shares.find(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT")?.weight ?? 0;
  return spotBase + (weights === 0 ? 0 : Math.round((rest * spotWeight) / weights));
}

function fargate(task: PlanResource, count: number, hours: number, share: number, { cost }: CostContext) {
  const size = sizeOf(task);
  const { vcpu, gib, architecture, extraStorage } = size;
  const key = `fargate.${architecture === "ARM64" ? "arm64" : "x86_64"}` as const;
  const what = `${count} ${count === 1 ? "task" : "tasks"} of ${sizeText(size)}${share === 1 ? "" : ", Spot"}`;
  const parts = [cost(what, `${key}.vcpu`, vcpu * hours * share), cost(what, `${key}.gib`, gib * hours * share)];
  const unknown = parts.find((part) => part.unknown);
  return [
    unknown ?? { what, monthly: parts.reduce((sum, { monthly }) => sum + monthly!, 0) },
    ...(extraStorage > 0 ? [cost(`${extraStorage} GiB more disk for each task`, "fargate.ephemeralStorage", extraStorage * hours)] : []),
  ];
}

/** Container Insights, which bills each metric of each task; without a setting of its own the account's decides. */
const cluster: Estimator = ({ inputs }, { taskCount }) => {
  const settings = (inputs.settings ?? []) as { name?: string; value?: string }[];
  const insights = settings.find(({ name }) => name === "containerInsights")?.value;
  if (insights === "disabled") return [];
  const unknown = insights
    ? "its metrics follow the tasks, and the file has no price of them"
    : "the account's own setting says whether it is on";
  return [{ what: "Container Insights", unknown, decidedBy: [insights], quantity: taskCount() }];
};

/** Instances that ECS manages appear nowhere else in a plan; those of an Auto Scaling group are the group's. */
const capacityProvider: Estimator = ({ inputs }, { taskDemand }) =>
  inputs.managedInstancesProvider ? [instances("managed instances", [inputs, taskDemand()])] : [];

const instances = (what: string, decidedBy: unknown) => ({
  what,
  unknown: "their number follows the tasks, and the file has no prices of instances",
  decidedBy,
});

export const tasks: Record<string, Estimator> = {
  "aws:ecs/cluster:Cluster": cluster,
  "aws:ecs/capacityProvider:CapacityProvider": capacityProvider,
  "aws:ecs/service:Service": service,
  "aws:scheduler/schedule:Schedule": scheduledJob,
  "aws:sfn/stateMachine:StateMachine": stateMachine,
  "pulumi-nodejs:dynamic:Resource": deploymentJob,
  "aws:autoscaling/group:Group": ({ inputs }, { referred, taskDemand }) => {
    const template = (inputs.launchTemplate ?? inputs.mixedInstancesPolicy) as unknown;
    return [instances("instances", [inputs, referred(template)?.inputs.instanceType, taskDemand()])];
  },
};
