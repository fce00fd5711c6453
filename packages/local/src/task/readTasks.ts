import { servicesIn } from "@fairlead/changes";
import { asList, isMap, platformOf, runTaskArguments, UserError, type CpuArchitecture } from "@fairlead/model";
import { redacted, referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import type { Schedule } from "../schedule/nextRun";
import type { ContainerDefinition, TaskVolume } from "./containerDefinition";
import type { DiscoveryName, Task, TaskBuild } from "./task";

type Inputs = Record<string, unknown>;

const taskDefinitionType = "aws:ecs/taskDefinition:TaskDefinition";
const serviceType = "aws:ecs/service:Service";
const scheduleType = "aws:scheduler/schedule:Schedule";

/** What our own component says of a service. */
interface Spec {
  kind?: string;
  file?: string;
  before?: string[];
  build?: Omit<TaskBuild, "tag" | "ssh"> & { ssh?: string[] };
}

/**
 * What ECS would start of a plan: a task of each service, job and scheduled job, in the order of their names.
 *
 * @throws UserError where a task definition is a secret as a whole, or known only after apply
 */
export function readTasks(plan: Plan): Task[] {
  const owners = new Map(
    [...servicesIn(plan)].flatMap(([name, { resources, spec, imageTag }]) =>
      resources.map(({ urn }) => [urn, { name, spec: (spec ?? {}) as Spec, imageTag }] as const),
    ),
  );
  const users = usersOf(plan, taskDefinitionType);
  return plan.resources
    .filter(({ type }) => type === taskDefinitionType)
    .map((definition): Task => {
      const { name, spec, imageTag } = owners.get(definition.urn) ?? { name: definition.name, spec: {} as Spec, imageTag: undefined };
      const starters = users.get(definition.urn) ?? [];
      const service = starters.find(({ type }) => type === serviceType);
      const schedule = starters.find(({ type }) => type === scheduleType);
      return {
        ...ofDefinition(definition, plan),
        name,
        kind: service ? "service" : schedule ? "scheduledJob" : "job",
        securityGroups: groupsIn(starters),
        ...(service ? ofService(service, plan) : { names: [], registrations: [], isClientOfServiceConnect: false }),
        before: spec.before ?? [],
        ...(schedule && { schedule: scheduleOf(schedule) }),
        ...(spec.build && { build: { ...spec.build, ssh: spec.build.ssh ?? [], tag: imageTag ?? "latest" } }),
        ...(spec.file !== undefined && { file: spec.file }),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function ofDefinition({ urn, name, inputs }: PlanResource, { stack }: Plan) {
  const { containerDefinitions, cpu, memory, networkMode = "bridge", pidMode, requiresCompatibilities, runtimePlatform } = inputs;
  if (typeof containerDefinitions !== "string" || containerDefinitions === redacted)
    throw new UserError(
      `The task definition of ${name} in ${stack} is ${containerDefinitions === redacted ? "a secret as a whole" : "known only after apply"}: ` +
        "what its containers run can't be told. Give secrets as `secrets`, not as `environment`.",
    );
  const architecture = isMap(runtimePlatform) ? (runtimePlatform.cpuArchitecture as CpuArchitecture) : "X86_64";
  const role = referencesIn(inputs.taskRoleArn)[0]?.urn;
  return {
    urn,
    ...(role !== undefined && { role }),
    platform: platformOf(architecture),
    networkMode: networkMode as Task["networkMode"],
    isOnFargate: asList(requiresCompatibilities).includes("FARGATE"),
    ...(pidMode !== undefined && { pidMode: pidMode as Task["pidMode"] }),
    ...(cpu !== undefined && { cpu: Number(cpu) }),
    ...(memory !== undefined && { memoryMiB: Number(memory) }),
    containers: JSON.parse(containerDefinitions) as [ContainerDefinition, ...ContainerDefinition[]],
    volumes: asList(inputs.volumes) as TaskVolume[],
  };
}

/** The resources that refer to one of a type, by its URN. */
function usersOf({ resources }: Plan, type: string): Map<string, PlanResource[]> {
  const users = new Map<string, PlanResource[]>();
  const isOfType = new Set(resources.flatMap((resource) => (resource.type === type ? resource.urn : [])));
  for (const resource of resources) {
    for (const urn of new Set(referencesIn(resource.inputs).map((reference) => reference.urn))) {
      if (!isOfType.has(urn)) continue;
      const known = users.get(urn);
      if (known) known.push(resource);
      else users.set(urn, [resource]);
    }
  }
  return users;
}

/** Of the resources that start a task. Service, schedule and run name them in places of their own. */
function groupsIn(starters: readonly PlanResource[]): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (/^securityGroup(s|Ids)$/i.test(key)) for (const item of asList(value)) found.add(referencesIn(item)[0]?.urn ?? String(item));
    else if (key === "input") walk(runTaskArguments(value), "");
    else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (isMap(value)) for (const [name, item] of Object.entries(value)) walk(item, name);
  };
  for (const { inputs } of starters) walk(inputs, "");
  return [...found].sort();
}

function ofService(service: PlanResource, plan: Plan): Pick<Task, "names" | "registrations" | "isClientOfServiceConnect"> {
  const { loadBalancers, serviceConnectConfiguration, serviceRegistries } = service.inputs;
  const connect =
    isMap(serviceConnectConfiguration) && serviceConnectConfiguration.enabled === true ? serviceConnectConfiguration : undefined;
  return {
    names: [...asList(serviceRegistries).flatMap((registry) => cloudMapName(registry as Inputs, plan)), ...connectNames(connect)],
    isClientOfServiceConnect: connect !== undefined,
    registrations: asList(loadBalancers).flatMap((each) => {
      const { targetGroupArn, containerPort, advancedConfiguration } = each as Inputs;
      // The second group is for the tasks of a deployment that shifts traffic.
      const arns = [targetGroupArn, ...asList((advancedConfiguration as Inputs | undefined)?.alternateTargetGroupArn)];
      return arns.map((arn) => ({
        targetGroup: referencesIn(arn)[0]?.urn ?? String(arn),
        port: Number(containerPort),
      }));
    }),
  };
}

function cloudMapName({ registryArn }: Inputs, { resources }: Plan): DiscoveryName[] {
  const find = (value: unknown) => resources.find(({ urn }) => urn === referencesIn(value)[0]?.urn);
  const registry = find(registryArn);
  const namespace = find((registry?.inputs.dnsConfig as Inputs | undefined)?.namespaceId ?? registry?.inputs.namespaceId);
  if (!registry || !namespace) return [];
  const plain = String(registry.inputs.name ?? registry.name);
  const domain = String(namespace.inputs.name ?? namespace.name);
  const isSearched = resources.some(({ type, inputs }) => type === "aws:ec2/vpcDhcpOptions:VpcDhcpOptions" && inputs.domainName === domain);
  return [`${plain}.${domain}`, ...(isSearched ? [plain] : [])].map((name) => ({ name, by: "cloudMap" }));
}

function connectNames(connect: Inputs | undefined): DiscoveryName[] {
  return asList(connect?.services).flatMap((each) => {
    const { clientAlias, discoveryName, portName } = each as Inputs;
    const aliases = asList(clientAlias) as Inputs[];
    if (aliases.length === 0) return { name: String(discoveryName ?? portName), by: "serviceConnect" };
    return aliases.map(({ dnsName, port }) => ({
      name: String(dnsName ?? discoveryName ?? portName),
      by: "serviceConnect",
      port: Number(port),
      portName: String(portName),
    }));
  });
}

function scheduleOf({ inputs }: PlanResource): Schedule {
  const { scheduleExpression, scheduleExpressionTimezone, state, startDate, endDate, flexibleTimeWindow } = inputs;
  const window =
    isMap(flexibleTimeWindow) && flexibleTimeWindow.mode === "FLEXIBLE" ? Number(flexibleTimeWindow.maximumWindowInMinutes) : undefined;
  return {
    expression: String(scheduleExpression),
    ...(scheduleExpressionTimezone !== undefined && { timezone: String(scheduleExpressionTimezone) }),
    ...(state === "DISABLED" && { isDisabled: true }),
    ...(startDate !== undefined && { startDate: String(startDate) }),
    ...(endDate !== undefined && { endDate: String(endDate) }),
    ...(window !== undefined && { flexibleMinutes: window }),
  };
}
