import { changedResources, servicesIn, type ResourceChange } from "@fairlead/changes";
import { UserError } from "@fairlead/model";

import { costChange, type CostChange } from "./costs";
import { isHeld } from "./heldLines";
import { costText } from "./money";
import { isFailed, outcomeOf, type ChangeDocument, type ChangeReport, type FailedStack, type Outcome, type StackReport } from "./report";

/** One resource that changes, without the whole of what it was and will be. */
type SummarizedResource = Pick<ResourceChange, "operation" | "type" | "name" | "urn" | "properties">;

/** What changes in a stack: no plans, and nothing that stays. */
export interface StackSummary extends Pick<
  StackReport,
  | "stack"
  | "place"
  | "grade"
  | "dangers"
  | "held"
  | "allowed"
  | "unused"
  | "expired"
  | "services"
  | "affected"
  | "requests"
  | "newFindings"
  | "mandatory"
  | "notices"
> {
  resources: SummarizedResource[];
  /** Of a month, in words and of what is known, with how many parts are in no sum. */
  cost: { currency: string; text: string } & Pick<CostChange, "before" | "after" | "unknown" | "added" | "gone" | "unpriced">;
}

/** A change in all the stacks that it was asked for, as short as it can be told. */
export interface ChangeSummary extends Pick<ChangeDocument, "project" | "from" | "to" | "notices" | "newlyAllowed" | keyof Outcome> {
  version: 1;
  stacks: (StackSummary | FailedStack)[];
}

/**
 * A change without the plans that it was told from.
 *
 * @param services which alone to tell of, with their resources; all by default
 * @throws UserError where no side of any stack has such a service
 */
export function summaryOf(report: ChangeReport, services: readonly string[] = []): ChangeSummary {
  const { project, from, to, stacks, notices, newlyAllowed } = report;
  const planned = stacks.flatMap((stack) => (isFailed(stack) ? [] : [...urnsByService(stack).keys()]));
  const unknown = services.filter((name) => !planned.includes(name));
  if (unknown.length > 0 && !stacks.every(isFailed)) {
    throw new UserError(
      `There is no service "${unknown.join('", "')}" on either side. Services: ${[...new Set(planned)].sort().join(", ")}.`,
    );
  }
  const told = stacks.map((stack) => (isFailed(stack) ? stack : summarized(stack, services)));
  return { version: 1, project, from, to, ...outcomeOf(report), notices, newlyAllowed, stacks: told };
}

function summarized(report: StackReport, services: readonly string[]): StackSummary {
  const { stack, place, grade, held, allowed, unused, expired, changes, newFindings, mandatory, notices } = report;
  const urns = urnsByService(report);
  const kept = services.length === 0 ? undefined : new Set(services.flatMap((name) => urns.get(name) ?? []));
  const isKept = ({ urn }: { urn: string }) => kept === undefined || kept.has(urn);
  return {
    stack,
    place,
    // Of the whole stack, whatever is asked for: a service's part of a change is no change of its own.
    grade,
    held,
    allowed,
    unused,
    expired,
    dangers: report.dangers.filter(
      (danger) => kept === undefined || isHeld(danger, report) || danger.urns.some((urn) => kept.has(urn) || isOfStack(urn)),
    ),
    services: report.services.filter(({ service }) => services.length === 0 || services.includes(service)),
    affected: report.affected.filter(({ of }) => services.length === 0 || services.includes(of)),
    requests: report.requests.filter(
      ({ from, to }) => services.length === 0 || [...from.services, ...to.services].some((name) => services.includes(name)),
    ),
    resources: changedResources(changes.resources)
      .filter(isKept)
      .map(({ operation, type, name, urn, properties }) => ({ operation, type, name, urn, properties })),
    newFindings: newFindings.filter(isKept),
    mandatory,
    notices,
    cost: costSummary(report),
  };
}

/** What happens to the whole stack happens to each service of it. */
function isOfStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}

function costSummary(report: StackReport): StackSummary["cost"] {
  const change = costChange(report);
  const { before, after, unknown, added, gone, unpriced } = change;
  return { currency: report.cost.after.currency, text: costText(change), before, after, unknown, added, gone, unpriced };
}

/** A service's component and all below it, on either side. */
function urnsByService({ changes }: StackReport): Map<string, string[]> {
  const urns = new Map<string, string[]>();
  for (const plan of [changes.before, changes.after]) {
    for (const [name, { urn, resources }] of servicesIn(plan)) {
      urns.set(name, [...(urns.get(name) ?? []), urn, ...resources.map((resource) => resource.urn)]);
    }
  }
  return urns;
}
