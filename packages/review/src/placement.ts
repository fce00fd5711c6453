import { nounOf, type ChangeSet } from "@fairlead/changes";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { containersOf } from "./affected/containers";
import { asList, isUnknown, numberOf } from "./arguments/judge";
import { together, type Danger } from "./danger";
import { sizeOf, type InstanceSize } from "./instanceSizes";

/**
 * Services whose tasks are placed on instances of which none fits any more: of another architecture, too small, or kept away by a placement constraint.
 * Instances that run stay for a while, and no task that ends is started again.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html
 */
export function unplacedServices({ before, after, resources }: ChangeSet): Danger[] {
  const [were, are] = [placements(before), placements(after)];
  const changes = new Map(resources.flatMap(({ urn, before: was }) => (was ? [[urn, was.urn] as const] : [])));
  return together(
    after.resources.flatMap(({ urn, type, name, inputs }) => {
      const [old, now] = [were.get(changes.get(urn) ?? ""), are.get(urn)];
      if (!old?.fits || now?.fits !== false) return [];
      const text = `No instance that its capacity providers start is one that its tasks may run on: they start ${now.instanceTypes.join(", ")}${now.tooLarge}.`;
      return [{ severity: "noCapacity" as const, verb: `leaves without an instance ${nounOf(type, inputs)}`, name, urn, text }];
    }),
  );
}

interface Placement {
  instanceTypes: string[];
  /** What a task asks for, where that alone is too much for each; else nothing. */
  tooLarge: string;
  /** Undefined where that can't be told. */
  fits: boolean | undefined;
}

function placements({ resources }: Plan): Map<string, Placement> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const referred = ({ propertyDependencies }: PlanResource, input: string, type: string) =>
    (propertyDependencies[input] ?? []).map((urn) => byUrn.get(urn)).find((resource) => resource?.type === type);
  const providers = new Map<string, string[]>();
  for (const provider of resources.filter(({ type }) => type === "aws:ecs/capacityProvider:CapacityProvider")) {
    const group = referred(provider, "autoScalingGroupProvider", "aws:autoscaling/group:Group");
    const template = group && referred(group, "launchTemplate", "aws:ec2/launchTemplate:LaunchTemplate");
    const types = group?.inputs.mixedInstancesPolicy ? mixedTypes(group.inputs.mixedInstancesPolicy) : [template?.inputs.instanceType];
    if (types.length === 0 || !types.every((type) => typeof type === "string")) continue;
    for (const key of [provider.urn, provider.inputs.name]) if (typeof key === "string") providers.set(key, types);
  }
  const placed = (service: PlanResource): Placement | undefined => {
    const strategies = strategiesOf(service, resources) as { capacityProvider?: unknown }[];
    const instanceTypes = strategies.flatMap(
      ({ capacityProvider }) => providers.get(referencesIn(capacityProvider)[0]?.urn ?? String(capacityProvider)) ?? [undefined],
    );
    const task = referred(service, "taskDefinition", "aws:ecs/taskDefinition:TaskDefinition");
    if (!task || instanceTypes.length === 0 || instanceTypes.includes(undefined)) return undefined;
    const types = [...new Set(instanceTypes as string[])];
    const answers = types.map((type) => fitsOn(type, service, task));
    const asked = sizeAsked(task);
    const tooLarge = types.every((type) => isTooLarge(asked, type))
      ? `, and it asks for ${asked.cpu} CPU units and ${asked.memoryMiB} MiB`
      : "";
    return { instanceTypes: types, tooLarge, fits: answers.includes(true) ? true : answers.includes(undefined) ? undefined : false };
  };
  const services = resources.filter(({ type }) => type === "aws:ecs/service:Service");
  return new Map(
    services.flatMap((service) => {
      const placement = placed(service);
      return placement ? [[service.urn, placement] as const] : [];
    }),
  );
}

/** Those of the service, or of its cluster where it says neither these nor a launch type. */
function strategiesOf({ inputs }: PlanResource, resources: readonly PlanResource[]): unknown[] {
  const own = asList(inputs.capacityProviderStrategies);
  if (own.length > 0 || inputs.launchType !== undefined) return own;
  const cluster = referencesIn(inputs.cluster)[0]?.urn ?? inputs.cluster;
  const ofCluster = resources.filter(({ type }) => type === "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders");
  const isOf = ({ inputs: { clusterName }, propertyDependencies }: PlanResource) =>
    clusterName === cluster || (propertyDependencies.clusterName ?? []).includes(String(cluster));
  return ofCluster.filter(isOf).flatMap((each) => asList(each.inputs.defaultCapacityProviderStrategies));
}

/** The types of a group of several; none where it says what instances have instead. */
function mixedTypes(policy: unknown): unknown[] {
  const { launchTemplate } = (asList(policy)[0] ?? {}) as { launchTemplate?: { overrides?: unknown } };
  return asList(launchTemplate?.overrides).map((override) => (override as { instanceType?: unknown }).instanceType);
}

/** What a task asks for before it is placed: of the task, or of all its containers. Nothing where that is known only after apply. */
function sizeAsked(task: PlanResource): InstanceSize {
  const containers = containersOf(task);
  const asked = (ofTask: unknown, ofContainers: unknown[]) => {
    const values = ofTask === undefined ? ofContainers : [ofTask];
    return values.some(isUnknown) ? 0 : values.reduce<number>((sum, value) => sum + (numberOf(value ?? 0) || 0), 0);
  };
  return {
    cpu: asked(
      task.inputs.cpu,
      containers.map(({ cpu }) => cpu),
    ),
    memoryMiB: asked(
      task.inputs.memory,
      containers.map(({ memory, memoryReservation }) => memoryReservation ?? memory),
    ),
  };
}

/** The system and ECS's agent keep a part of the memory, so that what asks for all of it never fits. */
function isTooLarge(asked: InstanceSize, instanceType: string): boolean {
  const size = sizeOf(instanceType);
  return size !== undefined && (asked.cpu > size.cpu || asked.memoryMiB >= size.memoryMiB);
}

/** Whether tasks may run on instances of a type; undefined where a constraint says more than is read here. */
function fitsOn(instanceType: string, service: PlanResource, task: PlanResource): boolean | undefined {
  const { cpuArchitecture } = (task.inputs.runtimePlatform ?? {}) as { cpuArchitecture?: unknown };
  const architecture = /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
  if (typeof cpuArchitecture === "string" && cpuArchitecture.toLowerCase() !== architecture) return false;
  if (isTooLarge(sizeAsked(task), instanceType)) return false;
  const constraints = [service, task].flatMap(({ inputs }) => asList(inputs.placementConstraints)) as {
    type?: string;
    expression?: unknown;
  }[];
  const terms = constraints.flatMap(({ type, expression }) => (type === "memberOf" ? String(expression).split(/\s+(?:and|&&)\s+/) : []));
  const answers = terms.map((term) => {
    const [, attribute, operator, value = ""] = /^\s*attribute:(\S+)\s*(==|=~)\s*(\S+)\s*$/.exec(term) ?? [];
    const actual = { "ecs.instance-type": instanceType, "ecs.cpu-architecture": architecture }[attribute ?? ""];
    if (actual === undefined || /[()]/.test(term)) return undefined;
    return operator === "==" ? actual === value : matchesPattern(actual, value);
  });
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** `m7g.*`: a star for any text, as AWS's examples have it. */
function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const [first = ""] = parts;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return pattern.endsWith("*") || at === text.length;
}
