import {
  countsOf,
  isEmpty,
  nounOf,
  shortText,
  type Counts,
  type PropertyChange,
  type ResourceChange,
  type ServiceChange,
} from "@fairlead/changes";
import type { Place } from "@fairlead/plan";
import { firstFew } from "@fairlead/model";
import { imageAllowances, imageRequirements } from "@fairlead/review";

import { replacementNote, unreadable } from "./phrases";
import type { StackReport } from "./report";

/** `images must: come from public.ecr.aws, the service's own repository`; after that, what is let through all the same. */
export function requirementLines({ changes: { after } }: StackReport): string[] {
  return [...imageRequirements(after).map((line) => `images must: ${line}`), ...imageAllowances(after)];
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
  { path, before, after, replaces, ...others }: PropertyChange,
  emphasized: (text: string) => string = (text) => text,
): string {
  const values = unreadable(others) ?? `${shortText(before)} → ${shortText(after)}`;
  const note = replacementNote(replaces);
  return `${path}: ${values}${note ? emphasized(` (${note})`) : ""}`;
}

/** `us-east-1, account 123456789012` */
export function placeText({ region, accountIds }: Place): string {
  const account = accountIds.length > 0 ? `account ${accountIds.join(" or ")}` : "any account (aws:allowedAccountIds names none)";
  return `${region}, ${account}`;
}
