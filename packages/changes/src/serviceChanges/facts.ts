import type { PlanResource } from "@fairlead/plan";

import { parsedJson } from "../valueDifference";
import { shortText } from "./shortText";

/** What a service is, one line each, in its owner's words: `memory` → `512 MiB`. */
export type Facts = Map<string, string>;

type Value = Record<string, unknown>;
type Reader = (inputs: Value, facts: Facts, resource: PlanResource) => void;

/** Facts whose name alone says it all: they come and go. */
export const unvalued = "";

const readers: Record<string, Reader> = {
  "docker-build:index:Index": ({ tag }, facts) => {
    const deployed = /:deployed-(.+)$/.exec(typeof tag === "string" ? tag : "");
    if (deployed) facts.set("image", deployed[1]!);
  },
  "aws:ecs/taskDefinition:TaskDefinition": (
    { cpu, memory, runtimePlatform, ephemeralStorage, networkMode, containerDefinitions },
    facts,
    { name },
  ) => {
    set(facts, "cpu", cpu);
    set(facts, "memory", memory, "MiB");
    set(facts, "architecture", (runtimePlatform as Value | undefined)?.cpuArchitecture);
    set(facts, "disk", (ephemeralStorage as Value | undefined)?.sizeInGib, "GiB");
    if (networkMode !== "awsvpc") set(facts, "network mode", networkMode);
    readContainers(containerDefinitions, name, facts);
  },
  "aws:ecs/service:Service": (inputs, facts) => {
    set(facts, "desired count", inputs.desiredCount);
    const shares = (inputs.capacityProviderStrategies ?? []) as { capacityProvider: string; weight?: number; base?: number }[];
    const capacity = shares.map(({ capacityProvider, weight, base }) =>
      shares.length === 1 ? capacityProvider : `${capacityProvider} ${base ? `${base} + ` : ""}${weight ?? 0}`,
    );
    if (capacity.length > 0) facts.set("capacity", capacity.join(", "));
    set(facts, "deployment", rolloutOf(inputs));
    if (inputs.enableExecuteCommand) facts.set("ECS Exec", unvalued);
  },
  "aws:appautoscaling/target:Target": ({ minCapacity, maxCapacity }, facts) => {
    facts.set("scaling", `${shortText(minCapacity)} to ${shortText(maxCapacity)} tasks`);
  },
  "aws:lb/listenerRule:ListenerRule": ({ conditions }, facts) => {
    const list = (conditions ?? []) as { pathPattern?: { values: string[] }; hostHeader?: { values: string[] } }[];
    const hosts = list.flatMap(({ hostHeader }) => hostHeader?.values ?? []);
    const paths = list.flatMap(({ pathPattern }) => pathPattern?.values ?? []);
    if (paths.length > 0 || hosts.length > 0) facts.set(`route ${hosts.join(", ")}${paths.join(", ")}`, unvalued);
  },
  "aws:lb/targetGroup:TargetGroup": ({ port, healthCheck }, facts) => {
    set(facts, "port", port);
    set(facts, "health check", (healthCheck as Value | undefined)?.path);
  },
  "aws:scheduler/schedule:Schedule": ({ scheduleExpression, scheduleExpressionTimezone }, facts) => {
    set(facts, "schedule", [scheduleExpression, scheduleExpressionTimezone].filter(Boolean).join(" "));
  },
  "aws:iam/rolePolicy:RolePolicy": ({ policy }, facts, { name }) => {
    if (name.endsWith("-task")) readPermissions(policy, facts);
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ({ description, fromPort }, facts) => {
    const from = /^From (.*)$/.exec(typeof description === "string" ? description : "");
    if (from) facts.set(`open to ${from[1]} on port ${shortText(fromPort)}`, unvalued);
  },
};

/** Reads the facts of a service from the resources below it. */
export function factsOf(resources: readonly PlanResource[]): Facts {
  const facts: Facts = new Map();
  for (const resource of resources) readers[resource.type]?.(resource.inputs, facts, resource);
  return facts;
}

const containersUnknown = "containers";
const permissionsUnknown = "permissions";

/** Texts that the engine knows only as a whole, after apply, and the facts that are read from them: where one is unknown, those say nothing. */
export const unknownTexts: Record<string, RegExp> = {
  [containersUnknown]: /^(variable|secret|sidecar|command|user|container health check)\b/,
  [permissionsUnknown]: /^may /,
};

function readContainers(definitions: unknown, name: string, facts: Facts): void {
  const containers = typeof definitions === "string" ? parsedJson(definitions) : undefined;
  if (!Array.isArray(containers)) {
    facts.set(containersUnknown, unvalued);
    return;
  }
  const own: unknown = (containers as Value[]).find((container) => container.name === name) ?? containers[0];
  for (const container of containers as Value[]) {
    const suffix = container === own ? "" : ` of ${shortText(container.name)}`;
    if (suffix) facts.set(`sidecar ${shortText(container.name)}`, shortText(container.image));
    for (const { name, value } of list(container.environment)) facts.set(`variable ${shortText(name)}${suffix}`, shortText(value));
    for (const { name, valueFrom } of list(container.secrets)) facts.set(`secret ${shortText(name)}${suffix}`, shortText(valueFrom));
    if (container.command) facts.set(`command${suffix}`, (container.command as string[]).join(" "));
    if (container.user) facts.set(`user${suffix}`, shortText(container.user));
    const healthCheck = (container.healthCheck as { command?: string[] } | undefined)?.command;
    if (healthCheck) facts.set(`container health check${suffix}`, healthCheck.join(" "));
  }
}

function readPermissions(policy: unknown, facts: Facts): void {
  const document = (typeof policy === "string" ? parsedJson(policy) : undefined) as { Statement?: Value[] } | undefined;
  if (!document) facts.set(permissionsUnknown, unvalued);
  for (const { Action, Resource } of document?.Statement ?? []) {
    const resources = ([] as unknown[]).concat(Resource ?? []).map(shortText);
    for (const action of ([] as unknown[]).concat(Action ?? [])) facts.set(`may ${shortText(action)} on ${resources.join(", ")}`, unvalued);
  }
}

function rolloutOf({ deploymentConfiguration, deploymentMinimumHealthyPercent, deploymentMaximumPercent }: Value): string {
  const { strategy = "ROLLING" } = (deploymentConfiguration ?? {}) as { strategy?: string };
  if (strategy !== "ROLLING") return strategy.toLowerCase().replace("_", "/");
  const [minimum, maximum] = [deploymentMinimumHealthyPercent ?? 100, deploymentMaximumPercent ?? 200];
  return minimum === 100 && maximum === 200 ? "rolling" : `rolling, ${shortText(minimum)} to ${shortText(maximum)} %`;
}

function set(facts: Facts, key: string, value: unknown, unit?: string): void {
  if (value !== undefined && value !== null && value !== "") facts.set(key, unit ? `${shortText(value)} ${unit}` : shortText(value));
}

function list(value: unknown): Value[] {
  return Array.isArray(value) ? (value as Value[]) : [];
}
