import { changedResources, nounOf, type ChangeSet, type ResourceChange, type Severity } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import { isSecret, type PlanResource } from "@fairlead/plan";

import { interrupts, isEqual, lessProtected, opened, worstOf, type Meaning } from "../arguments/judge";
import type { OneDanger } from "../danger";
import { ownAccounts, writesLogs } from "./accounts";
import { openedAttachments } from "./attachments";
import { isForEverybody, isOneMore, severityOf } from "./audience";
import { beyond } from "./coverage";
import { doorsOf, type Doors } from "./doors";
import { keptOut, newlyDenied, refused } from "./refusals";
import { policyArguments } from "./policyArguments";
import { documentIn, type Permission, type ProviderHost } from "./statements";
import { listed } from "./wording";

/** What a policy is judged by beside what it says. */
interface Surroundings {
  isOfNew: (resource: PlanResource, holder: string | undefined) => boolean;
  hostOf: ProviderHost;
  own: ReadonlySet<string>;
  doors: Doors;
}

/**
 * Whom policies let do more than before, or less.
 *
 * @param config of the stack as it will be: which account is its own
 */
export function changedPolicies(changes: ChangeSet, config?: Readonly<Record<string, string>>): OneDanger[] {
  const created = new Set(changes.resources.filter(({ operation }) => operation === "create").map(({ urn }) => urn));
  const isOfNew = (resource: PlanResource, holder: string | undefined) => holder === undefined || isNew(resource, holder, created);
  const [hostOf, own] = [hostsIn(changes), ownAccounts(changes, config)];
  const doors = doorsOf(changes, own, hostOf, created);
  return changedResources(changes.resources).flatMap((change) => [
    ...(policyArguments[change.type]?.names ?? []).flatMap((argument) => policyChange(change, argument, { isOfNew, hostOf, own, doors })),
    ...openedAttachments(change, (resource, holder) => isNew(resource, holder, created), doors),
  ]);
}

function policyChange(
  { type, name, urn, operation, before, after }: ResourceChange,
  argument: string,
  { isOfNew: isOf, hostOf, own, doors }: Surroundings,
): OneDanger[] {
  if (!after || operation === "delete" || (before && isEqual(before.inputs[argument], after.inputs[argument]))) return [];
  const told = (severity: Severity, text: string): OneDanger[] => [
    { severity, verb: `changes what ${argument} lets do: ${nounOf(type)}`, name, urn, text },
  ];
  if (before && [before, after].some(({ inputs }) => isSecret(inputs[argument])))
    return told("unknown", "It is a secret, or was one: whom it lets in can't be told here.");
  const isOfNew = before === undefined && isOf(after, policyArguments[type]?.holder);
  const [was, is] = [documentIn(before?.inputs[argument], hostOf), documentIn(after.inputs[argument], hostOf)];
  if (!is) return isOfNew ? [] : told("unknown", "The policy is known only after apply.");
  if (!was) return told("unknown", "The policy before is not known.");
  const more = beyond(is.permissions, was.permissions).filter(
    ({ effect, principal, action }) => effect === "Allow" && !writesLogs(principal, action),
  );
  const opening = more.filter(
    (permission) => severityOf(permission, argument, own) === "opened" && !isOneMore(permission, was.permissions),
  );
  if (isOfNew && argument === "assumeRolePolicy" && opening.length > 0) {
    const rights = doors.rightsOf(urn);
    const isDoor = opening.some(isForEverybody) || rights.length > 0;
    return told(
      isDoor ? "opened" : "lessProtected",
      `New: ${listed(opening)}.${rights.length > 0 ? ` By it: ${firstFew(rights, 3)}.` : ""}`,
    );
  }
  if (isOfNew) return opening.length > 0 ? told("lessProtected", `New: ${listed(opening)}.`) : [];
  const others = argument === "assumeRolePolicy" ? undefined : doors.throughPolicy(after, more);
  const unlocked = beyond(was.permissions, is.permissions).filter(({ effect }) => effect === "Deny");
  const letsOthers = (denied: readonly Permission[]) =>
    keptOut(denied, is.permissions).some((permission) => severityOf(permission, argument, own) === "opened");
  const denials = newlyDenied(is.permissions, was.permissions);
  const less = before ? refused(was.permissions, is.permissions) : [];
  const parts: Meaning[] = [
    ...(more.length > 0
      ? [
          (opening.length > 0 || others !== undefined ? opened : lessProtected)(
            `More than before: ${listed([...opening, ...more])}.${byRole(others)}`,
          ),
        ]
      : []),
    ...(unlocked.length > 0 ? [(letsOthers(unlocked) ? opened : lessProtected)(`No longer denied: ${listed(unlocked)}.`)] : []),
    ...(denials ? [{ severity: denials.severity, text: `${denials.text}: ${listed(denials.permissions)}.` }] : []),
    ...(less.length > 0 ? [interrupts(`Refused from then on: ${listed(less)}.`)] : []),
    ...(!was.hasDeadVariables && is.hasDeadVariables ? [interrupts(deadVariables)] : []),
  ];
  const worst = worstOf(parts);
  return worst ? told(worst.severity, parts.map(({ text }) => text).join(" ")) : [];
}

const byRole = (others: string | undefined) => (others === undefined ? "" : ` By the role so may ${others}, who is not of this account.`);
const deadVariables = 'Without the Version "2012-10-17" its variables are plain text: what they were for is refused.';

function isNew({ propertyDependencies }: PlanResource, argument: string, created: ReadonlySet<string>): boolean {
  const of = propertyDependencies[argument] ?? [];
  return of.length > 0 && of.every((urn) => created.has(urn));
}

/** The hosts of the plans' own identity providers. */
function hostsIn({ before, after }: ChangeSet): ProviderHost {
  const providers = [...before.resources, ...after.resources].filter(
    ({ type }) => type === "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  );
  const hosts = new Map(
    providers.map(({ urn, inputs: { url } }) => [urn, typeof url === "string" ? url.replace(/^https:\/\//, "") : undefined]),
  );
  return (urn) => hosts.get(urn);
}
