import { madeByOurs, type ChangeSet } from "@fairlead/changes";

import type { OneDanger } from "../danger";
import type { Standing } from "../standing";
import { policyArguments } from "./policyArguments";
import { sheetOf } from "@fairlead/model/awsTypes";

/** Arguments by which rules, policies and attachments name what they open. */
const openedArguments = ["securityGroupId", "role", "user", "group", "roles", "users", "groups"];

/** Whether a stack is made from nothing. Without the resources that stay a preview of the engine has no other ones either, and does not make the stack. */
export const isNewStack = ({ resources }: ChangeSet): boolean =>
  resources.some(({ type, operation }) => type === "pulumi:pulumi:Stack" && operation === "create");

/**
 * Leaves out, of a stack that is made from nothing, what our own components do to what they make with it, and to its account: its load balancer for the internet,
 * its roles for its services. Whoever makes such a stack asks for that.
 */
export function withoutOwn(dangers: readonly OneDanger[], changes: ChangeSet, standing: Standing): OneDanger[] {
  if (dangers.length === 0 || !isNewStack(changes)) return [...dangers];
  const isOurs = madeByOurs(changes.after.resources);
  const byUrn = new Map(changes.after.resources.map((resource) => [resource.urn, resource]));
  const isOfWhatStands = (urn: string) => {
    const resource = byUrn.get(urn);
    if (!resource) return false;
    const { holder } = policyArguments[resource.type] ?? {};
    const { settingOf } = sheetOf(resource.type) ?? {};
    const named = [...openedArguments, holder, settingOf === "account" ? undefined : settingOf];
    return named.some((argument) => argument !== undefined && standing.of(resource, argument));
  };
  return dangers.filter(({ urn }) => !isOurs(urn) || isOfWhatStands(urn));
}
