import { consequenceOf, groupBy, nounOf, type ChangeSet, type ResourceChange } from "@fairlead/changes";
import { isNothing } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import type { Danger } from "./danger";
import { inlineSettings, settings } from "./settings";
import { namesOf } from "./standing";

/**
 * Settings of which AWS keeps one that two resources of the program write, and those that none is left of: the new one is written first, and what goes
 * after it takes away whatever is there by then.
 *
 * @see https://github.com/pulumi/pulumi-aws/issues/4782
 */
export function doubles(changes: ChangeSet): Danger[] {
  const side = (key: "before" | "after") =>
    changes.resources.flatMap(({ urn, [key]: resource }) => (resource ? [{ ...resource, urn }] : []));
  const [before, after] = [side("before"), side("after")];
  return [...writtenTwice(before, after), ...writtenInline(before, after), ...takenAway(changes)];
}

function writtenTwice(before: readonly PlanResource[], after: readonly PlanResource[]): Danger[] {
  const [old, now] = [byTarget(before), byTarget(after)];
  return [...now].flatMap(([key, resources]) => {
    if (resources.length < 2 || resources.length <= (old.get(key)?.length ?? 0)) return [];
    const names = resources.map(({ name }) => name).join(", ");
    const text =
      "AWS keeps one for each of what it belongs to: the last that is written takes the place of the others, which still stand in the program and in the state.";
    return [danger("lessProtected", `has more than one ${nounOf(resources[0]!.type)} of the same: ${names}`, text, resources)];
  });
}

function byTarget(resources: readonly PlanResource[]): Map<string, PlanResource[]> {
  const holders = holdersIn(resources);
  return groupBy(
    resources.filter(({ type }) => settings[type]),
    (resource) => targetOf(resource, holders),
  );
}

/** What settings name by a text, by the argument that does. */
const holderTypes: Readonly<Record<string, string>> = {
  bucket: "aws:s3/bucket:Bucket",
  repository: "aws:ecr/repository:Repository",
  clusterName: "aws:ecs/cluster:Cluster",
};

type Holders = ReadonlyMap<string, string>;

/** URNs of what is named, by type and the name that the program gives it. */
function holdersIn(resources: readonly PlanResource[]): Holders {
  const types = new Set(Object.values(holderTypes));
  const holders = resources.filter(({ type }) => types.has(type));
  return new Map(holders.flatMap((resource) => namesOf(resource).map((name) => [`${resource.type} ${name}`, resource.urn] as const)));
}

/** The same text for two settings of the same thing. */
function targetOf(resource: PlanResource, holders: Holders): string {
  const { type, options, inputs } = resource;
  return JSON.stringify([type, options.provider, inputs.region, ...settings[type]!.map((input) => named(resource, input, holders))]);
}

/** Whatever attribute of it is named, or its name itself: the id of a bucket and its name are one bucket. */
function named({ inputs, propertyDependencies }: PlanResource, input: string, holders: Holders): unknown {
  const urns = propertyDependencies[input] ?? [];
  if (urns.length === 1) return urns[0];
  const value = inputs[input];
  return referencesIn(value)[0]?.urn ?? holders.get(`${holderTypes[input]} ${String(value)}`) ?? value;
}

/** An argument that is all there may be, and a resource that adds to the same: each `up` undoes one of them. */
function writtenInline(before: readonly PlanResource[], after: readonly PlanResource[]): Danger[] {
  const pairsIn = (resources: readonly PlanResource[]) => {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const holders = holdersIn(resources);
    return new Map(
      resources.flatMap((resource) => {
        const { argument, of } = inlineSettings(resource) ?? {};
        if (argument === undefined) return [];
        const holder = byUrn.get(String(named(resource, of!, holders)));
        if (!holder || isNothing(holder.inputs[argument])) return [];
        return [[`${holder.urn} ${argument}`, { holder, resource, argument }] as const];
      }),
    );
  };
  const known = pairsIn(before);
  return [...pairsIn(after)].flatMap(([key, { holder, resource, argument }]) => {
    if (known.has(key)) return [];
    const title = `says ${argument} of ${nounOf(holder.type)} ${holder.name} twice: there, and by ${nounOf(resource.type)} ${resource.name}`;
    const text = "What the argument doesn't have `up` takes away, and the next one makes it again. Say it in one of the two places.";
    return [danger("interruption", title, text, [holder, resource])];
  });
}

/** Of the same thing there is a new one, which is written before the old one is deleted. */
function takenAway({ resources }: ChangeSet): Danger[] {
  const written = resources.filter(
    ({ type, operation, after }) => settings[type] && after && (operation === "create" || operation === "replace"),
  );
  const holders = holdersIn(resources.flatMap(({ before, after }) => after ?? before ?? []));
  const targets = groupBy(written, ({ after }) => targetOf(after!, holders));
  return resources.flatMap((change) => {
    const { type, operation, before } = change;
    if (!settings[type] || !before || (operation !== "delete" && operation !== "replace")) return [];
    if (before.options.retainOnDelete || before.options.protect) return [];
    // Another attribute of the same thing is the same value: the provider replaces nothing.
    const isForced = change.properties.some(({ path, replaces }) => replaces && !settings[type]!.includes(path.split(".")[0]!));
    if (operation === "replace" && !isForced) return [];
    const target = targetOf(before, holders);
    const others = (targets.get(target) ?? []).filter(({ urn }) => operation === "delete" || urn === change.urn);
    if (others.length === 0 || (operation === "replace" && others[0]!.after!.options.deleteBeforeReplace)) return [];
    return [noneLeft(change, others)];
  });
}

function noneLeft(change: ResourceChange, others: readonly ResourceChange[]): Danger {
  const { type, before } = change;
  const loss = consequenceOf({ ...change, operation: "delete", after: undefined });
  const isReplaced = others[0]!.urn === change.urn;
  const fix = isReplaced ? "`deleteBeforeReplace` makes it a moment without." : "An alias of the former name makes it one resource.";
  const text = `The new one is written first, and to delete the old one takes away what is there by then: none is left. ${loss?.text ?? ""} ${fix}`;
  const names = isReplaced ? change.name : `${before!.name}, ${others.map(({ name }) => name).join(", ")}`;
  const severity = loss === undefined || loss.severity === "routine" ? "interruption" : loss.severity;
  return {
    ...danger(severity, `leaves no ${nounOf(type)}: ${names}`, text.replace("  ", " "), []),
    urns: [change, ...others].map(({ urn }) => urn),
  };
}

function danger(severity: Danger["severity"], title: string, text: string, of: readonly PlanResource[]): Danger {
  return { severity, title, forcedBy: [], text, urns: of.map(({ urn }) => urn) };
}
