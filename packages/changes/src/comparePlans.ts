import { sheetOf } from "@fairlead/model/awsTypes";
import type { Plan, PlanResource } from "@fairlead/plan";

import { ChangedOutputs } from "./changedOutputs";
import { formerResources } from "./formerResources";
import type { ChangeSet, PropertyChange, ResourceChange } from "./model";
import { replaces } from "./replacements";
import { asWrittenBefore } from "./sameValues";
import { differences } from "./valueDifference";

/**
 * What a stack's change from one plan to another does to each resource, as far as it can be told without the engine and without its state.
 *
 * @param region of the stack, before and after: a resource that names it says nothing new
 */
export function comparePlans(before: Plan, after: Plan, region?: string): ChangeSet {
  const former = formerResources(before, after);
  const moved = new ChangedOutputs();
  const replaced = new Set<string>();
  const resources = after.resources.map((resource): ResourceChange => {
    const change = changeOf(former.get(resource.urn), resource, { moved, replaced, region });
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

function changeOf(
  before: PlanResource | undefined,
  after: PlanResource,
  { moved, replaced, region }: { moved: ChangedOutputs; replaced: ReadonlySet<string>; region: string | undefined },
): ResourceChange {
  const { urn, type, name } = after;
  if (!before) return { urn, type, name, operation: "create", after, properties: [] };
  // Nothing happens to a component: what its inputs change happens to its children.
  const forced = [...triggers(before, after, moved.has), ...replacedWith(after, replaced)];
  const properties = after.custom ? [...propertyChanges(before, after, moved.has, region), ...forced] : [];
  const operation = properties.length === 0 ? "same" : properties.some((property) => property.replaces) ? "replace" : "update";
  return { urn, type, name, operation, before, after, properties };
}

/** What differs between the inputs of one resource. */
export function propertyChanges(
  before: PlanResource,
  after: PlanResource,
  isMoved: (value: unknown) => boolean,
  region?: string,
): PropertyChange[] {
  const { ignoreChanges = [], replaceOnChanges = [] } = after.options;
  const { changedBy, fingerprints } = sheetOf(after.type, after.inputs) ?? {};
  const counts = ([argument]: string[]) => changedBy?.includes(argument!) ?? true;
  return differences(before.inputs, asWrittenBefore(after.type, before.inputs, after.inputs, region), isMoved)
    .filter(({ path }) => !isInternal(path) && !covered(path, ignoreChanges) && counts(path))
    .map((difference) => {
      const { path, ...values } = difference;
      const fingerprintOf = fingerprints?.[path[0]!];
      return {
        path: path.join("."),
        ...values,
        ...(fingerprintOf && { fingerprintOf }),
        replaces: covered(path, replaceOnChanges) || replaces(before, difference),
      };
    });
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

function covered(path: string[], properties: string[]): boolean {
  const text = path.join(".");
  return properties.some(
    (property) => property === "*" || text === property || text.startsWith(`${property}.`) || text.startsWith(`${property}[`),
  );
}
