import {
  bySeverity,
  consequenceOf,
  countsOf,
  impliedDeletions,
  isEmpty,
  nounOf,
  restartedShifts,
  shortText,
  turnedToEmptyTargets,
  type Area,
  type Counts,
  type PropertyChange,
  type ResourceChange,
  type ServiceChange,
  type Severity,
} from "@fairlead/changes";
import type { Place } from "@fairlead/plan";
import { firstFew } from "@fairlead/model";

import { imageAllowances, imageRequirements, loosened } from "./imageRequirements";
import { replacementNote, unreadable } from "./phrases";
import type { StackReport } from "./report";
import { requestDangers } from "./requests";

/** What must be read before anything else: a replacement or deletion that somebody notices, or an update that may be one. */
export interface Danger {
  severity: Severity;
  /** `replaces database cluster accounts` */
  title: string;
  /** The properties that force it. */
  forcedBy: string[];
  text: string;
}

/** What happens to one resource, before what is the same of several is put together. */
type OneDanger = Omit<Danger, "title"> & { verb: string; name: string };

/** Replacements and deletions that somebody notices, known or possible, the worst first. A part of the stack that goes as a whole is one. */
export function dangersOf({ changes, areas, requests }: StackReport): Danger[] {
  const removed = new Set(
    changes.resources.filter(({ operation, before }) => operation === "delete" && !before!.custom).map(({ urn }) => urn),
  );
  const implied = impliedDeletions(changes);
  const dangers = areas.flatMap((area): Danger[] => {
    const told = area.changes.filter(({ urn }) => !implied.has(urn));
    return removed.has(area.urn) ? [removal({ ...area, changes: told })] : together(told.flatMap((change) => dangerOf(change) ?? []));
  });
  dangers.push(...together(turnedToEmptyTargets(changes).map(unanswered)));
  dangers.push(...together(restartedShifts(changes).map(restarted)));
  dangers.push(...requestDangers({ requests }));
  const less = loosened(changes.before, changes.after);
  if (less.length > 0) dangers.push({ ...lessRequired, title: `requires less of images: ${less.join(", ")}` });
  return dangers.sort(bySeverity);
}

function removal({ kind, name, changes }: Area): Danger {
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
    title: `removes ${kind} ${name} and all that belongs to it`,
    forcedBy: [],
    text: [...new Set(texts)].slice(0, 4).join(" "),
  };
}

function dangerOf(change: ResourceChange): OneDanger | undefined {
  const consequence = consequenceOf(change);
  if (!consequence || consequence.severity === "routine") return undefined;
  const forcedBy = change.properties.filter(({ replaces }) => replaces).map(({ path }) => path);
  const verb = change.operation === "update" ? "may replace" : `${change.operation}s`;
  return { ...consequence, verb: `${verb} ${nounOf(change.type)}`, name: change.name, forcedBy };
}

const lessRequired = {
  severity: "lessProtected" as const,
  forcedBy: [],
  text: "Images that were refused before may run from then on.",
};

/** `images must: come from public.ecr.aws, the service's own repository`; after that, what is let through all the same. */
export function requirementLines({ changes: { after } }: StackReport): string[] {
  return [...imageRequirements(after).map((line) => `images must: ${line}`), ...imageAllowances(after)];
}

function unanswered({ type, name }: ResourceChange): OneDanger {
  return {
    severity: "interruption",
    verb: `turns ${nounOf(type)}`,
    name,
    forcedBy: [],
    text: "Its target group is new: until the first task in it is healthy nobody answers. Without a gap: give the new service a route of its own first.",
  };
}

function restarted({ type, name }: ResourceChange): OneDanger {
  return {
    severity: "interruption",
    verb: `resets the weights of ${nounOf(type)}`,
    name,
    forcedBy: [],
    text:
      "It sends all requests to the first of two target groups, and each deployment moved traffic to the other. If traffic is on the second, requests are answered 503 until tasks " +
      "are healthy in the first. In two steps they are not: bring out one more revision as the service is, which moves traffic to the first; then make this change. A rule on another " +
      "listener, from which it takes over, goes last: it leads to nobody from when ECS stops the old tasks until the end of `up`.",
  };
}

/** `deletes subnet prod-public-3, prod-private-3`: what is the same of several is said once. */
function together(dangers: OneDanger[]): Danger[] {
  const groups = new Map<string, OneDanger[]>();
  for (const danger of dangers) {
    const key = JSON.stringify([danger.verb, danger.forcedBy, danger.text]);
    groups.set(key, [...(groups.get(key) ?? []), danger]);
  }
  return [...groups.values()].map((group) => {
    const { verb, severity, forcedBy, text } = group[0]!;
    return { severity, forcedBy, text, title: `${verb} ${group.map(({ name }) => name).join(", ")}` };
  });
}

/** `api: image 3f2a1bc → 9d0e4aa, memory 512 → 1024 MiB, rolling` */
export function serviceLine({ service, operation, formerName, lines, rollout }: ServiceChange): string {
  const text = [...lines, ...(rollout ? [rollout] : [])].join(", ");
  if (operation === "delete") return `${service}: removed (${text})`;
  const prefix =
    operation === "create"
      ? ["new"]
      : operation === "rename"
        ? [`renamed from ${formerName}`, "a new service starts and the old one ends"]
        : [];
  return `${service}: ${[...prefix, ...(text ? [text] : [])].join(": ")}`;
}

/** Parts of the stack that are no service, with what happens in them. */
export function otherAreaLines(report: StackReport): string[] {
  const services = new Set(report.services.flatMap(({ service, formerName }) => [service, formerName]));
  return report.areas
    .filter(({ kind, name }) => kind !== "Service" || !services.has(name))
    .map(({ kind, name, changes }) => `${kind} ${name}: ${countsText(countsOf(changes))}${namesIn(changes)}`);
}

const mostNames = 3;

function namesIn(changes: ResourceChange[]): string {
  const names = changes.map((change) => {
    const paths = [...new Set(change.properties.map(({ path }) => path.split(".")[0]))];
    return `${nounOf(change.type, (change.after ?? change.before)!.inputs)} ${change.name}${change.operation === "update" || change.operation === "replace" ? ` (${paths.join(", ")})` : ""}`;
  });
  return ` – ${firstFew(names, mostNames)}`;
}

/** `2 created, 1 updated` */
export function countsText(counts: Counts): string {
  const words = { create: "created", update: "updated", replace: "replaced", delete: "deleted" };
  if (isEmpty(counts)) return "no changes";
  return (Object.keys(words) as (keyof Counts)[]).flatMap((key) => (counts[key] > 0 ? [`${counts[key]} ${words[key]}`] : [])).join(", ");
}

/** `memory: 512 → 1024 (replaces it)` */
export function propertyLine(
  { path, before, after, knownAfterApply, fingerprintOf, replaces }: PropertyChange,
  emphasized: (text: string) => string = (text) => text,
): string {
  const values = unreadable({ knownAfterApply, fingerprintOf }) ?? `${shortText(before)} → ${shortText(after)}`;
  const note = replacementNote(replaces);
  return `${path}: ${values}${note ? emphasized(` (${note})`) : ""}`;
}

/** `us-east-1, account 123456789012` */
export function placeText({ region, accountIds }: Place): string {
  const account = accountIds.length > 0 ? `account ${accountIds.join(" or ")}` : "any account (aws:allowedAccountIds names none)";
  return `${region}, ${account}`;
}
