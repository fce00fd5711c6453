import { allows, type PolicyDocument } from "@fairlead/access/testing/allows";
import { managedPolicies } from "@fairlead/access/testing/managedPolicies";

import { accountIds } from "../sandboxAccount";
import type { Action } from "../aws/actions";
import type { Engine } from "../engine";

/**
 * What a role of the stack `access` would have been refused of all that was asked, an action each. moto lets everybody do everything, so this is
 * asked of the policies themselves.
 *
 * @param access the stack, deployed
 * @param actions all that an `up` from nothing asked: it says where it puts its roles
 */
export function refusedTo(access: Engine, role: string, actions: readonly Action[]): string[] {
  const documents: (PolicyDocument | string)[] = access.policiesOf(role);
  if (access.hasManagedPolicy(role, "PowerUserAccess")) documents.push(managedPolicies.PowerUserAccess);
  const paths = new Map(actions.flatMap(({ role: made, path }) => (made !== undefined && path !== undefined ? [[made, path]] : [])));
  const refused = actions.filter(({ action, role: asked }) => {
    const resource = asked === undefined ? undefined : `arn:aws:iam::${accountIds[0]}:role${paths.get(asked) ?? "/"}${asked}`;
    return !allows(documents, action, resource);
  });
  return [...new Set(refused.map(({ action }) => action))].sort();
}
