import { areasOf, bySeverity, countsOf, isEmpty, stackUrn, type ChangeSet } from "@fairlead/changes";

import { changedArguments, newArguments, unknownTypes } from "./arguments";
import { aroundOf, createdBeside } from "./creations";
import { judgedDanger, together, type Danger, type JudgedDanger, type OneDanger } from "./danger";
import { lostOrder } from "./dependencies";
import { doubles } from "./doubles";
import { changedFiles } from "./files";
import { gravest, type Grade } from "./grades";
import { loosenedGuardRails } from "./guardRails";
import { loosened } from "./imageRequirements";
import { leftBehind } from "./leftBehind";
import { losses, unansweredRules } from "./losses";
import { changedConnections } from "./openings/connections";
import { isNewStack, withoutOwn } from "./openings/newStacks";
import { changedPolicies } from "./openings/policies";
import { publicServices } from "./openings/publicServices";
import { unguardedDoors } from "./openings/unguardedDoors";
import { namesOldRegion } from "./oldRegion";
import { changedOptions } from "./options";
import { changedOutputs } from "./outputs";
import { changedCiphertexts, movedPlaces, type Configured } from "./place";
import { unplacedServices } from "./placement";
import { brokenRules, type BrokenRule, type Judged } from "./rules";
import { judgedRequests, requestDangers, type JudgedRequests } from "./requests";
import { uncomparedSecrets } from "./secrets";
import { changedServices } from "./services";
import { changedSelections } from "./tagSelections";

/** One side of a change: what the stack's files say beside the plan. */
export interface Side {
  configured: Configured;
  judged: Judged;
}

/** What a reviewer has to know of a change. */
export interface Review {
  grade: Grade;
  /** The worst first. */
  dangers: JudgedDanger[];
  /** Requests that another one answers than before. */
  requests: JudgedRequests[];
}

/**
 * Judges a stack's change.
 *
 * @param before its files before; undefined where there was no such stack
 * @param after its files after; undefined where there is none any more
 */
export function reviewOf(changes: ChangeSet, before: Side | undefined, after: Side | undefined): Review {
  const requests = judgedRequests(changes);
  const all = [...dangersOf(changes, before, after), ...requestDangers(requests, changes), ...unguardedDoors(changes, requests)];
  const told = all.filter(({ severity }) => severity !== "routine").sort(bySeverity);
  // What happens to no single resource happens to the stack.
  const stack = stackUrn(changes.after) ?? stackUrn(changes.before);
  const named = told.map((danger) => (danger.urns.length === 0 && stack !== undefined ? { ...danger, urns: [stack] } : danger));
  const dangers = named.map(judgedDanger);
  const counted: Grade = isEmpty(countsOf(changes.resources)) && all.length === 0 ? "nothing" : "routine";
  return { grade: gravest([counted, ...dangers.map(({ grade }) => grade)]), dangers, requests };
}

function dangersOf(changes: ChangeSet, before: Side | undefined, after: Side | undefined): Danger[] {
  const around = aroundOf(changes);
  const expected = (dangers: readonly OneDanger[]) => withoutOwn(dangers, changes, around.standing);
  const removed = changes.resources.flatMap(({ operation, before: was }) => (operation === "delete" && was ? [was] : []));
  const each = changes.resources.flatMap((change) => [
    ...changedArguments(change),
    ...unknownTypes(change),
    ...worst([...expected(newArguments(change, around.standing, removed)), ...createdBeside(change, around)]),
  ]);
  const less = loosened(changes.before, changes.after);
  const told = [
    ...movedPlaces(changes, before?.configured, after?.configured),
    ...namesOldRegion(changes, before?.configured, after?.configured),
    ...uncomparedSecrets(changes),
    ...changedFiles(changes, before?.configured, after?.configured),
    ...loosenedGuardRails(changes),
    ...changedCiphertexts(before?.configured, after?.configured),
    ...losses(changes, areasOf(changes)),
    ...unansweredRules(changes),
    ...together(leftBehind(changes)),
    ...together([...each, ...changedOptions(changes)]),
    ...together(expected([...changedConnections(changes), ...changedPolicies(changes, after?.configured.config)])),
    ...together(changedSelections(changes)),
    ...doubles(changes),
    ...publicServices(changes),
    ...changedServices(changes),
    ...unplacedServices(changes),
    ...changedOutputs(changes),
    ...together(lostOrder(changes, around.isOurs)),
    ...(less.length > 0 ? [{ ...lessRequired, title: `requires less of images: ${less.join(", ")}` }] : []),
  ];
  const former = new Map(changes.resources.flatMap(({ urn, type, before: was }) => (was?.type === type ? [[urn, was.urn] as const] : [])));
  const broken = after ? brokenRules(isNewStack(changes) ? undefined : before?.judged, after.judged, former) : [];
  // What is known of the resource says the same in other words; that nobody knows what another argument means does not.
  const toldOf = new Set(told.filter(({ severity }) => severity !== "unknown").flatMap(({ urns }) => urns));
  const isTold = ({ kind, danger }: BrokenRule) => kind === "broken" && danger.urns.every((urn) => toldOf.has(urn));
  return [...told, ...broken.filter((rule) => !isTold(rule)).map(({ danger }) => danger)];
}

/** Of several things that one resource does the gravest. */
const worst = (dangers: readonly OneDanger[]) => [...dangers].sort(bySeverity).slice(0, 1);

const lessRequired = {
  severity: "lessProtected" as const,
  forcedBy: [],
  text: "Images that were refused before may run from then on.",
  urns: [],
};
