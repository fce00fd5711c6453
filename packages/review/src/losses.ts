import {
  bySeverity,
  consequenceOf,
  impliedDeletions,
  nounOf,
  restartedShifts,
  turnedToEmptyTargets,
  type Area,
  type ChangeSet,
  type ResourceChange,
} from "@fairlead/changes";

import { sheetOf } from "@fairlead/model/awsTypes";
import type { PlanResource } from "@fairlead/plan";

import { sparedRecords } from "./records";
import { together, type Danger, type OneDanger } from "./danger";

/** Replacements and deletions that somebody notices, known or possible. A part of the stack that goes as a whole is one. */
export function losses(changes: ChangeSet, areas: readonly Area[]): Danger[] {
  const isRemovedPart = ({ operation, before }: ResourceChange) => operation === "delete" && !before!.custom;
  const removed = new Set(changes.resources.filter(isRemovedPart).map(({ urn }) => urn));
  const implied = impliedDeletions(changes);
  const isSpared = sparedRecords(changes);
  return areas.flatMap((area): Danger[] => {
    const told = area.changes.filter((change) => !implied.has(change.urn) && !isSpared(change));
    return removed.has(area.urn)
      ? [removal({ ...area, changes: told })]
      : together(told.flatMap((change) => lossOf(change, changes) ?? []));
  });
}

/** Listener rules that lead to nobody for a while, because of what else the change does. */
export function unansweredRules(changes: ChangeSet): Danger[] {
  return [...together(turnedToEmptyTargets(changes).map(unanswered)), ...together(restartedShifts(changes).map(restarted))];
}

function removal({ urn, kind, name, changes }: Area): Danger {
  const consequences = changes
    .flatMap((change) => {
      const consequence = consequenceOf(change);
      return consequence && consequence.severity !== "routine" ? [{ ...consequence, noun: nounOf(change.type) }] : [];
    })
    .sort(bySeverity);
  // What watched or protected only what goes with it is no loss of its own.
  const worst = consequences[0]?.severity;
  const told = worst === "lessProtected" ? consequences : consequences.filter(({ severity }) => severity !== "lessProtected");
  const texts = told.map(({ noun, text }) => `${noun}: ${text}`);
  return {
    severity: worst ?? "routine",
    kind: "delete",
    title: `removes ${kind} ${name} and all that belongs to it`,
    forcedBy: [],
    text: [...new Set(texts)].slice(0, 4).join(" "),
    urns: [urn],
    ...(consequences.some(({ isRefused }) => isRefused) && { isRefused: true }),
  };
}

function lossOf(change: ResourceChange, changes: ChangeSet): OneDanger | undefined {
  const consequence = (isLast(change, changes) && sheetOf(change.type)?.last) || consequenceOf(change);
  if (!consequence || consequence.severity === "routine") return undefined;
  const forcedBy = change.properties.filter(({ replaces }) => replaces).map(({ path }) => path);
  const verb = change.operation === "update" ? "may replace" : `${change.operation}s`;
  const kind = change.operation === "delete" || change.operation === "replace" ? { kind: change.operation } : {};
  return { ...consequence, ...kind, verb: `${verb} ${nounOf(change.type)}`, name: change.name, urn: change.urn, forcedBy };
}

/** Whether it goes and was the last of its type that is a part of something that stays. */
function isLast({ type, operation, before }: ResourceChange, { after }: ChangeSet): boolean {
  const { last, partOf } = sheetOf(type) ?? {};
  if (operation !== "delete" || !before || !last || !partOf || before.options.protect || before.options.retainOnDelete) return false;
  const wholes = before.propertyDependencies[partOf] ?? [];
  const isThere = (urn: string) => after.resources.some((each) => each.urn === urn);
  const isOfSame = (other: PlanResource) => other.type === type && wholes.some((urn) => other.propertyDependencies[partOf]?.includes(urn));
  return wholes.length > 0 && wholes.every(isThere) && !after.resources.some(isOfSame);
}

function unanswered({ type, name, urn }: ResourceChange): OneDanger {
  return {
    severity: "noCapacity",
    verb: `turns ${nounOf(type)}`,
    name,
    urn,
    text: "Its target group is new: until the first task in it is healthy nobody answers. Without a gap: give the new service a route of its own first.",
  };
}

function restarted({ type, name, urn }: ResourceChange): OneDanger {
  return {
    severity: "interruption",
    verb: `resets the weights of ${nounOf(type)}`,
    name,
    urn,
    text:
      "It sends all requests to the first of two target groups, and each deployment moved traffic to the other. If traffic is on the second, requests are answered 503 until tasks " +
      "are healthy in the first. In two steps they are not: bring out one more revision as the service is, which moves traffic to the first; then make this change. A rule on another " +
      "listener, from which it takes over, goes last: it leads to nobody from when ECS stops the old tasks until the end of `up`.",
  };
}
