import { canonicalType, sheetOf } from "@fairlead/model/awsTypes";
import { isSecret, type Plan, type PlanResource } from "@fairlead/plan";

import { ChangedOutputs } from "./changedOutputs";
import { covered } from "./coveredPaths";
import { formerResources } from "./formerResources";
import { withoutIgnored } from "./ignoredChanges";
import { imported } from "./imports";
import type { ChangeSet, PropertyChange, ResourceChange } from "./model";
import { replaces } from "./replacements";
import { asWrittenBefore } from "./sameValues";
import { differences } from "./valueDifference";

/**
 * What a stack's change from one plan to another does to each resource, as far as it can be told without the engine and without its state.
 *
 * @param region of the stack, before and after: a resource that names it says nothing new
 */
export function comparePlans(givenBefore: Plan, givenAfter: Plan, region?: string): ChangeSet {
  const former = new Map([...formerResources(givenBefore, givenAfter)].map(([urn, resource]) => [urn, withCanonicalType(resource)]));
  const before = withCanonicalTypes(givenBefore);
  const after = givenAfter === givenBefore ? before : withCanonicalTypes(givenAfter);
  const moved = new ChangedOutputs();
  const replaced = new Set<string>();
  const regionsOf = [regionsIn(before, region), regionsIn(after, region)] as const;
  const resources = after.resources.map((resource): ResourceChange => {
    const change = changeOf(former.get(resource.urn), resource, { moved, replaced, regionsOf });
    if (change.operation === "replace") replaced.add(resource.urn);
    moved.record(resource.urn, resource.type, change.operation);
    return change;
  });
  const kept = new Set(after.resources.map(({ urn }) => urn));
  const deleted = [...former]
    .filter(([urn]) => !kept.has(urn))
    .map(([urn, resource]): ResourceChange => {
      const { type, name } = resource;
      return { urn, type, name, operation: "delete", before: resource, properties: [] };
    });
  const { project, stack } = after;
  return { project, stack, source: "embedded", before, after, resources: [...resources, ...deleted] };
}

type RegionOf = (resource: PlanResource) => string | undefined;

/** Where resources are by their providers: one of the program's own has nothing of the stack's configuration. */
function regionsIn({ resources }: Plan, ofStack: string | undefined): RegionOf {
  const providers = new Map(
    resources.flatMap(({ urn, type, inputs }) => (type.startsWith("pulumi:providers:") ? [[urn, inputs.region]] : [])),
  );
  return ({ options: { provider } }) => {
    const region = provider === undefined ? ofStack : providers.get(provider);
    return typeof region === "string" ? region : undefined;
  };
}

/** A plan whose types are named as they are known here. Aliases are told by the type that is in the URN. */
function withCanonicalTypes(plan: Plan): Plan {
  const isCanonical = plan.resources.every(({ type }) => canonicalType(type) === type);
  return isCanonical ? plan : { ...plan, resources: plan.resources.map(withCanonicalType) };
}

function withCanonicalType(resource: PlanResource): PlanResource {
  const type = canonicalType(resource.type);
  return type === resource.type ? resource : { ...resource, type };
}

function changeOf(
  before: PlanResource | undefined,
  after: PlanResource,
  { moved, replaced, regionsOf: [old, now] }: { moved: ChangedOutputs; replaced: ReadonlySet<string>; regionsOf: readonly RegionOf[] },
): ResourceChange {
  const { urn, type, name } = after;
  if (!before) return { urn, type, name, operation: "create", after, properties: [] };
  // Nothing happens to a component: what its inputs change happens to its children.
  const forced = [...triggers(before, after, moved.has), ...replacedWith(after, replaced), ...imported(before, after)];
  const properties = after.custom ? [...propertyChanges(before, after, moved.has, [old!(before), now!(after)]), ...forced] : [];
  const operation = properties.length === 0 ? "same" : properties.some((property) => property.replaces) ? "replace" : "update";
  return { urn, type, name, operation, before, after, properties };
}

/** What differs between the inputs of one resource. */
export function propertyChanges(
  before: PlanResource,
  after: PlanResource,
  isMoved: (value: unknown) => boolean,
  regions?: readonly (string | undefined)[],
): PropertyChange[] {
  const { ignoreChanges = [], replaceOnChanges = [] } = after.options;
  const { changedBy, fingerprints } = sheetOf(after.type, after.inputs) ?? {};
  const counts = ([argument]: string[]) => changedBy?.includes(argument!) ?? true;
  const given = withoutIgnored(before.inputs, asWrittenBefore(after.type, before.inputs, after.inputs, regions), ignoreChanges);
  return (
    differences(before.inputs, given, isMoved)
      // What is ignored says nothing new either where it refers to what will be another value.
      .filter(({ path }) => !isInternal(path) && !covered(path, ignoreChanges, after.inputs) && counts(path))
      .map((difference) => {
        const { path, ...values } = difference;
        const fingerprintOf = fingerprints?.[path[0]!];
        return {
          path: path.join("."),
          ...values,
          ...(fingerprintOf && { fingerprintOf }),
          ...(isSecret(values.before) && isSecret(values.after) && { isSecret: true }),
          replaces: covered(path, replaceOnChanges, after.inputs) || replaces(before, difference),
        };
      })
  );
}

/** What the engine names as the reason where another resource takes this one along. */
function replacedWith({ options }: PlanResource, replaced: ReadonlySet<string>): PropertyChange[] {
  if (!options.replaceWith?.some((urn) => replaced.has(urn))) return [];
  return [{ path: "replaceWith", before: undefined, after: undefined, knownAfterApply: true, replaces: true }];
}

/** What differs between replacement triggers; the engine asks only where there is one before and after. */
export function triggers(before: PlanResource, after: PlanResource, isMoved: (value: unknown) => boolean): PropertyChange[] {
  const [old, given] = [before, after].map(({ options }) => options.replacementTrigger);
  if (old === undefined || given === undefined) return [];
  return differences(old, given, isMoved, ["replacementTrigger"]).map(({ path, ...values }) => ({
    path: path.join("."),
    ...values,
    replaces: true,
  }));
}

/** What Pulumi keeps for itself. Code of dynamic resources is no property of what they manage. */
function isInternal([key]: string[]): boolean {
  return key!.startsWith("__");
}
