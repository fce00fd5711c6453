import { areasOf, comparePlans, serviceChanges, type Area, type ChangeSet, type ServiceChange } from "@fairlead/changes";
import type { Estimate } from "@fairlead/cost";
import { placeOf, type Place, type Plan, type Project } from "@fairlead/plan";
import { enforcementOf, evaluate, exceptionsIn, type Evaluation, type Finding } from "@fairlead/policy";
import { reviewOf, type Review, type Side } from "@fairlead/review";

import { costsOf } from "./estimates";
import { hidesServices, inPartNotice, newHints, type InPart, type Notice } from "./notices";
import { thatCounts, type Projects } from "./projects";

/** Everything that is to be known of one stack's change. */
export interface StackReport extends Review {
  stack: string;
  /** Where it goes. */
  place: Place;
  changes: ChangeSet;
  /** The changes, as services, and as parts of the stack. */
  services: ServiceChange[];
  areas: Area[];
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
}

/** Whether a stack could not be planned. */
export function isFailed(stack: StackReport | FailedStack): stack is FailedStack {
  return "failure" in stack;
}

/**
 * One stack's report, by what planning it gave on each side; undefined where a side has no such stack.
 *
 * @param read reads the project of a side that has the stack; of a stack that can't be planned it may not be readable
 */
export function compareResults(
  stack: string,
  before: PlanResult | undefined,
  after: PlanResult | undefined,
  read: (side: "before" | "after") => Project,
): StackReport | FailedStack {
  if (after && "failure" in after) return { stack, side: "after", failure: after.failure };
  if (before && "failure" in before) return { stack, side: "before", failure: before.failure };
  if (after && hidesServices(after, before?.plan)) return { stack, side: "after", failure: after.inPart!.failure };
  if (before && hidesServices(before, after?.plan)) return { stack, side: "before", failure: before.inPart!.failure };
  const projects: Projects = { before: before && read("before"), after: after && read("after") };
  const empty: Plan = { version: 1, project: thatCounts(projects).name, stack, resources: [], outputs: {} };
  const report = reportOf(comparePlans(before?.plan ?? empty, after?.plan ?? empty, sameRegion(projects)), projects);
  const isOne = before === after;
  const notices = [
    ...(after?.inPart ? [inPartNotice(after.inPart, "after")] : []),
    ...(before?.inPart && !isOne ? [inPartNotice(before.inPart, "before")] : []),
    // A commit from before hints were told has none to compare with.
    ...(before && !before.hints ? [] : newHints(before?.hints ?? [], after?.hints ?? [])),
  ];
  return { ...report, notices };
}

/** Adds policies, costs and the verdict to a change. */
export function reportOf(changes: ChangeSet, projects: Projects): StackReport {
  const project = thatCounts(projects);
  const [before, after] = [sideOf(projects.before, changes, "before"), sideOf(projects.after, changes, "after")];
  const policy = after?.judged.evaluation ?? evaluate(changes.after);
  const known = new Set((before?.judged.evaluation ?? evaluate(changes.before, exceptionsIn(project.configFolder))).findings.map(identity));
  return {
    stack: changes.stack,
    place: placeOf(project.config),
    changes,
    ...reviewOf(changes, before, after),
    services: serviceChanges(changes),
    areas: areasOf(changes),
    policy,
    newFindings: policy.findings.filter((finding) => !known.has(identity(finding))),
    mandatory: after?.judged.mandatory ?? false,
    notices: [],
    cost: costsOf(changes, projects),
  };
}

function sideOf(project: Project | undefined, changes: ChangeSet, side: "before" | "after"): Side | undefined {
  if (!project) return undefined;
  const evaluation = evaluate(changes[side], exceptionsIn(project.configFolder));
  return { configured: project, judged: { evaluation, mandatory: enforcementOf(project, changes.stack) === "mandatory" } };
}

function identity({ control, urn, problem }: Finding): string {
  return `${control} ${urn} ${problem}`;
}

/** Whether something says that this change must not go on: it can't be planned, or a mandatory rule is broken. */
export function isRefused(report: ChangeReport): boolean {
  const refuses = (notices: readonly Notice[] = []) => notices.some((notice) => notice.refuses);
  return (
    refuses(report.notices) ||
    report.stacks.some((stack) => isFailed(stack) || refuses(stack.notices) || (stack.mandatory && stack.policy.findings.length > 0))
  );
}

/** The region of both sides; undefined where they differ. */
function sameRegion({ before, after }: Projects): string | undefined {
  const [was, is] = [before ?? after, after ?? before].map((side) => side!.config["aws:region"]);
  return was === is ? is : undefined;
}
