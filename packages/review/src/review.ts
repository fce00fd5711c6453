import { areasOf, bySeverity, countsOf, isEmpty, type ChangeSet } from "@fairlead/changes";

import { changedArguments, newArguments, unknownTypes } from "./arguments";
import { together, type Danger } from "./danger";
import { doubles } from "./doubles";
import { gradeOf, gravest, type Grade } from "./grades";
import { loosened } from "./imageRequirements";
import { losses, unansweredRules } from "./losses";
import { openedConnections } from "./openings/connections";
import { openedPolicies } from "./openings/policies";
import { changedOptions } from "./options";
import { changedCiphertexts, movedPlaces, type Configured } from "./place";
import { brokenRules, type Judged } from "./rules";
import { judgedRequests, requestDangers, type JudgedRequests } from "./requests";
import { changedServices, removedOutputs } from "./services";

/** One side of a change: what the stack's files say beside the plan. */
export interface Side {
  configured: Configured;
  judged: Judged;
}

/** What a reviewer has to know of a change. */
export interface Review {
  grade: Grade;
  /** The worst first. */
  dangers: Danger[];
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
  const dangers = [...dangersOf(changes, before, after), ...requestDangers(requests, changes)]
    .filter(({ severity }) => severity !== "routine")
    .sort(bySeverity);
  const counted: Grade = isEmpty(countsOf(changes.resources)) ? "nothing" : "routine";
  return { grade: gravest([counted, ...dangers.map(({ severity }) => gradeOf(severity))]), dangers, requests };
}

function dangersOf(changes: ChangeSet, before: Side | undefined, after: Side | undefined): Danger[] {
  const isNew = changes.before.resources.length === 0;
  const old = new Set(changes.resources.filter(({ before: was }) => was).map(({ urn }) => urn));
  const isThere = (urn: string) => old.has(urn);
  const each = changes.resources.flatMap((change) => [
    ...changedArguments(change),
    ...changedOptions(change),
    ...(isNew ? [] : [...unknownTypes(change), ...newArguments(change, isThere)]),
  ]);
  const less = loosened(changes.before, changes.after);
  const told = [
    ...movedPlaces(changes, before?.configured, after?.configured),
    ...changedCiphertexts(changes, before?.configured, after?.configured),
    ...losses(changes, areasOf(changes)),
    ...unansweredRules(changes),
    ...together(each),
    ...(isNew ? [] : together([...openedConnections(changes), ...openedPolicies(changes)])),
    ...(isNew ? [] : doubles(changes)),
    ...changedServices(changes),
    ...removedOutputs(changes),
    ...(less.length > 0 ? [{ ...lessRequired, title: `requires less of images: ${less.join(", ")}` }] : []),
  ];
  const former = new Map(changes.resources.flatMap(({ urn, type, before: was }) => (was?.type === type ? [[urn, was.urn] as const] : [])));
  const broken = after ? brokenRules(isNew ? undefined : before?.judged, after.judged, former) : [];
  // What an argument means says the same in other words.
  const toldOf = new Set(told.flatMap(({ urns }) => urns));
  return [
    ...told,
    ...broken.filter(({ urns, title }) => urns.length === 0 || title.startsWith("excepts ") || !urns.every((urn) => toldOf.has(urn))),
  ];
}

const lessRequired = {
  severity: "lessProtected" as const,
  forcedBy: [],
  text: "Images that were refused before may run from then on.",
  urns: [],
};
