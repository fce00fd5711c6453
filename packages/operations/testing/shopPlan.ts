import type { Plan, PlanResource } from "@fairlead/plan";

const urnOf = (type: string, name: string) => `urn:pulumi:shop::fairlead::${type}::${name}`;
const output = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });

const serviceType = "fairlead:stacks:Service";
const stack = urnOf("pulumi:pulumi:Stack", "fairlead-shop");

function resource(type: string, name: string, inputs: Record<string, unknown> = {}, parent: string | null = stack): PlanResource {
  const custom = !type.startsWith("fairlead:") && type !== "pulumi:pulumi:Stack";
  return { urn: urnOf(type, name), type, name, parent, custom, inputs, dependencies: [], propertyDependencies: {}, options: {} };
}

/** What a service of the plan says of itself. */
export interface PlannedService {
  name: string;
  kind?: string;
  uses?: string[];
  routes?: { path?: string; host?: string }[];
  desiredCount?: number;
  scaling?: { minCapacity: number; maxCapacity: number };
  containerPort?: number;
  enableExecuteCommand?: boolean;
  containerDefinitions?: object[];
}

/** The resources of a service, as the components of an environment make them. */
export function plannedService({ name, kind = "web-service", uses = [], ...rest }: PlannedService): PlanResource[] {
  const { routes = [], desiredCount = 2, scaling, containerPort, enableExecuteCommand = false } = rest;
  const parent = urnOf(serviceType, name);
  const cluster = output("aws:ecs/cluster:Cluster", "shop", "arn");
  const own = {
    name,
    essential: true,
    image: `\${${urnOf("aws:ecr/repository:Repository", name)}#repositoryUrl}@sha256:${"0".repeat(64)}`,
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": `/fairlead/shop/${name}`, "awslogs-region": "eu-west-1", "awslogs-stream-prefix": name },
    },
  };
  const spec = {
    name,
    kind,
    file: `apps/${name}/service.yaml`,
    owner: "shop",
    containerPort,
    enableExecuteCommand,
    routes,
    uses: uses.map((used) => ({ name: used })),
  };
  const below = (type: string, label: string, inputs: Record<string, unknown>) => resource(type, label, inputs, parent);
  const ran =
    kind === "job"
      ? [below("pulumi-nodejs:dynamic:Resource", name, { clusterArn: cluster })]
      : kind === "scheduled-job"
        ? [below("aws:scheduler/schedule:Schedule", name, { name: `shop-${name}`, target: { arn: cluster } })]
        : [
            below("aws:ecs/service:Service", name, {
              name,
              cluster,
              desiredCount,
              deploymentConfiguration: { strategy: "ROLLING" },
            }),
            below("aws:cloudwatch/metricAlarm:MetricAlarm", `${name}-cpu`, { name: `shop-${name}-cpu` }),
          ];
  return [
    resource(serviceType, name, { spec, imageTag: `1.0.0-${"a".repeat(12)}` }),
    below("aws:ecr/repository:Repository", name, { name: `fairlead/shop/${name}` }),
    below("aws:ecs/taskDefinition:TaskDefinition", name, {
      family: `shop-${name}`,
      containerDefinitions: JSON.stringify(rest.containerDefinitions ?? [own]),
    }),
    ...ran,
    ...(routes.length > 0 ? [below("aws:lb/targetGroup:TargetGroup", name, {})] : []),
    ...(scaling
      ? [
          below("aws:appautoscaling/target:Target", name, { resourceId: `service/shop/${name}`, ...scaling }),
          below("aws:appautoscaling/policy:Policy", `${name}-cpu`, { name: `${name}-cpu` }),
        ]
      : []),
  ];
}

/** A plan with the shop's cluster, its data and these services. */
export function shopPlan(services: PlannedService[], data: { type: string; name: string }[] = []): Plan {
  return {
    version: 1,
    project: "fairlead",
    stack: "shop",
    resources: [
      resource("pulumi:pulumi:Stack", "fairlead-shop", {}, null),
      resource("aws:ecs/cluster:Cluster", "shop", { name: "shop" }),
      resource("aws:cloudwatch/dashboard:Dashboard", "shop", { dashboardName: "shop" }),
      ...data.map(({ type, name }) => resource(type, name)),
      ...services.flatMap(plannedService),
    ],
    outputs: {},
  };
}
