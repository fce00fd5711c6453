import { areasOf, bySeverity, comparePlans, serviceChanges, type Area, type ChangeSet, type ServiceChange } from "@fairlead/changes";
import type { Estimate } from "@fairlead/cost";
import { comparableSecrets, holdsSecret, inSaidAccount, placeOf, withoutMarks, type Place, type Plan, type Project } from "@fairlead/plan";
import { enforcementOf, evaluate, exceptionsIn, type Evaluation, type Finding } from "@fairlead/policy";
import {
  gravest,
  holdBack,
  judgedDanger,
  readersOf,
  reviewOf,
  type AllowedDanger,
  type Danger,
  type Grade,
  type Held,
  type JudgedDanger,
  type Review,
  type Side,
} from "@fairlead/review";

import { allowancesOf, type Allow } from "./allow";
import { affectedIn, inWords, type Affected } from "./affected";
import { costsOf } from "./estimates";
import { shownSecrets, withoutLikelySecrets } from "./likelySecrets";
import { hidesServices, inPartNotice, newHints, type InPart, type Notice } from "./notices";
import { thatCounts, type Projects } from "./projects";

/** Everything that is to be known of one stack's change. */
export interface StackReport extends Review, Held<JudgedDanger> {
  stack: string;
  /** Where it goes. */
  place: Place;
  changes: ChangeSet;
  /** The changes, as services, and as parts of the stack. */
  services: ServiceChange[];
  areas: Area[];
  /** Who meets what by it, beside what its dangers and its services' lines say. */
  affected: Affected[];
  policy: Evaluation;
  /** Findings that the change brings. */
  newFindings: Finding[];
  /** Whether findings fail it. */
  mandatory: boolean;
  cost: { before: Estimate; after: Estimate };
  /** What a plan warns of since the change, and what could not be planned of it. */
  notices: Notice[];
}

/** A stack that could not be planned. */
export interface FailedStack {
  stack: string;
  /** Which side failed. */
  side: "before" | "after";
  failure: string;
}

/** A stack's plan, or why there is none. */
export type PlanResult = { plan: Plan; inPart?: InPart; hints?: string[] } | { failure: string };

/** A change, in all the stacks that it was asked for. */
export interface ChangeReport {
  project: string;
  /** What it is compared with, and what it is, as people name them. */
  from: string;
  to: string;
  stacks: (StackReport | FailedStack)[];
  /** Of the whole change. */
  notices?: Notice[];
  /** What the change's own file allows, and did not before. */
  newlyAllowed?: AllowedDanger[];
}

/** A change as it is printed for other programs. Its version is another one where a field goes, or means something else. */
export interface ChangeDocument extends ChangeReport, Outcome {
  version: 1;
}

/** What a change comes to. */
export interface Outcome {
  /** The gravest of its stacks' grades. */
  grade: Grade;
  /** Whether something says that it must not go on. */
  refused: boolean;
}

/** What all of a change comes to. */
export function outcomeOf(report: ChangeReport): Outcome {
  return { grade: gravest(report.stacks.flatMap((stack) => (isFailed(stack) ? [] : [stack.grade]))), refused: isRefused(report) };
}

/** Whether a stack could not be planned. */
export function isFailed(stack: StackReport | FailedStack): stack is FailedStack {
  return "failure" in stack;
}

/** Stacks that can't be planned, those together that can't for the same reason. */
export function failuresIn(stacks: ChangeReport["stacks"]): FailedStack[][] {
  const alike = new Map<string, FailedStack[]>();
  for (const failed of stacks.filter(isFailed)) {
    const key = JSON.stringify([failed.side, failed.failure]);
    alike.set(key, [...(alike.get(key) ?? []), failed]);
  }
  return [...alike.values()];
}

/**
 * One stack's report, by what planning it gave on each side; undefined where a side has no such stack.
 *
 * @param read reads the project of a side that has the stack; of a stack that can't be planned it may not be readable
 * @param allow what is allowed of it; nothing by default
 */
export function compareResults(
  stack: string,
  before: PlanResult | undefined,
  after: PlanResult | undefined,
  read: (side: "before" | "after") => Project,
  allow?: Allow,
): StackReport | FailedStack {
  if (after && "failure" in after) return { stack, side: "after", failure: after.failure };
  if (before && "failure" in before) return { stack, side: "before", failure: before.failure };
  if (after && hidesServices(after, before?.plan)) return { stack, side: "after", failure: after.inPart!.failure };
  if (before && hidesServices(before, after?.plan)) return { stack, side: "before", failure: before.inPart!.failure };
  const projects: Projects = { before: before && read("before"), after: after && read("after") };
  const empty: Plan = { version: 1, project: thatCounts(projects).name, stack, resources: [], outputs: {} };
  const [was, is] = comparableSecrets(...inOneAccount(before?.plan ?? empty, after?.plan ?? empty, projects));
  const report = reportOf(comparePlans(was, is, sameRegion(projects)), projects, allow);
  const isOne = before === after;
  const notices = [
    ...(after?.inPart ? [inPartNotice(after.inPart, "after")] : []),
    ...(before?.inPart && !isOne ? [inPartNotice(before.inPart, "before")] : []),
    // A commit from before hints were told has none to compare with.
    ...(before && !before.hints ? [] : newHints(before?.hints ?? [], after?.hints ?? [])),
  ];
  // Whatever is told of a change is made from here.
  return { ...(holdsSecret([was, is], { marked: true }) ? withoutMarks(report) : report), notices };
}

/** The same stacks, each with those of the others that read outputs which it changes. */
export function withReaders(stacks: ChangeReport["stacks"]): ChangeReport["stacks"] {
  const plans = stacks.flatMap((stack) => (isFailed(stack) ? [] : [stack.changes.after]));
  return stacks.map((stack) =>
    isFailed(stack) ? stack : { ...stack, affected: [...stack.affected, ...readersOf(stack.changes, plans).map(inWords)] },
  );
}

/** Adds policies, costs and the verdict to a change. */
export function reportOf(changes: ChangeSet, projects: Projects, allow: Allow = { entries: [], given: [] }): StackReport {
  const project = thatCounts(projects);
  const [before, after] = [sideOf(formerOf(projects, changes), changes, "before"), sideOf(projects.after, changes, "after")];
  const policy = after?.judged.evaluation ?? evaluate(changes.after);
  const known = new Set((before?.judged.evaluation ?? evaluate(changes.before, exceptionsIn(project.configFolder))).findings.map(identity));
  const shown = withoutLikelySecrets(changes);
  const review = withDangers(reviewOf(changes, before, after), shownSecrets(shown));
  const services = serviceChanges(changes);
  return {
    stack: changes.stack,
    place: placeOf(project.config),
    changes: shown,
    ...review,
    // What no program has any more, nothing brings out: its resources stay until somebody destroys them.
    ...holdBack(changes.stack, projects.after ? review.dangers : [], allowancesOf(changes.stack, review.dangers, allow)),
    services,
    areas: areasOf(shown),
    // What is made anew elsewhere rolls out nowhere.
    affected: affectedIn(changes, services, review.dangers).filter(({ kind }) => kind !== "rollout" || !review.dangers.some(isMove)),
    policy,
    newFindings: policy.findings.filter((finding) => !known.has(identity(finding))),
    mandatory: after?.judged.mandatory ?? false,
    notices: [],
    cost: costsOf(changes, projects),
  };
}

function withDangers(review: Review, more: readonly Danger[]): Review {
  const dangers = [...review.dangers, ...more.map(judgedDanger)].sort(bySeverity);
  return { ...review, dangers, grade: gravest([review.grade, ...dangers.map(({ grade }) => grade)]) };
}

/** The engine compares with what runs, of which no files are there: only rules and exceptions of now can be asked of it. */
function formerOf({ before, after }: Projects, { source }: ChangeSet): Project | undefined {
  return before ?? (source === "engine" ? after : undefined);
}

/** Whether the whole stack happens somewhere else. */
function isMove({ kind }: JudgedDanger): boolean {
  return kind === "region" || kind === "account" || kind === "project" || kind === "backend";
}

function sideOf(project: Project | undefined, changes: ChangeSet, side: "before" | "after"): Side | undefined {
  if (!project) return undefined;
  const evaluation = evaluate(changes[side], exceptionsIn(project.configFolder));
  return { configured: project, judged: { evaluation, mandatory: enforcementOf(project, changes.stack) === "mandatory" } };
}

function identity({ control, urn, problem }: Finding): string {
  return `${control} ${urn} ${problem}`;
}

/** Whether something says that this change must not go on: it can't be planned, a mandatory rule is broken, or what stops it is not allowed. */
export function isRefused(report: ChangeReport): boolean {
  const refuses = (notices: readonly Notice[] = []) => notices.some((notice) => notice.refuses);
  return (
    refuses(report.notices) ||
    report.stacks.some(
      (stack) =>
        isFailed(stack) || refuses(stack.notices) || stack.held.length > 0 || (stack.mandatory && stack.policy.findings.length > 0),
    )
  );
}

/** Where one side alone says its account, the other is as if it were there. */
function inOneAccount(before: Plan, after: Plan, projects: Projects): [Plan, Plan] {
  if (!projects.before || !projects.after) return [before, after];
  return inSaidAccount([before, after], [placeOf(projects.before.config).accountIds, placeOf(projects.after.config).accountIds]);
}

/** The region of both sides; undefined where they differ. */
function sameRegion({ before, after }: Projects): string | undefined {
  const [was, is] = [before ?? after, after ?? before].map((side) => side!.config["aws:region"]);
  return was === is ? is : undefined;
}
