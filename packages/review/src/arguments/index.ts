import { consequenceOf, nounOf, type PropertyChange, type ResourceChange } from "@fairlead/changes";
import { argumentDefaults, canonicalType, isToldBy, sheetOf } from "@fairlead/model/awsTypes";
import { holdsSecret, isSecret, type PlanResource } from "@fairlead/plan";

import type { OneDanger } from "../danger";
import { isPolicyArgument } from "../openings/policyArguments";
import type { Standing } from "../standing";
import { buckets } from "./buckets";
import { containers } from "./containers";
import { data } from "./data";
import { databases } from "./databases";
import { edge } from "./edge";
import { identity } from "./identity";
import { images } from "./images";
import { instances } from "./instances";
import { harmless, isEqual, isUnknown, judged, unknown, unknownArgument, worstOf, type Judges } from "./judge";
import { loadBalancing } from "./loadBalancing";
import { messaging } from "./messaging";
import { names } from "./names";
import { network } from "./network";
import { observability } from "./observability";
import { scaling } from "./scaling";

/** What changed arguments mean, by type. */
export const judges: ReadonlyMap<string, Judges> = new Map(
  [
    containers,
    scaling,
    instances,
    images,
    network,
    loadBalancing,
    names,
    databases,
    data,
    buckets,
    messaging,
    observability,
    identity,
    edge,
  ].flatMap((area) => Object.entries(area)),
);

/** Whether nobody would notice another value, whatever it is. */
export function isHarmless(type: string, argument: string): boolean {
  return judges.get(type)?.[argument] === harmless;
}

const hidden = unknown("It is a secret, or was one: what differs can't be told here.");
const foundOtherwise = unknown("What the program says of it is as before: the provider finds it otherwise in AWS, and sets it back.");

/** What is known of the arguments of a resource; undefined where nobody wrote a table, and of others' resources that have the type of ours. */
export function judgesOf(type: string, inputs: Readonly<Record<string, unknown>>): Judges | undefined {
  return judges.has(canonicalType(type)) && isToldBy(type, inputs) ? judges.get(canonicalType(type)) : undefined;
}

/** What an argument is, or what AWS takes where it is not set. */
function valueOf({ type, inputs }: PlanResource, argument: string): unknown {
  return inputs[argument] ?? argumentDefaults[canonicalType(type)]?.[argument];
}

/** Whether Pulumi's own: its loss and its changes are told elsewhere. */
const isOfPulumi = (type: string) => type.startsWith("pulumi:");

/** Resource options that make the engine replace something, and where it is. */
const toldElsewhere: ReadonlySet<string> = new Set(["region", "replacementTrigger", "replaceWith", "import"]);

/**
 * What the changed arguments of a resource mean that its operation does not say: of one that is updated, and of one whose replacement nobody would
 * notice, such as a task definition.
 */
export function changedArguments(change: ResourceChange): OneDanger[] {
  const { type, name, urn, operation, before, after, properties } = change;
  if (!before || !after || isOfPulumi(type) || (operation !== "update" && operation !== "replace")) return [];
  const ofType = judgesOf(type, after.inputs);
  return [...byArgument(properties)].flatMap(([argument, differences]): OneDanger[] => {
    if (toldElsewhere.has(argument) || argument.startsWith("__")) return [];
    const [was, is] = [valueOf(before, argument), valueOf(after, argument)];
    const isUnseen = differences.some(({ knownAfterApply }) => knownAfterApply) && isEqual(was, is);
    // It refers to the same resource, whose own change is told.
    if (isUnseen && ofType?.[argument] && isUnknown(is)) return [];
    const isReplaced = differences.some(({ replaces }) => replaces);
    const isTold = isReplaced || (differences.some(({ replaces }) => replaces === undefined) && consequenceOf(change) !== undefined);
    if (isPolicyArgument(type, argument)) return [];
    const judge = ofType?.[argument] ?? (isTold ? undefined : unknownArgument(argument));
    if (!judge || judge === harmless) return [];
    const isHidden = differences.some((difference) => holdsSecret([difference.before, difference.after])) || (isUnseen && holdsSecret(is));
    const answer = () => judged(judge, { before: was, after: is, was: before, is: after });
    const seen = () => worstOf([isHidden ? hidden : undefined, isSecret(was) || isSecret(is) ? undefined : answer()]);
    const unseen = () => (isHidden ? hidden : ofType?.[argument] ? foundOtherwise : answer());
    const meaning = isUnseen ? unseen() : seen();
    if (!meaning || meaning.severity === "routine") return [];
    return [{ ...meaning, verb: `changes ${argument} of ${nounOf(type, after.inputs)}`, name, urn }];
  });
}

function byArgument(properties: readonly PropertyChange[]): Map<string, PropertyChange[]> {
  const found = new Map<string, PropertyChange[]>();
  for (const property of properties) {
    const argument = property.path.split(".")[0]!;
    found.set(argument, [...(found.get(argument) ?? []), property]);
  }
  return found;
}

/**
 * What a new setting changes of something that is there already, of which it was not said before. One that takes the place of another in the program
 * changes what that one said.
 *
 * @param removed resources that go
 */
export function newArguments(
  { type, name, urn, operation, after }: ResourceChange,
  standing: Standing,
  removed: readonly PlanResource[],
): OneDanger[] {
  const { settingOf } = (after && sheetOf(type, after.inputs)) ?? {};
  if (operation !== "create" || !after || settingOf === undefined) return [];
  const of = standing.of(after, settingOf);
  if (!of) return [];
  const isSame = (other: PlanResource) =>
    other.type === type && isEqual(other.inputs[settingOf], after.inputs[settingOf]) && !isEqual(other.inputs[settingOf], undefined);
  const was = removed.find(isSame);
  const said = { ...argumentDefaults[canonicalType(type)], ...after.inputs };
  const meanings = Object.keys(said).flatMap((argument) => {
    if (isPolicyArgument(type, argument) || (was && isEqual(was.inputs[argument], after.inputs[argument]))) return [];
    const before = was ? valueOf(was, argument) : undefined;
    return (
      judgesOf(type, after.inputs)?.[argument]?.({
        before,
        after: said[argument],
        was: was ?? after,
        is: after,
        isNew: !was,
        of: of.was,
      }) ?? []
    );
  });
  const told = worstOf(meanings);
  return told && told.severity !== "routine" ? [{ ...told, verb: `creates ${nounOf(type, after.inputs)}`, name, urn }] : [];
}

/** A new resource of a type that nobody here knows: whether it opens or costs something can't be told. */
export function unknownTypes({ type, name, urn, operation, after }: ResourceChange): OneDanger[] {
  if (operation !== "create" || !after?.custom || isOfPulumi(type) || judgesOf(type, after.inputs)) return [];
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
