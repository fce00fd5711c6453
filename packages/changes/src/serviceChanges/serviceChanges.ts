import { firstFew, reachedAt, serviceType } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { ChangeSet, Operation, ResourceChange } from "../model";
import { nounOf } from "../nounOf";
import { shownFact, specFacts, unvalued, type Facts, type Hidden } from "./specFacts";

/** What happens to a service. */
export type ServiceOperation = "create" | "change" | "delete" | "rename";

/** One service's change, in its owner's words. */
export interface ServiceChange {
  service: string;
  operation: ServiceOperation;
  /** The name that it had, when it looks like another one under a new name. */
  formerName?: string;
  /** Such as `memory 512 → 1024 MiB`, the most telling first. */
  lines: string[];
  /** How its tasks are exchanged, when they are: `rolling`, `canary`… */
  rollout?: string;
  /** URN of its component. */
  urn: string;
}

/** Which services change, and how. */
export function serviceChanges(changes: ChangeSet): ServiceChange[] {
  const [before, after] = [servicesIn(changes.before), servicesIn(changes.after)];
  const touched = touchedServices(changes, before, after);
  const all = [...new Set([...before!.keys(), ...after!.keys()])].sort();
  const renamed = renames(before, after);
  const formerNames = new Set(renamed.values());
  return all.flatMap((service): ServiceChange[] => {
    const [from, to] = [before.get(service), after.get(service)];
    if (from && to) {
      const resources = touched.get(service);
      return resources ? [{ service, operation: "change", urn: to.urn, ...changeLines(from, to, resources) }] : [];
    }
    if (to) {
      const formerName = renamed.get(service);
      if (formerName === undefined) return [{ service, operation: "create", urn: to.urn, lines: summary(factsOf(to)) }];
      const { lines } = changeLines(before.get(formerName)!, to, []);
      return [{ service, operation: "rename", formerName, urn: to.urn, lines }];
    }
    return formerNames.has(service) ? [] : [{ service, operation: "delete", urn: from!.urn, lines: summary(factsOf(from!)) }];
  });
}

/** A service's component, and all that is below it. */
export interface ServiceParts {
  urn: string;
  /** What the component was made from. Undefined in a state that an older version wrote. */
  spec?: Spec;
  /** Such as `1.0.0-3f2a1bc84d0e`. */
  imageTag?: string;
  /** Digest of an image that it was rolled back to, and stays at. */
  pinnedImage?: string;
  /** Names of the services that may open connections to it. */
  callers: string[];
  resources: PlanResource[];
}

/** The parts of a spec that are read by name; all others are read as they come. */
interface Spec {
  name: string;
  containerPort?: number;
  targetContainer?: string;
  sidecars?: Record<string, { containerPort?: number }>;
  calls?: string[];
}

const known = new WeakMap<readonly PlanResource[], ReadonlyMap<string, ServiceParts>>();

/** Each service with the resources below it. A plan is read once: for each request that moves somebody asks. */
export function servicesIn(plan: Pick<Plan, "resources">): ReadonlyMap<string, ServiceParts> {
  const found = known.get(plan.resources) ?? readServices(plan.resources);
  known.set(plan.resources, found);
  return found;
}

function readServices(resources: readonly PlanResource[]): Map<string, ServiceParts> {
  const services = new Map<string, ServiceParts>();
  const ownerOf = new Map<string, ServiceParts>();
  for (const resource of resources) {
    const { urn, type, name, parent, inputs } = resource;
    if (type === serviceType) {
      const { spec, imageTag, pinnedImage } = inputs as { spec?: Spec; imageTag?: string; pinnedImage?: string };
      const parts: ServiceParts = { urn, spec, imageTag, pinnedImage, callers: [], resources: [] };
      services.set(name, parts);
      ownerOf.set(urn, parts);
      continue;
    }
    const owner = parent ? ownerOf.get(parent) : undefined;
    if (!owner) continue;
    ownerOf.set(urn, owner);
    owner.resources.push(resource);
  }
  for (const [name, { spec }] of services) for (const callee of spec?.calls ?? []) services.get(callee)?.callers.push(name);
  return services;
}

function factsOf({ spec, imageTag, pinnedImage, callers }: ServiceParts): Facts {
  if (!spec) return new Map();
  const facts = specFacts(spec);
  if (imageTag) facts.set("image", imageTag);
  if (pinnedImage) facts.set("image pinned by a rollback", unvalued);
  for (const caller of callers) facts.set(`open to ${caller} on port ${reachedAt(spec)?.containerPort}`, unvalued);
  return facts;
}

function touchedServices(changes: ChangeSet, ...sides: ReadonlyMap<string, ServiceParts>[]): Map<string, ResourceChange[]> {
  const serviceOf = new Map(
    sides.flatMap((side) => [...side].flatMap(([name, { resources }]) => resources.map(({ urn }) => [urn, name] as const))),
  );
  const touched = new Map<string, ResourceChange[]>();
  for (const change of changes.resources) {
    const service = serviceOf.get(change.urn);
    if (service === undefined || change.operation === "same") continue;
    const ofService = touched.get(service);
    if (ofService) ofService.push(change);
    else touched.set(service, [change]);
  }
  return touched;
}

/** Services that look like another one under a new name: the new name → the former one. */
export function renamedServices(before: Plan, after: Plan): Map<string, string> {
  return renames(servicesIn(before), servicesIn(after));
}

/** New services that are built where one that goes was built. */
function renames(before: ReadonlyMap<string, ServiceParts>, after: ReadonlyMap<string, ServiceParts>): Map<string, string> {
  const gone = new Map<string, string[]>();
  for (const [name, parts] of before) {
    if (after.has(name)) continue;
    const facts = identity(parts);
    const twins = gone.get(facts);
    if (twins) twins.push(name);
    else gone.set(facts, [name]);
  }
  const renamed = new Map<string, string>();
  if (gone.size === 0) return renamed;
  for (const [name, parts] of after) {
    const twin = before.has(name) ? undefined : gone.get(identity(parts))?.shift();
    if (twin !== undefined) renamed.set(name, twin);
  }
  return renamed;
}

/** What a service is apart from its name and its image: its routes, ports, sizes and variables. */
function identity(parts: ServiceParts): string {
  const facts = [...factsOf(parts)].filter(([key]) => key !== "image" && !key.startsWith("open to "));
  return JSON.stringify(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function changeLines(from: ServiceParts, to: ServiceParts, resources: ResourceChange[]): Pick<ServiceChange, "lines" | "rollout"> {
  // A state that an older version wrote has no spec to compare.
  const comparable = from.spec !== undefined && to.spec !== undefined;
  const [before, after]: Facts[] = comparable ? [factsOf(from), factsOf(to)] : [new Map(), new Map()];
  const keys = [...new Set([...before!.keys(), ...after!.keys()])];
  const lines = keys.sort(byImportance).flatMap((key) => lineOf(key, before!.get(key), after!.get(key)) ?? []);
  if (lines.length === 0 && resources.length > 0) lines.push(unnamed(resources));
  const has = (type: string, ...operations: Operation[]) =>
    resources.some((change) => change.type === type && operations.includes(change.operation));
  const renewed = has("aws:ecs/taskDefinition:TaskDefinition", "create", "update", "replace") || resources.some(forcesDeployment);
  const rolledOut = has("aws:ecs/service:Service", "update", "replace");
  return { lines, ...(rolledOut && renewed && after!.has("deployment") && { rollout: shownFact(after!.get("deployment")!) }) };
}

/** Whether ECS exchanges the tasks for any change of the service; of its tags alone the provider tells ECS elsewhere. */
function forcesDeployment({ type, after, properties }: ResourceChange): boolean {
  const forced = type === "aws:ecs/service:Service" && after?.inputs.forceNewDeployment === true;
  return forced && properties.some(({ path }) => path !== "tags" && !path.startsWith("tags."));
}

/** Changes that no fact tells: `ECS service (networkConfiguration)`. */
function unnamed(resources: ResourceChange[]): string {
  // A fingerprint alone follows from what it is of.
  const own = resources.filter(({ properties }) => !properties.every(({ fingerprintOf }) => fingerprintOf) || properties.length === 0);
  const names = (own.length > 0 ? own : resources).map(({ type, before, after, properties }) => {
    const keys = [...new Set(properties.map(({ path }) => path.split(".")[0]!))];
    return `${nounOf(type, (after ?? before)!.inputs)}${keys.length > 0 ? ` (${keys.join(", ")})` : ""}`;
  });
  return firstFew([...new Set(names)], 3);
}

function lineOf(key: string, was: string | Hidden | undefined, is: string | Hidden | undefined): string | undefined {
  if (was === is || JSON.stringify(was) === JSON.stringify(is)) return undefined;
  if (is === undefined) return `− ${key}`;
  const after = shownFact(is);
  if (was === undefined) return `+ ${key}${after ? ` ${separator(key)}${after}` : ""}`;
  const before = shownFact(was);
  if (before === after) return `${key} ${before} → another`;
  if (key === "image") return imageLine(before, after);
  const [, from, unit] = /^(\S+) (MiB|GiB)$/.exec(before) ?? [];
  const [, to] = new RegExp(`^(\\S+) ${unit ?? "-"}$`).exec(after) ?? [];
  return unit && to ? `${key} ${from} → ${to} ${unit}` : `${key} ${before} → ${after}`;
}

/** `1.0.0-3f2a1bc84d0e-arm64`: what does not change is left out, and of a commit seven digits say enough. */
function imageLine(before: string, after: string): string {
  const [from, to] = [before, after].map((tag) => /^(.+?)-((?:dirty-)?[0-9a-f]{7})[0-9a-f]*(.*)$/.exec(tag));
  if (!from || !to || from[3] !== to[3]) return `image ${before} → ${after}`;
  return from[1] === to[1] ? `image ${from[2]} → ${to[2]}` : `image ${from[1]}-${from[2]} → ${to[1]}-${to[2]}`;
}

function separator(key: string): string {
  return /^(variable|secret) /.test(key) ? "= " : "";
}

/** What a new service is, or a removed one was. */
function summary(facts: Facts): string[] {
  const told = ["image", "cpu", "memory", "architecture", "desired count", "scaling", "capacity", "schedule", "deployment"];
  const valued = told.flatMap((key) => (facts.get(key) ? [`${key} ${shownFact(facts.get(key)!)}`] : []));
  return [...valued, ...[...facts.keys()].filter((key) => key.startsWith("route "))];
}

const importance = [
  "image",
  "architecture",
  "cpu",
  "memory",
  "disk",
  "desired count",
  "scaling",
  "capacity",
  "deployment",
  "schedule",
  "route",
  "port",
];

function byImportance(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(key: string): number {
  const found = importance.findIndex((word) => key === word || key.startsWith(`${word} `));
  return found === -1 || key.startsWith("image of") ? importance.length : found;
}
