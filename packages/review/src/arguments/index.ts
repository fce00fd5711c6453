import { consequenceOf, nounOf, type ResourceChange } from "@fairlead/changes";

import { redacted } from "@fairlead/plan";

import type { OneDanger } from "../danger";
import { buckets } from "./buckets";
import { containers } from "./containers";
import { data } from "./data";
import { edge } from "./edge";
import { identity } from "./identity";
import { images } from "./images";
import { harmless, isEqual, unknown, unknownArgument, type Judges } from "./judge";
import { loadBalancing } from "./loadBalancing";
import { messaging } from "./messaging";
import { names } from "./names";
import { network } from "./network";
import { observability } from "./observability";

/** What changed arguments mean, by type. */
export const judges: ReadonlyMap<string, Judges> = new Map(
  [containers, images, network, loadBalancing, names, data, buckets, messaging, observability, identity, edge].flatMap((area) =>
    Object.entries(area),
  ),
);

const hidden = unknown("It is a secret, or was one: what differs can't be told here.");

/** Whether Pulumi's own: its loss and its changes are told elsewhere. */
const isOfPulumi = (type: string) => type.startsWith("pulumi:");

/**
 * What the changed arguments of a resource mean that its operation does not say: of one that is updated, and of one whose replacement nobody would
 * notice, such as a task definition.
 */
export function changedArguments(change: ResourceChange): OneDanger[] {
  const { type, name, urn, operation, before, after, properties } = change;
  if (!before || !after || isOfPulumi(type) || (operation !== "update" && operation !== "replace")) return [];
  const ofType = judges.get(type);
  const paths = new Map(properties.map((property) => [property.path.split(".")[0]!, property]));
  return [...paths].flatMap(([argument, { replaces, knownAfterApply }]): OneDanger[] => {
    if (argument === "region" || argument === "replacementTrigger" || argument === "replaceWith" || argument.startsWith("__")) return [];
    const [was, is] = [before.inputs[argument], after.inputs[argument]];
    // It refers to the same resource, whose own change is told.
    if (knownAfterApply && ofType?.[argument] && isEqual(was, is)) return [];
    const isTold = replaces === true || (replaces === undefined && consequenceOf(change) !== undefined);
    const judge = ofType?.[argument] ?? (isTold ? undefined : unknownArgument(argument));
    if (judge && judge !== harmless && [was, is].some((value) => JSON.stringify(value ?? "").includes(redacted)))
      return [{ ...hidden, verb: `changes ${argument} of ${nounOf(type)}`, name, urn }];
    const meaning = judge?.({ before: was, after: is, was: before, is: after });
    if (!meaning || meaning.severity === "routine") return [];
    return [{ ...meaning, verb: `changes ${argument} of ${nounOf(type)}`, name, urn }];
  });
}

/** Types of which a new one changes something that is there already: what it says of that, and the input that names it. */
const judgedWhenNew: Readonly<Record<string, { argument: string; of?: string }>> = {
  "aws:appautoscaling/scheduledAction:ScheduledAction": { argument: "scalableTargetAction" },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { argument: "rules", of: "bucket" },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { argument: "policy", of: "repository" },
  "pulumi-nodejs:dynamic/fairlead:LogRetention": { argument: "retentionInDays", of: "logGroupName" },
  "aws:ec2/route:Route": { argument: "gatewayId", of: "routeTableId" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { argument: "routeTableId", of: "subnetId" },
};

/**
 * What a new resource says of one that is there already.
 *
 * @param isThere whether there was a resource of this URN before
 */
export function newArguments({ type, name, urn, operation, after }: ResourceChange, isThere: (urn: string) => boolean): OneDanger[] {
  const { argument, of } = judgedWhenNew[type] ?? {};
  if (operation !== "create" || !after || argument === undefined || after.inputs[argument] === undefined) return [];
  const targets = of === undefined ? [] : (after.propertyDependencies[of] ?? []);
  if (targets.length > 0 && !targets.some(isThere)) return [];
  const meaning = judges.get(type)?.[argument]?.({ before: undefined, after: after.inputs[argument], was: after, is: after });
  return meaning ? [{ ...meaning, verb: `creates ${nounOf(type)}`, name, urn }] : [];
}

/** A new resource of a type that nobody here knows: whether it opens or costs something can't be told. */
export function unknownTypes({ type, name, urn, operation, after }: ResourceChange): OneDanger[] {
  if (operation !== "create" || !after?.custom || isOfPulumi(type) || judges.has(type)) return [];
  return [
    {
      severity: "unknown",
      verb: `creates ${nounOf(type)}`,
      name,
      urn,
      text: "Fairlead does not know this type: whether it opens anything is for you to look up.",
    },
  ];
}
